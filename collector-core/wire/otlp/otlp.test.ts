import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OtlpKind } from '../../signal/otlp-batch.ts'
import { countItems } from './count-items.ts'
import { formatDecimal64, halvesOf, parseDecimal64 } from './decimal64.ts'
import { requestFromJson } from './from-json.ts'
import { partialSuccess, partialSuccessOfJson } from './partial-success.ts'
import { rewriteItems } from './rewrite.ts'
import { splitItems } from './split.ts'
import { requestToJson } from './to-json.ts'
import { encodeStatus, decodeStatus, encodeGrpcMessage, decodeGrpcMessage } from '../../net/grpc/status.ts'

type Json = Record<string, unknown>

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((id) => Buffer.from(id).toString('hex'))
const nanos = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String)
const attributes = fc.array(
  fc.record({
    key: fc.string({ minLength: 1 }),
    value: fc.oneof(
      fc.record({ stringValue: fc.string({ unit: 'grapheme' }) }),
      fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
      fc.record({ boolValue: fc.boolean() }),
      fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    ),
  }),
  { maxLength: 3 },
)
const span = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  name: fc.string(),
  kind: fc.integer({ min: 1, max: 5 }),
  startTimeUnixNano: nanos,
  attributes,
})
const log = fc.record({
  timeUnixNano: nanos,
  severityNumber: fc.integer({ min: 1, max: 24 }),
  body: fc.record({ stringValue: fc.string() }),
  attributes,
})
const point = fc.record({
  timeUnixNano: nanos,
  asInt: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  attributes,
})
const metric = fc.record({
  name: fc.string({ minLength: 1 }),
  sum: fc.record({
    dataPoints: fc.array(point, { minLength: 1, maxLength: 4 }),
    aggregationTemporality: fc.constant(2),
    isMonotonic: fc.constant(true),
  }),
})

const request = (resources: string, scopes: string, items: string, item: fc.Arbitrary<unknown>) =>
  fc
    .array(
      fc.record({
        resource: fc.record({ attributes }),
        [scopes]: fc.array(
          fc.record({
            scope: fc.record({ name: fc.string({ minLength: 1 }) }),
            [items]: fc.array(item, { minLength: 1, maxLength: 4 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    )
    .map((list): Json => (list.length === 0 ? {} : { [resources]: list }))

const requests: Record<OtlpKind, fc.Arbitrary<Json>> = {
  traces: request('resourceSpans', 'scopeSpans', 'spans', span),
  metrics: request('resourceMetrics', 'scopeMetrics', 'metrics', metric),
  logs: request('resourceLogs', 'scopeLogs', 'logRecords', log),
}
const kinds = ['traces', 'metrics', 'logs'] as const

/** All items of a request as text, with the resource and scope they belong to. */
function itemsOf(json: Json): string[] {
  return ((Object.values(json)[0] as Json[] | undefined) ?? []).flatMap((resource) =>
    (Object.entries(resource).find(([key]) => key.startsWith('scope'))![1] as Json[]).flatMap((scope) =>
      (Object.entries(scope).find(([key]) => key !== 'scope')![1] as Json[]).map((item) =>
        JSON.stringify([resource.resource, scope.scope, item]),
      ),
    ),
  )
}

const neverCalled = (): void => {
  throw new Error('nothing was to be replaced')
}

const encode = (kind: OtlpKind, json: Json): Uint8Array => {
  const encoded = requestFromJson(kind, JSON.stringify(json))
  if ('problem' in encoded) throw new Error(encoded.problem)
  return encoded.bytes
}

/** Empty lists and false or zero scalars are not told apart from absent ones. */
const normal = (json: unknown): unknown =>
  JSON.parse(
    JSON.stringify(json, (_, value: unknown) => (Array.isArray(value) && value.length === 0 ? undefined : value)),
  )

describe.each(kinds)('%s', (kind) => {
  it('come back from protobuf as they went in', () => {
    fc.assert(
      fc.property(requests[kind], (json) => {
        expect(normal(requestToJson(kind, encode(kind, json)))).toEqual(normal(json))
      }),
    )
  })

  it('are counted, split and rewritten without loss', () => {
    fc.assert(
      fc.property(requests[kind], fc.integer({ min: 1, max: 5 }), (json, max) => {
        const bytes = encode(kind, json)
        const items = itemsOf(normal(json) as Json)
        const count = countItems(kind, bytes)!
        if (kind !== 'metrics') expect(count).toBe(items.length)
        const pieces = splitItems(kind, bytes, max)
        expect(pieces.reduce((sum, piece) => sum + piece.items, 0)).toBe(count)
        expect(pieces.flatMap((piece) => itemsOf(normal(requestToJson(kind, piece.bytes)) as Json))).toEqual(items)
        if (kind !== 'metrics') for (const piece of pieces) expect(piece.items).toBeLessThanOrEqual(max)
        let turn = 0
        const every = rewriteItems(bytes, { decide: () => (turn++ % 2 === 0 ? 'keep' : 'drop'), replace: neverCalled })
        expect(every.kept + every.dropped).toBe(items.length)
        expect(itemsOf(normal(requestToJson(kind, every.bytes)) as Json)).toEqual(items.filter((_, i) => i % 2 === 0))
        const same = rewriteItems(bytes, { decide: () => 'keep', replace: neverCalled })
        expect(same.bytes).toBe(bytes)
      }),
    )
  })

  it('that are cut off or mangled are refused or counted, never a crash', () => {
    fc.assert(
      fc.property(requests[kind], fc.nat(), fc.nat(255), (json, at, byte) => {
        const bytes = encode(kind, json)
        if (bytes.length === 0) return
        const mangled = bytes.slice()
        mangled[at % bytes.length] = byte
        countItems(kind, mangled)
        countItems(kind, bytes.subarray(0, at % bytes.length))
        requestToJson(kind, mangled)
      }),
    )
  })
})

describe('OTLP/JSON', () => {
  it.each([
    ['not JSON', '{', 'the body is not JSON'],
    ['a wrong shape', '{"resourceSpans": {}}', 'resourceSpans should be an array'],
    [
      'an id that is not hexadecimal',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}',
      'resourceSpans[0].scopeSpans[0].spans[0].traceId should be an id in hexadecimal',
    ],
    [
      'a number that is none',
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"soon"}]}]}]}',
      'startTimeUnixNano should be an integer',
    ],
  ])('refuses %s and says where', (_, text, message) => {
    const result = requestFromJson('traces', text)
    expect('problem' in result && result.problem).toContain(message)
  })

  it('takes original field names, numbers as text, and unknown fields', () => {
    const { bytes } = requestFromJson(
      'traces',
      '{"resource_spans":[{"scope_spans":[{"spans":[{"trace_id":"AB","kind":2,"end_time_unix_nano":5,"x":1}]}]}]}',
    ) as { bytes: Uint8Array }
    expect(requestToJson('traces', bytes)).toEqual({
      resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'ab', kind: 2, endTimeUnixNano: '5' }] }] }],
    })
  })

  it('is bounded in depth', () => {
    const deep = '{"arrayValue":{"values":['.repeat(500) + '{}' + ']}}'.repeat(500)
    const result = requestFromJson('logs', `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${deep}}]}]}]}`)
    expect('problem' in result && result.problem).toContain('nested deeper')
  })
})

