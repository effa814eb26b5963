import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { requestFromJson } from '../../../../wire/otlp/from-json.ts'
import { rewriteItems } from '../../../../wire/otlp/rewrite.ts'
import { requestToJson } from '../../../../wire/otlp/to-json.ts'
import { definition } from './definition.ts'
import { RequestSampler, Sampler } from './sampler.ts'
import type { Tally } from './sampler.ts'

type Json = Record<string, unknown>

/** Puts items through a sampler; what is kept, as JSON, and the decisions. */
function sample(kind: 'traces' | 'logs', body: string, items: readonly Json[]): { kept: Json[]; tallies: Tally[] } {
  const json =
    kind === 'traces'
      ? { resourceSpans: [{ scopeSpans: [{ scope: { name: 's' }, spans: items }] }] }
      : { resourceLogs: [{ scopeLogs: [{ scope: { name: 's' }, logRecords: items }] }] }
  const request = requestFromJson(kind, JSON.stringify(json))
  if ('problem' in request) throw new Error(request.problem)
  const sampler = new RequestSampler(new Sampler(kind, argumentsFrom(definition, `${body}\noutput { }`)), request.bytes)
  const { bytes } = rewriteItems(request.bytes, sampler)
  const decoded = requestToJson(kind, bytes) as Partial<Record<string, Json[]>>
  const within = (outer: readonly Json[], name: string): Json[] =>
    outer.flatMap((message) => (message[name] as Json[] | undefined) ?? [])
  const kept =
    kind === 'traces'
      ? within(within(decoded.resourceSpans ?? [], 'scopeSpans'), 'spans')
      : within(within(decoded.resourceLogs ?? [], 'scopeLogs'), 'logRecords')
  return { kept, tallies: sampler.tallies() }
}

const id = 'abcdef0123456789abcdef0123456789'
const span = (more: Json = {}): Json => ({ traceId: id, spanId: '0102030405060708', name: 'a', ...more })
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
const number = (key: string, doubleValue: number) => ({ key, value: { doubleValue } })
const integer = (key: string, intValue: string) => ({ key, value: { intValue } })

const hashOf = (bytes: Uint8Array, seed = 0): bigint => {
  let hash = 2166136261n
  for (const byte of [seed & 255, (seed >> 8) & 255, (seed >> 16) & 255, seed >>> 24, ...bytes]) {
    hash = ((hash ^ BigInt(byte)) * 16777619n) & 0xffffffffn
  }
  return hash
}
const randomnessOf = (hash: bigint): string => {
  const unused = hash >> 18n
  const bucket = hash & 0x3fffn
  const value = ((0x3fffn - bucket) << 42n) | ((unused ^ (unused << 10n)) << 14n) | bucket
  return value.toString(16).padStart(14, '0')
}

