import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QueryError } from '../query-text/query-error.ts'
import { matchTrace } from './evaluate.ts'
import { parseTraceql } from './parse.ts'
import { factsOf } from './trace-span.ts'
import type { TraceSpan } from './trace-span.ts'

const span = (name: string, overrides: Partial<TraceSpan> = {}): TraceSpan => ({
  traceId: '0'.repeat(31) + '1',
  spanId: name,
  parentId: 'GET /',
  name,
  kind: 'internal',
  status: 'unset',
  statusMessage: '',
  start: 0n,
  end: 1_000_000n,
  attributes: new Map(),
  resource: new Map([['service.name', 'shop']]),
  scope: new Map(),
  events: [],
  links: [],
  ...overrides,
})

const trace = [
  span('GET /', {
    parentId: '',
    kind: 'server',
    end: 200_000_000n,
    attributes: new Map<string, string | number | boolean>([
      ['http.status_code', 500],
      ['cached', false],
    ]),
  }),
  span('query', {
    kind: 'client',
    status: 'error',
    attributes: new Map([['db.system', 'pg']]),
    events: [{ name: 'exception', attributes: new Map([['exception.type', 'Timeout']]) }],
  }),
  span('render', { resource: new Map([['service.name', 'web']]), attributes: new Map([['service.name', 'own']]) }),
]

test.each([
  ['{}', ['GET /', 'query', 'render']],
  ['', ['GET /', 'query', 'render']],
  ['{ name = "query" }', ['query']],
  ['{ duration > 100ms }', ['GET /']],
  ['{ duration <= 1ms && kind != client }', ['render']],
  ['{ status = error }', ['query']],
  ['{ span.http.status_code >= 500 }', ['GET /']],
  ['{ span.http.status_code = "500" }', []],
  ['{ .service.name = "own" }', ['render']],
  ['{ resource.service.name =~ "w.*" }', ['render']],
  ['{ resource.service.name != "shop" }', ['render']],
  ['{ .db.system = nil }', ['GET /', 'render']],
  ['{ .db.system != nil }', ['query']],
  ['{ .db.system != "other" }', ['query']],
  ['{ span.cached = false }', ['GET /']],
  ['{ !(status = error) && name != "render" }', ['GET /']],
  ['{ event.exception.type = "Timeout" || event:name = "none" }', ['query']],
  ['{ kind = server } && { status = error }', ['GET /', 'query']],
  ['{ kind = server } && { name = "none" }', []],
  ['{ kind = server } || { name = "none" }', ['GET /']],
  ['{ rootServiceName = "shop" && traceDuration > 150ms } | count() > 2', ['GET /', 'query', 'render']],
  ['{ name = "query" } | count() > 1', []],
  ['{ span."http.status_code" > 499.5 } | select(span.cached)', ['GET /']],
])('%s finds %j', (query, names) => {
  expect(matchTrace(parseTraceql(query), trace, factsOf(trace)).map(({ name }) => name)).toEqual(names)
})

test.each([
  ['{ name = }', 'expected a value'],
  ['{ nestedSetParent < 0 }', 'is not answered here'],
  ['{ } >> { }', 'only { … } joined by && and ||'],
  ['{ } | rate()', 'is not answered here'],
  ['{ name =~ 5 }', 'takes a string'],
  ['{ name =~ "(" }', 'not valid RE2'],
  ['name = "x"', 'expected "{"'],
])('%s is refused: %s', (text, reason) => {
  expect(() => parseTraceql(text)).toThrow(QueryError)
  expect(() => parseTraceql(text)).toThrow(reason)
})

test('whatever is asked, the answer is a query or a query error', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    'name',
    '=',
    '"x"',
    '.a',
    'span.b',
    '&&',
    '||',
    '!',
    '(',
    ')',
    '5ms',
    '|',
    'count',
    'select',
    '>',
    'nil',
    ',',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(token, { maxLength: 25 }), (tokens) => {
      try {
        parseTraceql(tokens.join(' '))
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError)
      }
    }),
    { numRuns: 2000 },
  )
})