describe('a partial success', () => {
  const proto = (bytes: number[]) => partialSuccess(Uint8Array.from(bytes))
  const json = (text: string) => partialSuccessOfJson(Buffer.from(text))

  it('is read from protobuf', () => {
    expect(proto([])).toBeUndefined()
    expect(proto([0x0a, 0])).toBeUndefined()
    expect(proto([0x0a, 2, 8, 5])).toEqual({ rejected: 5, message: '' })
    expect(proto([0x0a, 3, 0x12, 1, 0x61])).toEqual({ rejected: 0, message: 'a' })
    expect(proto([0x0a, 9])).toBeUndefined()
  })

  it('is read from JSON', () => {
    expect(json('{}')).toBeUndefined()
    expect(json('')).toBeUndefined()
    expect(json('{"partialSuccess":{}}')).toBeUndefined()
    expect(json('{"partialSuccess":{"rejectedLogRecords":"3"}}')).toEqual({ rejected: 3, message: '' })
    expect(json('{"partialSuccess":{"rejectedDataPoints":2,"errorMessage":"a"}}')).toEqual({
      rejected: 2,
      message: 'a',
    })
    expect(json('{"partialSuccess":{"rejectedSpans":"many","errorMessage":1}}')).toBeUndefined()
  })
})

describe('64-bit decimals', () => {
  it('agree with BigInt', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
        const halves = parseDecimal64(String(value))!
        expect(BigInt.asUintN(64, value)).toBe((BigInt(halves.high) << 32n) | BigInt(halves.low))
        expect(formatDecimal64(halves, value < 0n)).toBe(String(value))
      }),
    )
    expect(parseDecimal64('18446744073709551616')).toBeUndefined()
    expect(parseDecimal64('-9223372036854775809')).toBeUndefined()
    expect(halvesOf(1.5)).toBeUndefined()
  })
})

describe('gRPC status', () => {
  it('keeps code, message and delay', () => {
    fc.assert(
      fc.property(
        fc.nat(16),
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.nat(10_000_000), { nil: undefined }),
        (code, message, retryAfterMs) => {
          const status = { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) }
          expect(decodeStatus(encodeStatus(status))).toEqual(status)
          expect(decodeGrpcMessage(encodeGrpcMessage(message))).toBe(message)
        },
      ),
    )
  })
})