describe('mode hash_seed', () => {
  it('decides over spans by their trace ID and writes down how', () => {
    const ids = fc.uint8Array({ minLength: 16, maxLength: 16 }).filter((bytes) => bytes.some((byte) => byte !== 0))
    const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    fc.assert(
      fc.property(fc.array(ids, { minLength: 1, maxLength: 20 }), seeds, fc.nat(100), (traceIds, seed, percentage) => {
        const accepted = BigInt(Math.trunc(Math.fround(percentage * Math.fround(163.84))))
        const expected = traceIds.flatMap((bytes) => {
          const hash = hashOf(bytes, seed)
          if ((hash & 0x3fffn) >= accepted) return []
          const threshold = ((0x4000n - accepted) << 42n).toString(16).padStart(14, '0').replace(/0+$/, '') || '0'
          return [[Buffer.from(bytes).toString('hex'), `ot=rv:${randomnessOf(hash)};th:${threshold}`]]
        })
        const spans = traceIds.map((bytes) => span({ traceId: Buffer.from(bytes).toString('hex') }))
        const { kept } = sample('traces', `hash_seed = ${seed}\nsampling_percentage = ${percentage}`, spans)
        expect(kept.map(({ traceId, traceState }) => [traceId, traceState])).toEqual(expected)
      }),
    )
  })

  it('keeps everything else of a span', () => {
    const full = span({
      startTimeUnixNano: '18446744073709551615',
      attributes: [text('a', 'ö'), integer('sampling.priorit', '0'), number('x'.repeat(200), 1)],
      events: [{ timeUnixNano: '1', name: 'e', attributes: [] }],
      status: { code: 2 },
      flags: 257,
    })
    const { kept } = sample('traces', 'sampling_percentage = 100', [full])
    const { traceState, ...rest } = kept[0]
    expect(traceState).toMatch(/^ot=rv:[0-9a-f]{14};th:0$/)
    expect(rest).toEqual({ ...full, events: [{ timeUnixNano: '1', name: 'e' }] })
  })

  it("puts its own member before other vendors'", () => {
    const { kept } = sample('traces', 'sampling_percentage = 100', [span({ traceState: 'a=1,ot=x:y,b=2' })])
    expect(kept[0].traceState).toBe(`ot=rv:${randomnessOf(hashOf(Buffer.from(id, 'hex')))};th:0;x:y,a=1,b=2`)
  })

  it.each([
    ['a threshold of another sampler', { traceState: 'ot=th:8' }],
    ['randomness of another sampler', { traceState: 'ot=rv:ffffffffffffff' }],
    ['an unreadable trace state', { traceState: 'ot=th:zz' }],
  ])('drops spans with %s, or with fail_closed = false keeps them as they are', (_, more) => {
    const closed = sample('traces', 'sampling_percentage = 100', [span(more)])
    expect(closed).toEqual({ kept: [], tallies: [{ policy: 'trace_id_hash', sampled: 0, dropped: 1 }] })
    const open = sample('traces', 'sampling_percentage = 1\nfail_closed = false', [span(more)])
    expect(open).toEqual({ kept: [span(more)], tallies: [{ policy: 'trace_id_hash', sampled: 1, dropped: 0 }] })
  })

  it('drops spans without a trace ID, or with fail_closed = false marks them as always kept', () => {
    const lost = span({ traceId: '00'.repeat(16) })
    expect(sample('traces', 'sampling_percentage = 100', [lost]).kept).toEqual([])
    const { kept, tallies } = sample('traces', 'sampling_percentage = 1\nfail_closed = false', [lost])
    expect(kept[0].traceState).toBe('ot=rv:ffffffffffffff;th:0')
    expect(tallies).toEqual([{ policy: 'missing_randomness', sampled: 1, dropped: 0 }])
  })

  it('decides over log records by trace ID, else by an attribute, and notes it in attributes', () => {
    const body = 'sampling_percentage = 100\nfrom_attribute = "key"'
    const stamped = (bytes: Uint8Array) => [
      text('sampling.randomness', randomnessOf(hashOf(bytes))),
      text('sampling.threshold', '0'),
    ]
    const records = [
      { traceId: id, attributes: [text('key', 'unused')] },
      { attributes: [text('key', 'value')] },
      { attributes: [integer('key', '9007199254740993')] },
      { attributes: [{ key: 'key', value: { boolValue: true } }] },
      { attributes: [{ key: 'key', value: { bytesValue: 'AQID' } }] },
      { attributes: [number('key', 0.5)] },
    ]
    const { kept, tallies } = sample('logs', body, records)
    const bytes = [Buffer.from(id, 'hex'), 'value', '9007199254740993', 'true', Buffer.from([1, 2, 3]), '0.5']
    expect(kept).toEqual(
      records.map((record, i) => ({
        ...record,
        attributes: [...record.attributes, ...stamped(Buffer.from(bytes[i] as string))],
      })),
    )
    expect(tallies).toEqual([
      { policy: 'trace_id_hash', sampled: 1, dropped: 0 },
      { policy: 'key', sampled: 5, dropped: 0 },
    ])
    const byRecord = sample('logs', `${body}\nattribute_source = "record"`, [records[0]])
    expect(byRecord.tallies).toEqual([{ policy: 'key', sampled: 1, dropped: 0 }])
  })

  it.each([
    ['no attribute to go by', {}],
    ['an empty one', { attributes: [text('key', '')] }],
    ['one that is no scalar', { attributes: [{ key: 'key', value: { arrayValue: {} } }] }],
  ])('drops log records with %s', (_, record) => {
    const { kept, tallies } = sample('logs', 'sampling_percentage = 100\nfrom_attribute = "key"', [record])
    expect(kept).toEqual([])
    expect(tallies).toEqual([{ policy: 'missing_randomness', sampled: 0, dropped: 1 }])
  })

  it('leaves log records alone that carry sampling attributes', () => {
    const record = { traceId: id, attributes: [text('sampling.threshold', '8')] }
    expect(sample('logs', 'sampling_percentage = 100', [record]).kept).toEqual([])
    expect(sample('logs', 'sampling_percentage = 1\nfail_closed = false', [record]).kept).toEqual([record])
  })
})

