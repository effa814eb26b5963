import type { DebugStatement } from '../../../../runtime/component.ts'
import { Labels } from '../../../../signal/labels.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import { RecordingMetrics } from '../../../../testing/recording-receiver.ts'
import { prometheusScrapeOver } from '../component.ts'
import { definition } from '../definition.ts'
import { ScriptedNetwork } from './scripted-network.ts'

// A running prometheus.scrape on a clock that only moves when told to.
export const app = 'http://app:8080/metrics'
export const oneTarget = 'targets = [{ __address__ = "app:8080", job = "j" }]'
export const own = { job: 'j', instance: 'app:8080' }
export const minute = 60_000

export function argumentsOf(config: string, receiver: RecordingMetrics) {
  return { ...argumentsFrom(definition, `${config}\nforward_to = []`), forward_to: [receiver] }
}

/** A running component with scripted targets. */
export async function startScrape(config = oneTarget) {
  const network = new ScriptedNetwork()
  const receiver = new RecordingMetrics()
  const context = recordingContext<typeof definition>({ id: 'prometheus.scrape.test' })
  const type = prometheusScrapeOver(() => network)
  const component = type.build(argumentsOf(config, receiver), context)
  const stopping = new AbortController()
  const ended = component.run(stopping.signal)
  const { clock } = context
  await clock.advance(0)
  return {
    network,
    receiver,
    context,
    clock,
    component,
    /** Lets `count` scrapes of a one-minute interval pass. */
    scrapes: (count = 1) => clock.advance(count * minute),
    update: async (changed: string) => {
      const done = component.update(argumentsOf(changed, receiver))
      await clock.advance(0)
      await done
    },
    stop: async () => {
      stopping.abort()
      await clock.advance(0)
      await ended
    },
    /** What arrived since the last call, without the report, as `name{labels} value`. */
    taken: (withReport = false) => {
      const samples = receiver.samples.splice(0)
      const shown = withReport ? samples : samples.filter(({ labels }) => !/^(up|scrape_.*)$/.test(labels.__name__))
      return shown.map(
        ({ labels: { __name__: name, ...labels }, value }) => `${name}${Labels.from(labels).toString()} ${value}`,
      )
    },
    last: (name: string) => receiver.samples.filter(({ labels }) => labels.__name__ === name).at(-1)?.value,
    targets: () => (component.debugInfo?.() ?? []).map((statement) => attributes(statement)),
  }
}

function attributes(statement: DebugStatement): Record<string, unknown> {
  if (statement.kind !== 'block') throw new Error('expected a block')
  return Object.fromEntries(
    statement.body.map((inner) => [inner.name, inner.kind === 'attribute' ? inner.value : undefined]),
  )
}

/** The value of one of the component's own metrics, as `name{label values}`. */
export const counter = (context: { values: Map<string, number> }, name: string) => context.values.get(name)
