import type { TraceStore } from '../storage/trace-store.ts'
import type { Field, SpanCondition, TraceqlQuery } from '../traceql/expression.ts'
import { parseField, parseTraceql } from '../traceql/parse.ts'
import { logfmtFields } from '../logql/extract-fields.ts'
import { json, text } from './api-request.ts'
import type { ApiAnswer, ApiRequest, Route } from './api-request.ts'
import { BadParameter } from './error-answer.ts'
import { countParameter, durationParameter, timeParameter } from './parameters.ts'
import type { QueryGate } from './query-gate.ts'
import { searchTraces } from './tempo-search.ts'
import { tagNames, tagValues } from './tempo-tags.ts'
import { tempoResourceSpans } from './trace-json.ts'

const reading = ['GET'] as const
const searchBackMs = 3_600_000

/** Tempo's paths for questions. */
export function tempoRoutes(store: TraceStore, gate: QueryGate, version: string): Route[] {
  const api = (path: string, answer: Route['answer']): Route => ({
    methods: reading,
    pattern: new RegExp(`^/api/${path}$`),
    answer,
  })
  return [
    api('(v2/)?traces/([^/]+)', (request) => byId(request, store)),
    api('search', ({ params }) =>
      gate.run(async (budget) => json(await searchTraces(searchOf(params), store, budget))),
    ),
    api('search/tags', async ({ params }) => {
      const { resource, span } = await gate.run((budget) => tagNames(store, ...period(params), budget))
      return json({ tagNames: [...new Set([...resource, ...span])].sort() })
    }),
    api('v2/search/tags', async ({ params }) => {
      const names = await gate.run((budget) => tagNames(store, ...period(params), budget))
      const wanted = params.get('scope')
      const scopes = Object.entries(names).filter(
        ([name]) => wanted === null || wanted === '' || wanted === 'none' || wanted === name,
      )
      return json({ scopes: scopes.map(([name, tags]) => ({ name, tags })) })
    }),
    api('search/tag/([^/]+)/values', async ({ params, groups }) => {
      const field: Field = { kind: 'attribute', scope: 'any', name: groups[0] }
      const values = await gate.run((budget) => tagValues(field, store, ...period(params), budget))
      return json({ tagValues: values.map(String) })
    }),
    api('v2/search/tag/([^/]+)/values', async ({ params, groups }) => {
      const values = await gate.run((budget) => tagValues(parseField(groups[0]), store, ...period(params), budget))
      return json({ tagValues: values.map((value) => ({ type: typeOf(groups[0], value), value: String(value) })) })
    }),
    api('echo', () => text('echo')),
    api('status/buildinfo', () =>
      json({ version, revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' }),
    ),
    {
      methods: reading,
      pattern: /^\/status\/(?:buildinfo|version)$/,
      answer: () => text(`weir embedded backend, version ${version}`),
    },
    api('metrics/.*', ({ path }) => text(`${path}: metrics from traces are not answered by the embedded backend`, 400)),
  ]
}

async function byId({ groups, headers }: ApiRequest, store: TraceStore): Promise<ApiAnswer> {
  const [version, given] = groups
  if (!/^[0-9a-fA-F]{1,32}$/.test(given)) throw new BadParameter(`trace IDs can only contain hex characters: ${given}`)
  const parts = await store.byId(Buffer.from(given.toLowerCase().padStart(32, '0'), 'hex'))
  const second = version !== ''
  if (parts.length === 0) return second ? json({ trace: {}, metrics: {} }, 404) : text('trace not found', 404)
  if ((headers.accept ?? '').includes('application/protobuf')) {
    const trace = Buffer.concat(parts)
    return { status: 200, contentType: 'application/protobuf', body: second ? traceByIdResponse(trace) : trace }
  }
  const resourceSpans = tempoResourceSpans(parts)
  return json(second ? { trace: { resourceSpans }, metrics: {} } : { batches: resourceSpans })
}

/** `TraceByIDResponse`: field 1 is the trace. */
function traceByIdResponse(trace: Uint8Array): Uint8Array {
  const length: number[] = []
  for (let rest = trace.length; ; rest = Math.floor(rest / 128)) {
    length.push(rest >= 128 ? (rest % 128) | 128 : rest)
    if (rest < 128) break
  }
  return Buffer.concat([Uint8Array.of(0x0a, ...length), trace])
}

/** From and to in milliseconds; both or neither are given, neither means the last hour. */
function period(params: URLSearchParams): [from: number, to: number] {
  if (params.has('start') !== params.has('end')) throw new BadParameter('please provide both start and end, or neither')
  const to = timeParameter(params, 'end', Date.now() + 60_000)
  return [timeParameter(params, 'start', to - searchBackMs), to]
}

function searchOf(params: URLSearchParams): Parameters<typeof searchTraces>[0] {
  const [from, to] = period(params)
  return {
    query: queryOf(params),
    from,
    to,
    limit: countParameter(params, 'limit', 20, 5_000),
    spansPerSet: countParameter(params, 'spss', 3, 1_000),
  }
}

/** The query in `q`, or the one the older parameters `tags`, `minDuration` and `maxDuration` stand for. */
function queryOf(params: URLSearchParams): TraceqlQuery {
  const q = params.get('q')
  if (q !== null && q !== '') return parseTraceql(q)
  const conditions: SpanCondition[] = []
  const compare = (field: Field, operator: '=' | '>=' | '<=', value: string | number): void => {
    conditions.push({ kind: 'compare', field, operator, value, regex: undefined })
  }
  for (const [name, value] of logfmtFields(params.get('tags') ?? '', (key) => key)) {
    if (name === 'name' || name === 'status') compare({ kind: 'intrinsic', name }, '=', value)
    else compare({ kind: 'attribute', scope: 'any', name }, '=', value)
  }
  const least = durationParameter(params, 'minDuration', 0)
  const most = durationParameter(params, 'maxDuration', 0)
  if (least > 0) compare({ kind: 'intrinsic', name: 'traceDuration' }, '>=', least * 1e6)
  if (most > 0) compare({ kind: 'intrinsic', name: 'traceDuration' }, '<=', most * 1e6)
  const condition = conditions.reduce<SpanCondition>((left, right) => ({ kind: 'and', left, right }), {
    kind: 'always',
    value: true,
  })
  return { spanset: { kind: 'filter', condition }, counts: [], select: [] }
}

function typeOf(tag: string, value: string | number | boolean): string {
  if (tag === 'status' || tag === 'kind') return 'keyword'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return typeof value === 'boolean' ? 'bool' : 'string'
}