describe('modes proportional and equalizing', () => {
  /** A span whose trace ID has this randomness. */
  const random = (randomness: string, more: Json = {}): Json =>
    span({ traceId: `${'f'.repeat(18)}${randomness}`, ...more })
  const states = (mode: string, percentage: number, spans: Json[], more = ''): unknown[] =>
    sample('traces', `mode = "${mode}"\nsampling_percentage = ${percentage}\n${more}`, spans).kept.map(
      ({ traceState }) => traceState,
    )

  it.each(['proportional', 'equalizing'])('%s keeps trace IDs at or above the threshold', (mode) => {
    expect(states(mode, 50, [random('80000000000000'), random('7fffffffffffff'), random('ffffffffffffff')])).toEqual([
      'ot=th:8',
      'ot=th:8',
    ])
    expect(states(mode, 100, [random('00000000000000')])).toEqual(['ot=th:0'])
    expect(states(mode, 0, [random('ffffffffffffff')])).toEqual([])
    expect(states(mode, 33.3, [random('ffffffffffffff')])).toEqual(['ot=th:aac1'])
    expect(states(mode, 33.3, [random('ffffffffffffff')], 'sampling_precision = 2')).toEqual(['ot=th:ab'])
  })

  it('proportional multiplies with what earlier samplers kept', () => {
    expect(states('proportional', 50, [random('ffffffffffffff', { traceState: 'ot=th:8' })])).toEqual(['ot=th:c'])
    expect(states('proportional', 50, [random('bfffffffffffff', { traceState: 'ot=th:8' })])).toEqual([])
    expect(states('proportional', 100, [random('ffffffffffffff', { traceState: 'ot=th:fd70a' })])).toEqual([
      'ot=th:fd70a',
    ])
  })

  it('equalizing takes the higher of the thresholds', () => {
    expect(states('equalizing', 50, [random('ffffffffffffff', { traceState: 'ot=th:c' })])).toEqual(['ot=th:c'])
    expect(states('equalizing', 25, [random('ffffffffffffff', { traceState: 'ot=th:8' })])).toEqual(['ot=th:c'])
    expect(states('equalizing', 25, [random('bfffffffffffff', { traceState: 'ot=th:8' })])).toEqual([])
  })

  it('prefers randomness that is told over the trace ID', () => {
    const spans = [random('ffffffffffffff', { traceState: 'ot=rv:00000000000001' })]
    expect(states('proportional', 50, spans)).toEqual([])
    const lucky = [random('00000000000001', { traceState: 'x=y,ot=rv:FFFFFFFFFFFFFF' })]
    expect(states('proportional', 50, lucky)).toEqual(['ot=rv:FFFFFFFFFFFFFF;th:8,x=y'])
  })

  it('does not believe a threshold that should have dropped the span', () => {
    const spans = [random('10000000000000', { traceState: 'ot=th:8;a:b' })]
    expect(states('proportional', 100, spans)).toEqual([])
    expect(states('proportional', 1, spans, 'fail_closed = false')).toEqual(['ot=th:0;a:b'])
  })

  it('does not go by attributes of log records', () => {
    const record = { attributes: [text('key', 'value')] }
    const { kept, tallies } = sample(
      'logs',
      'mode = "proportional"\nsampling_percentage = 100\nfrom_attribute = "key"',
      [record],
    )
    expect(kept).toEqual([])
    expect(tallies).toEqual([{ policy: 'missing_randomness', sampled: 0, dropped: 1 }])
  })

  it('keeps thresholds of log records in attributes', () => {
    const record = (...attributes: Json[]): Json => ({ traceId: 'f'.repeat(32), attributes })
    const { kept } = sample('logs', 'mode = "equalizing"\nsampling_percentage = 50', [
      record(text('a', 'b')),
      record(text('sampling.threshold', 'c'), text('a', 'b')),
      record(text('sampling.randomness', '90000000000000'), text('sampling.threshold', '4')),
      record(integer('sampling.threshold', '4')),
    ])
    expect(kept).toEqual([
      record(text('a', 'b'), text('sampling.threshold', '8')),
      record(text('a', 'b'), text('sampling.threshold', 'c')),
      record(text('sampling.randomness', '90000000000000'), text('sampling.threshold', '8')),
      record(text('sampling.threshold', '8')),
    ])
  })

  it('decides like whole-number arithmetic', () => {
    const word = fc.bigInt({ min: 1n, max: 2n ** 56n - 1n })
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 99 }), (randomness, threshold, percentage) => {
        const configured = BigInt(Math.round((1 - percentage / 100) * 2 ** 16)) << 40n
        fc.pre(randomness >= threshold && percentage >= 7 && percentage <= 93)
        const th = threshold.toString(16).padStart(14, '0').replace(/0+$/, '')
        const rv = randomness.toString(16).padStart(14, '0')
        const { kept } = sample('traces', `mode = "equalizing"\nsampling_percentage = ${percentage}`, [
          span({ traceState: `ot=rv:${rv};th:${th}` }),
        ])
        expect(kept.length === 1).toBe(randomness >= (threshold > configured ? threshold : configured))
      }),
    )
  })
})

