// Explore's questions to Loki's HTTP API: query_range, labels, label values.
import type { FoundLine, LineCounts, LinesFound, TimeRange } from '../contract/explore.ts'
import { askBackend } from './backend-client.ts'
import type { QueryEndpoint } from './backend-client.ts'
import { foundLine } from './log-line.ts'
import { stepOf } from './step.ts'

interface StreamsAnswer {
  readonly data?: {
    readonly resultType?: string
    readonly result?: readonly {
      readonly stream?: Readonly<Record<string, string>>
      readonly metric?: Readonly<Record<string, string>>
      readonly values?: readonly (readonly [string | number, string, unknown?])[]
    }[]
  }
}

const nanosOf = (ms: number): string => `${Math.trunc(ms)}000000`
const mostNames = 1_000

/** Lines that match in a range, newest first; with `after` only what came later than that nanosecond. */
export async function findLines(
  loki: QueryEndpoint,
  {
    query,
    from,
    to,
    limit,
    direction = 'backward',
  }: TimeRange & {
    readonly query: string
    readonly limit: number
    readonly direction?: 'backward' | 'forward'
  },
  stop?: AbortSignal,
): Promise<LinesFound> {
  const began = performance.now()
  const answer = (await askBackend(loki, {
    path: '/loki/api/v1/query_range',
    parameters: { query, start: nanosOf(from), end: nanosOf(to), limit: limit + 1, direction },
    stop,
  })) as StreamsAnswer
  const lines = (answer.data?.result ?? []).flatMap(({ stream = {}, values = [] }) =>
    values.map(([nanos, text, metadata]) => foundLine(String(nanos), { ...stream, ...structured(metadata) }, text)),
  )
  lines.sort(newestFirst)
  return { lines: lines.slice(0, limit), truncated: lines.length > limit, tookMs: performance.now() - began }
}

/** Structured metadata beside a line, in the shape `categorize-labels` gives it or flat. */
function structured(metadata: unknown): Readonly<Record<string, string>> {
  if (typeof metadata !== 'object' || metadata === null) return {}
  const inner = (metadata as { readonly structuredMetadata?: unknown }).structuredMetadata ?? metadata
  return Object.fromEntries(
    Object.entries(inner as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}

/** Timestamps are digits of one length until the year 2286, else by length first. */
function newestFirst(a: FoundLine, b: FoundLine): number {
  return b.nanos.length - a.nanos.length || (a.nanos < b.nanos ? 1 : a.nanos > b.nanos ? -1 : 0)
}

/** How many lines match, step by step; steps without lines count zero. */
export async function countLines(
  loki: QueryEndpoint,
  { query, from, to, bars }: TimeRange & { readonly query: string; readonly bars: number },
  stop?: AbortSignal,
): Promise<LineCounts> {
  const stepMs = stepOf({ from, to }, bars)
  const start = Math.floor(from / stepMs) * stepMs + stepMs
  const answer = (await askBackend(loki, {
    path: '/loki/api/v1/query_range',
    parameters: {
      query: `sum(count_over_time(${query}[${stepMs}ms]))`,
      start: nanosOf(start),
      end: nanosOf(Math.ceil(to / stepMs) * stepMs),
      step: `${stepMs / 1000}`,
    },
    stop,
  })) as StreamsAnswer
  const counted = new Map<number, number>()
  for (const { values = [] } of answer.data?.result ?? []) {
    for (const [seconds, count] of values) counted.set(Math.round(Number(seconds) * 1000), Number(count))
  }
  const all: LineCounts['bars'][number][] = []
  for (let end = start; end <= Math.ceil(to / stepMs) * stepMs; end += stepMs)
    all.push({ at: end - stepMs, count: counted.get(end) ?? 0 })
  return { stepMs, bars: all }
}

/** Label names, or the values of one. */
export async function lokiLabels(
  loki: QueryEndpoint,
  { label, from, to }: TimeRange & { readonly label?: string | undefined },
): Promise<readonly string[]> {
  const path = label === undefined ? '/labels' : `/label/${encodeURIComponent(label)}/values`
  const answer = (await askBackend(loki, {
    path: `/loki/api/v1${path}`,
    parameters: { start: nanosOf(from), end: nanosOf(to) },
  })) as { readonly data?: readonly string[] }
  return (answer.data ?? []).slice(0, mostNames)
}
