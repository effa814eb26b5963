import { takeLokiPush } from '../ingest/loki-push.ts'
import { takeOtlpLogs } from '../ingest/otlp-logs.ts'
import { parseLogql, parseStreamSelector } from '../logql/parse.ts'
import { queryLines, queryMetric } from '../logql/query.ts'
import { formatValue } from '../promql/format-value.ts'
import type { ResultSeries } from '../promql/query.ts'
import { QueryError } from '../query-text/query-error.ts'
import type { LogStore } from '../storage/log-store.ts'
import { json, noContent, text } from './api-request.ts'
import type { ApiAnswer, ApiRequest, Route } from './api-request.ts'
import { BadParameter } from './error-answer.ts'
import { nanosPeriod, period } from './loki-period.ts'
import { streamsOf } from './loki-streams.ts'
import { volumeRoutes } from './loki-volume.ts'
import { countParameter, durationParameter, nanosParameter, requiredParameter } from './parameters.ts'
import type { QueryGate } from './query-gate.ts'

const reading = ['GET', 'POST'] as const
const defaultLimit = 100
const mostLines = 50_000
/** Lines a metric query may count. */
const maxLines = 10_000_000

/** Loki's paths. */
export function lokiRoutes(store: LogStore, gate: QueryGate, version: string): Route[] {
  const api = (path: string, answer: Route['answer']): Route => ({
    methods: reading,
    pattern: new RegExp(`^/loki/api/v1/${path}$`),
    answer,
  })
  return [
    {
      methods: ['POST'],
      pattern: /^\/loki\/api\/v1\/push$/,
      takesData: true,
      answer: async ({ headers, body }) => answerOf(await takeLokiPush(headers['content-type'] ?? '', body, store)),
    },
    {
      methods: ['POST'],
      pattern: /^\/otlp\/v1\/logs$/,
      takesData: true,
      answer: async ({ headers, body }) => answerOf(await takeOtlpLogs(headers['content-type'] ?? '', body, store)),
    },
    api('query_range', (request) => range(request, store, gate)),
    api('query', (request) => instant(request, store, gate)),
    api('labels?', ({ params }) => success(store.labelNames(...period(params)))),
    api('label/([^/]+)/values', ({ params, groups }) => success(labelValues(groups[0], params, store))),
    api('series', ({ params }) => success(series(params, store))),
    ...volumeRoutes(store, gate),
    api('status/buildinfo', () =>
      json({ version, revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' }),
    ),
    api('(?:patterns|detected_fields|detected_labels)', ({ path }) =>
      text(`${path} is not answered by the embedded backend`, 404),
    ),
  ]
}

const success = (data: unknown): ApiAnswer => json({ status: 'success', data })
const answerOf = (refusal: { readonly status: number; readonly message: string } | undefined): ApiAnswer =>
  refusal === undefined ? noContent : text(refusal.message, refusal.status)

async function range({ params, headers }: ApiRequest, store: LogStore, gate: QueryGate): Promise<ApiAnswer> {
  const [start, end] = nanosPeriod(params)
  const expression = parseLogql(requiredParameter(params, 'query'))
  if (expression.kind === 'log') {
    const direction = params.get('direction')?.toLowerCase() === 'forward' ? 'forward' : 'backward'
    const limit = countParameter(params, 'limit', defaultLimit, mostLines)
    const lines = await gate.run((budget) =>
      queryLines(expression, { start, end, direction, limit }, { source: store, budget }),
    )
    const categorize = String(headers['x-loki-response-encoding-flags'] ?? '').includes('categorize-labels')
    return success({
      resultType: 'streams',
      ...(categorize && { encodingFlags: ['categorize-labels'] }),
      result: streamsOf(lines, categorize),
      stats: {},
    })
  }
  const [from, to] = [Number(start / 1_000_000n), Number(end / 1_000_000n)]
  const step = durationParameter(params, 'step', Math.max(1000, Math.floor((to - from) / 250 / 1000) * 1000))
  if (step <= 0)
    throw new BadParameter('zero or negative query resolution step widths are not accepted. Try a positive integer')
  // Loki moves both ends to multiples of the step.
  const grid = { start: Math.floor(from / step) * step, end: Math.ceil(to / step) * step, step }
  const result = await gate.run((budget) => queryMetric(expression, grid, { source: store, budget, maxLines }))
  if ('scalar' in result)
    return success({ resultType: 'matrix', result: [{ metric: {}, values: constant(result.scalar, grid) }], stats: {} })
  return success({ resultType: 'matrix', result: result.map(matrixSeries), stats: {} })
}

function constant(
  value: number,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
): unknown[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => [
    (start + i * step) / 1000,
    formatValue(value),
  ])
}

function matrixSeries({ labels, points }: ResultSeries): unknown {
  return { metric: labels, values: points.map(({ time, value }) => [time / 1000, formatValue(value)]) }
}

async function instant({ params }: ApiRequest, store: LogStore, gate: QueryGate): Promise<ApiAnswer> {
  const time = Number(nanosParameter(params, 'time', BigInt(Date.now()) * 1_000_000n) / 1_000_000n)
  const expression = parseLogql(requiredParameter(params, 'query'))
  if (expression.kind === 'log') {
    throw new QueryError(
      'syntax',
      'log queries are not supported as an instant query type, please change your query to a range query type',
    )
  }
  const result = await gate.run((budget) =>
    queryMetric(expression, { start: time, end: time, step: 0 }, { source: store, budget, maxLines }),
  )
  if ('scalar' in result)
    return success({ resultType: 'scalar', result: [time / 1000, formatValue(result.scalar)], stats: {} })
  return success({
    resultType: 'vector',
    result: result.map(({ labels, points: [{ value }] }) => ({
      metric: labels,
      value: [time / 1000, formatValue(value)],
    })),
    stats: {},
  })
}

function labelValues(name: string, params: URLSearchParams, store: LogStore): string[] {
  const query = params.get('query')
  if (query === null || query === '') return store.labelValues(name, ...period(params))
  const found = store.series(parseStreamSelector(query), ...period(params)).map((labels) => labels.get(name))
  return [...new Set(found)].filter((value) => value !== '').sort()
}

function series(params: URLSearchParams, store: LogStore): unknown {
  const selectors = [...params.getAll('match[]'), ...params.getAll('match')]
  const all = selectors.length === 0 ? [[]] : selectors.map(parseStreamSelector)
  const found = all.flatMap((matchers) => store.series(matchers, ...period(params)))
  return [...new Map(found.map((labels) => [labels.key, labels])).values()]
}
