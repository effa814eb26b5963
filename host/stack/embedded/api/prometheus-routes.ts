import type { Labels } from '../../../../collector-core/signal/labels.ts'
import { takeRemoteWrite } from '../ingest/remote-write.ts'
import type { WriteRequestReader } from '../ingest/write-request-reader.ts'
import type { Expression } from '../promql/expression.ts'
import { formatValue } from '../promql/format-value.ts'
import { parsePromql, parseSeriesSelector } from '../promql/parse.ts'
import { queryInstant, queryRange } from '../promql/query.ts'
import type { InstantResult, Point, ResultSeries } from '../promql/query.ts'
import { selectorsOf } from '../promql/selectors-of.ts'
import type { MetricStore } from '../storage/metric-store.ts'
import { json, text } from './api-request.ts'
import type { ApiAnswer, ApiRequest, Route } from './api-request.ts'
import { BadParameter } from './error-answer.ts'
import { countParameter, durationParameter, requiredParameter, timeParameter } from './parameters.ts'
import type { QueryGate } from './query-gate.ts'

const reading = ['GET', 'POST'] as const

/** Mimir's paths: writes at `/api/v1/push`, Prometheus' query API under `/prometheus` and at the root. */
export function prometheusRoutes(
  store: MetricStore,
  reader: WriteRequestReader,
  gate: QueryGate,
  version: string,
): Route[] {
  const api = (path: string, answer: Route['answer']): Route => ({
    methods: reading,
    pattern: new RegExp(`^(?:/prometheus)?/api/v1/${path}$`),
    answer,
  })
  return [
    {
      methods: ['POST'],
      pattern: /^(?:\/prometheus)?\/api\/v1\/(?:push|write)$/,
      takesData: true,
      answer: (request) => push(request, store, reader),
    },
    api('query', (request) => instant(request, store, gate)),
    api('query_range', (request) => range(request, store, gate)),
    api('query_exemplars', (request) => gate.run(() => exemplars(request, store))),
    api('series', ({ params }) => success(series(params, store))),
    api('labels', ({ params }) => success(limited(params, names(params, store)))),
    api('label/([^/]+)/values', ({ params, groups }) => success(limited(params, values(groups[0], params, store)))),
    api('metadata', ({ params }) => success(metadata(params, store))),
    api('status/buildinfo', () =>
      success({
        application: 'Weir embedded backend',
        version,
        revision: '',
        branch: '',
        buildUser: '',
        buildDate: '',
        goVersion: '',
      }),
    ),
    api('format_query', ({ params }) => {
      parsePromql(requiredParameter(params, 'query'))
      return success(params.get('query'))
    }),
    api('rules', () => success({ groups: [] })),
    api('alerts', () => success({ alerts: [] })),
  ]
}

const success = (data: unknown): ApiAnswer => json({ status: 'success', data })

async function push({ headers, body }: ApiRequest, store: MetricStore, reader: WriteRequestReader): Promise<ApiAnswer> {
  const taken = await takeRemoteWrite(headers['content-type'] ?? '', body, store, reader)
  if ('status' in taken) return text(taken.message, taken.status)
  const counts = {
    'X-Prometheus-Remote-Write-Samples-Written': String(taken.samples),
    'X-Prometheus-Remote-Write-Histograms-Written': '0',
    'X-Prometheus-Remote-Write-Exemplars-Written': String(taken.exemplars),
  }
  if (taken.refused.length > 0) return { ...text(taken.refused.join('; '), 400), headers: counts }
  return { status: 200, contentType: 'text/plain', body: '', headers: counts }
}

function expressionOf(params: URLSearchParams): Expression {
  return parsePromql(requiredParameter(params, 'query'))
}

async function instant({ params }: ApiRequest, store: MetricStore, gate: QueryGate): Promise<ApiAnswer> {
  const time = timeParameter(params, 'time', Date.now())
  const expression = expressionOf(params)
  return success(instantData(await gate.run((budget) => queryInstant(expression, time, { source: store, budget }))))
}