describe('priorities', () => {
  const priority = (value: Json): Json => span({ attributes: [{ key: 'sampling.priority', value }] })

  it.each([
    [{ intValue: '1' }, 1],
    [{ doubleValue: 0.1 }, 1],
    [{ stringValue: '2' }, 1],
    [{ stringValue: '.5e1' }, 1],
    [{ intValue: '0' }, 0],
    [{ doubleValue: 0 }, 0],
    [{ stringValue: '0' }, 0],
  ])('of a span, %j, decides: %d', (value, kept) => {
    const result = sample('traces', `sampling_percentage = ${kept === 1 ? 0 : 100}`, [priority(value)])
    expect(result.kept.length).toBe(kept)
    expect(result.tallies).toEqual([{ policy: 'sampling_priority', sampled: kept, dropped: 1 - kept }])
  })

  it.each([{ intValue: '-1' }, { stringValue: 'high' }, { stringValue: '' }, { boolValue: true }])(
    'of a span, %j, is none',
    (value) => {
      const { kept, tallies } = sample('traces', 'sampling_percentage = 100', [priority(value)])
      expect(kept.length).toBe(1)
      expect(tallies).toEqual([{ policy: 'trace_id_hash', sampled: 1, dropped: 0 }])
    },
  )

  it('of a span, kept although its information is in use, leaves it as it is', () => {
    const urgent = span({ traceState: 'ot=th:8', attributes: [integer('sampling.priority', '1')] })
    expect(sample('traces', 'sampling_percentage = 1', [urgent]).kept).toEqual([urgent])
  })

  it.each([
    [integer('p', '100'), 1],
    [number('p', 100), 1],
    [integer('p', '0'), 0],
    [integer('p', '101'), 0],
    [integer('p', '-1'), 0],
    [text('p', '100'), 0],
  ])('of a log record, %j, is a percentage: %d', (attribute, kept) => {
    const body = 'sampling_percentage = 0.01\nsampling_priority = "p"'
    const result = sample('logs', body, [{ traceId: id, attributes: [attribute] }])
    expect(result.kept.length).toBe(kept)
    expect(result.tallies[0].policy).toBe(kept === 1 ? 'sampling_priority' : 'trace_id_hash')
  })

  it('of a log record without randomness keeps it', () => {
    const body = 'sampling_percentage = 50\nsampling_priority = "p"'
    const { kept } = sample('logs', body, [{ attributes: [integer('p', '10')] }])
    expect(kept).toEqual([{ attributes: [integer('p', '10'), text('sampling.threshold', 'e666')] }])
  })
})

it('finds keys wherever they are written', () => {
  // An attribute whose value comes before its key: {2: {3: 1}, 1: "sampling.priority"}.
  const key = Buffer.from('sampling.priority')
  const attribute = Buffer.concat([Buffer.from([0x12, 2, 0x18, 1, 0x0a, key.length]), key])
  const item = Buffer.concat([
    Buffer.from([0x0a, 16]),
    Buffer.from(id, 'hex'),
    Buffer.from([0x4a, attribute.length]),
    attribute,
  ])
  const scope = Buffer.concat([Buffer.from([0x12, item.length]), item])
  const resource = Buffer.concat([Buffer.from([0x12, scope.length]), scope])
  const request = Buffer.concat([Buffer.from([0x0a, resource.length]), resource])
  const sampler = new RequestSampler(
    new Sampler('traces', argumentsFrom(definition, 'sampling_percentage = 0\noutput { }')),
    request,
  )
  expect(rewriteItems(request, sampler).kept).toBe(1)
})

it('never crashes on mangled requests', () => {
  const request = requestFromJson(
    'logs',
    JSON.stringify({
      resourceLogs: [
        {
          scopeLogs: [{ logRecords: [{ traceId: id, attributes: [text('p', 'x'), text('sampling.threshold', '8')] }] }],
        },
      ],
    }),
  ) as { bytes: Uint8Array }
  const samplers = ['logs', 'traces'].flatMap((kind) =>
    ['hash_seed', 'proportional'].map(
      (mode) =>
        new Sampler(
          kind as 'logs',
          argumentsFrom(definition, `mode = "${mode}"\nsampling_percentage = 50\nfrom_attribute = "p"\noutput { }`),
        ),
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), (changes) => {
      const bytes = request.bytes.slice()
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte
      for (const sampler of samplers) rewriteItems(bytes, new RequestSampler(sampler, bytes))
    }),
    { numRuns: 2000 },
  )
})
