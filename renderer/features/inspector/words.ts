import { age, shortDuration, shortNumber, wholeNumber } from '../../ui/quantity.ts'

/** Everything the inspector says. */
export const words = {
  panel: 'Selected component',
  close: 'Close',
  states: { healthy: 'Healthy', unhealthy: 'Unhealthy', unknown: 'Starting', exited: 'Ended' },
  since: (ms: number) => (ms < 1000 ? 'just now' : `for ${age(ms)}`),
  ago: (ms: number) => (ms < 1000 ? 'just now' : `${age(ms)} ago`),
  traffic: 'Traffic',
  from: 'from',
  to: 'to',
  rate: (rate: number, unit: string) => `${shortNumber(rate)} ${unit}/s`,
  total: (items: number) => `${wholeNumber(items)} in total`,
  wait: (ms: number) => `${shortDuration(ms)} per batch`,
  refused: (count: number, reason: string | undefined) =>
    `${wholeNumber(count)} refused${reason === undefined ? '' : `: ${reason}`}`,
  dropped: 'Dropped',
  arguments: 'Arguments',
  noArguments: 'Everything is at its default.',
  exports: 'Exports',
  debug: 'Right now',
  showing: (shown: number, all: number) => `Showing the first ${wholeNumber(shown)} of ${wholeNumber(all)}`,
  loading: 'Reading the component…',
  opaque: 'Weir keeps this component in the config but does not run it.',
  unreachable: 'The collector does not answer; these values may be old.',
} as const
