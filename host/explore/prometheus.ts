// Explore's questions to the Prometheus HTTP API: query_range, query_exemplars, labels, label values.
import type { FoundExemplar, SeriesFound, TimeRange } from '../contract/explore.ts'
import { askBackend } from './backend-client.ts'
import type { QueryEndpoint } from './backend-client.ts'
import { stepOf } from './step.ts'

type Sample = readonly [seconds: number, value: string]

interface MatrixAnswer {
  readonly data?: {
    readonly result?: readonly {
      readonly metric?: Readonly<Record<string, string>>
      readonly values?: readonly Sample[]
    }[]
  }
}

interface ExemplarsAnswer {
  readonly data?: readonly {
    readonly exemplars?: readonly {
      readonly labels?: Readonly<Record<string, string>>
      readonly value?: string
      readonly timestamp?: number
    }[]
  }[]
}

/** OpenTelemetry's name, and those older client libraries use. */
const traceNames = ['trace_id', 'traceID', 'traceId']
const mostSeries = 200
const mostExemplars = 1_000
const mostNames = 1_000
const secondsOf = (ms: number): number => ms / 1000

/** A query over a range; the exemplars are those of the series it reads, none where the backend keeps none. */
export async function findSeries(
  prometheus: QueryEndpoint,
  { query, from, to, points }: TimeRange & { readonly query: string; readonly points: number },
  stop?: AbortSignal,
): Promise<SeriesFound> {
  const began = performance.now()
  const stepMs = stepOf({ from, to }, points)
  const range = { query, start: secondsOf(Math.floor(from / stepMs) * stepMs), end: secondsOf(to) }
  const [matrix, exemplars] = await Promise.all([
    askBackend(prometheus, {
      path: '/api/v1/query_range',
      parameters: { ...range, step: secondsOf(stepMs) },
      stop,
    }) as Promise<MatrixAnswer>,
    exemplarsOf(prometheus, range, stop),
  ])
  const found = matrix.data?.result ?? []
  return {
    series: found.slice(0, mostSeries).map(({ metric = {}, values = [] }) => ({
      labels: metric,
      points: values.map(([seconds, value]) => [Math.round(seconds * 1000), Number(value)] as const),
    })),
    exemplars,
    stepMs,
    truncated: found.length > mostSeries,
    tookMs: performance.now() - began,
  }
}

/** Exemplars are an extra: a backend that keeps none, or cannot find them for this query, does not spoil the chart. */
async function exemplarsOf(
  prometheus: QueryEndpoint,
  parameters: Readonly<Record<string, string | number>>,
  stop: AbortSignal | undefined,
): Promise<readonly FoundExemplar[]> {
  const answer = (await askBackend(prometheus, { path: '/api/v1/query_exemplars', parameters, stop }).catch(
    () => ({}),
  )) as ExemplarsAnswer
  const found = (answer.data ?? []).flatMap(({ exemplars = [] }) => exemplars)
  return found.slice(-mostExemplars).map(({ labels = {}, value, timestamp = 0 }) => ({
    at: Math.round(timestamp * 1000),
    value: Number(value),
    labels,
    traceId: Object.entries(labels).find(([name]) => traceNames.includes(name))?.[1],
  }))
}

interface LabelQuestion extends TimeRange {
  readonly label?: string | undefined
  readonly matching?: readonly string[]
}

/** Label names, or the values of one; with `matching`, of series only that one of these selectors matches. */
export async function prometheusLabels(
  prometheus: QueryEndpoint,
  { label, matching, from, to }: LabelQuestion,
): Promise<readonly string[]> {
  const path = label === undefined ? '/labels' : `/label/${encodeURIComponent(label)}/values`
  const answer = (await askBackend(prometheus, {
    path: `/api/v1${path}`,
    parameters: { start: secondsOf(from), end: secondsOf(to), 'match[]': matching },
  })) as { readonly data?: readonly string[] }
  return (answer.data ?? []).slice(0, mostNames)
}
