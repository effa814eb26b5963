// The `ot` member of a W3C trace state: `ot=key:value;key:value` among members separated by commas.
import { formatRandomness, formatThreshold, parseRandomness, parseThreshold } from './randomness.ts'
import type { Word56 } from './randomness.ts'

/** What OpenTelemetry keeps in a trace state; `rest` are other keys of the member, `others` other vendors' members. */
export interface TraceState {
  readonly randomness: Word56 | undefined
  readonly threshold: Word56 | undefined
  readonly rest: readonly string[]
  readonly others: readonly string[]
}

export const emptyTraceState: TraceState = { randomness: undefined, threshold: undefined, rest: [], others: [] }

/** Parses a trace state; undefined when its `ot` member cannot be used. */
export function parseTraceState(text: string): TraceState | undefined {
  if (text === '') return emptyTraceState
  const members = text.split(',').map((member) => member.trim())
  const own = members.find((member) => member.startsWith('ot='))
  const others = members.filter((member) => member !== own && member !== '')
  let state: TraceState = { ...emptyTraceState, others }
  if (own === undefined) return state
  for (const item of own.slice(3).split(';')) {
    const [key, value = ''] = splitOnce(item)
    if (key === 'rv') {
      const randomness = parseRandomness(value)
      if (randomness === undefined) return undefined
      state = { ...state, randomness }
    } else if (key === 'th') {
      const threshold = parseThreshold(value)
      if (threshold === undefined) return undefined
      state = { ...state, threshold }
    } else if (key === '') return undefined
    else state = { ...state, rest: [...state.rest, item] }
  }
  return state
}

function splitOnce(item: string): [string, string?] {
  const colon = item.indexOf(':')
  return colon < 0 ? [item] : [item.slice(0, colon), item.slice(colon + 1)]
}

/** The text of a trace state, its `ot` member first. */
export function formatTraceState({ randomness, threshold, rest, others }: TraceState): string {
  const own = [
    ...(randomness === undefined ? [] : [`rv:${formatRandomness(randomness)}`]),
    ...(threshold === undefined ? [] : [`th:${formatThreshold(threshold)}`]),
    ...rest,
  ].join(';')
  return [...(own === '' ? [] : [`ot=${own}`]), ...others].join(',')
}