function instantData(result: InstantResult): unknown {
  switch (result.type) {
    case 'scalar':
      return { resultType: 'scalar', result: pair(result.point) }
    case 'string':
      return { resultType: 'string', result: [result.time / 1000, result.value] }
    case 'vector':
      return {
        resultType: 'vector',
        result: result.series.map(({ labels, points: [point] }) => ({ metric: labels, value: pair(point) })),
      }
    case 'matrix':
      return { resultType: 'matrix', result: result.series.map(matrixSeries) }
  }
}

async function range({ params }: ApiRequest, store: MetricStore, gate: QueryGate): Promise<ApiAnswer> {
  requiredParameter(params, 'start')
  requiredParameter(params, 'end')
  const [start, end] = [timeParameter(params, 'start', 0), timeParameter(params, 'end', 0)]
  requiredParameter(params, 'step')
  const step = durationParameter(params, 'step', 0)
  if (end < start) throw new BadParameter('invalid parameter "end": end timestamp must not be before start time')
  if (step <= 0)
    throw new BadParameter(
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    )
  const expression = expressionOf(params)
  const result = await gate.run((budget) => queryRange(expression, { start, end, step }, { source: store, budget }))
  return success({ resultType: 'matrix', result: result.map(matrixSeries) })
}

const pair = ({ time, value }: Point): [number, string] => [time / 1000, formatValue(value)]
const matrixSeries = ({ labels, points }: ResultSeries): unknown => ({ metric: labels, values: points.map(pair) })

async function exemplars({ params }: ApiRequest, store: MetricStore): Promise<ApiAnswer> {
  const selectors = selectorsOf(expressionOf(params))
  const [from, to] = period(params)
  const found = new Map<string, unknown>()
  for (const matchers of selectors) {
    for (const [labels, list] of await store.exemplars(matchers, from, to)) {
      found.set(labels.key, {
        seriesLabels: labels,
        exemplars: list.map(({ labels: own, value, timestamp }) => ({
          labels: own,
          value: formatValue(value),
          timestamp: timestamp / 1000,
        })),
      })
    }
  }
  return success([...found.values()])
}

function period(params: URLSearchParams): [from: number, to: number] {
  return [timeParameter(params, 'start', 0), timeParameter(params, 'end', Date.now() + 3_600_000)]
}

function matching(params: URLSearchParams, store: MetricStore): Labels[] | undefined {
  const selectors = params.getAll('match[]')
  if (selectors.length === 0) return undefined
  const [from, to] = period(params)
  const found = new Map<string, Labels>()
  for (const selector of selectors) {
    for (const labels of store.series(parseSeriesSelector(selector), from, to)) found.set(labels.key, labels)
  }
  return [...found.values()]
}

function series(params: URLSearchParams, store: MetricStore): unknown {
  const found = matching(params, store)
  if (found === undefined) throw new BadParameter('no match[] parameter provided')
  return limited(params, found)
}

function names(params: URLSearchParams, store: MetricStore): string[] {
  const found = matching(params, store)
  return found === undefined
    ? store.labelNames(...period(params))
    : [...new Set(found.flatMap((labels) => labels.names))].sort()
}

function values(name: string, params: URLSearchParams, store: MetricStore): string[] {
  const found = matching(params, store)
  if (found === undefined) return store.labelValues(name, ...period(params))
  return [...new Set(found.map((labels) => labels.get(name)))].filter((value) => value !== '').sort()
}

function limited<T>(params: URLSearchParams, list: readonly T[]): readonly T[] {
  const limit = countParameter(params, 'limit', 0, Number.MAX_SAFE_INTEGER)
  return limit === 0 ? list : list.slice(0, limit)
}

function metadata(params: URLSearchParams, store: MetricStore): unknown {
  const wanted = params.get('metric')
  const limit = countParameter(params, 'limit', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  const families = store.metadata().filter(({ family }) => wanted === null || wanted === '' || family === wanted)
  return Object.fromEntries(
    families.slice(0, limit).map(({ family, type, help, unit }) => [family, [{ type, help, unit }]]),
  )
}
