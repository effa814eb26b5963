import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Labels } from '../../../signal/labels.ts'
import type { NativeHistogram } from '../../../signal/native-histogram.ts'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import { definition } from './definition.ts'
import { finestSchemaFor, limitHistogram } from './limit-histogram.ts'
import { prepareTarget } from './prepare-target.ts'
import type { TargetDefaults } from './prepare-target.ts'
import { formatPrometheusDuration, parsePrometheusDuration } from './prometheus-duration.ts'
import { ScrapeSchedule } from './scrape-schedule.ts'
import { fingerprint } from './scrape-settings.ts'

const problems = (config: string): string[] =>
  (definition.check?.(argumentsFrom(definition, `targets = []\nforward_to = []\n${config}`)) ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

describe('arguments', () => {
  it.each([
    ['', []],
    ['enable_protobuf_negotiation = true', []],
    ['scrape_native_histograms = true', []],
    ['scrape_timeout = "2m"', [/^scrape_timeout: .* longer than scrape_interval/]],
    ['scrape_protocols = ["PrometheusText0.0.4"]\nenable_protobuf_negotiation = true', [/exclude each other/]],
    ['scrape_protocols = ["PrometheusText0.0.4"]\nscrape_native_histograms = true', [/needs PrometheusProto/]],
    [
      'scrape_protocols = ["x", "PrometheusProto", "PrometheusProto"]',
      [/^scrape_protocols.0: "x" is not/, /listed twice/],
    ],
    ['scrape_fallback_protocol = "x"', [/^scrape_fallback_protocol: "x" is not one of/]],
    ['scrape_fallback_protocol = ""', []],
    ['metric_name_escaping_scheme = "allow-utf-8"', [/needs metric_name_validation_scheme/]],
    ['metric_name_escaping_scheme = "allow-utf-8"\nmetric_name_validation_scheme = "utf8"', []],
    ['scheme = "ftp"', [/"http" or "https"/]],
    [
      'scrape_interval = "5s"',
      [/^scrape_timeout: scrape_timeout \(10s\) .* scrape_interval \(5s\): set scrape_timeout/],
    ],
    ['http_headers = { "X-A" = ["1"], "host" = ["2"] }', [/^http_headers: http_headers may not set "host"/]],
    ['proxy_url = "ftp://p"', [/^proxy_url: "ftp:\/\/p" is not an http or https URL/]],
    [
      'oauth2 {\nclient_id = "a"\nclient_secret = "b"\ntoken_url = "http://c"\nno_proxy = "d"\n}',
      [/^oauth2.no_proxy: no_proxy needs/],
    ],
    ['bearer_token = ""\nbasic_auth { username = "a" }', []],
    ['bearer_token = "x"\nbearer_token_file = "y"', [/at most one/]],
  ])('check %j', (config, expected) => {
    const found = problems(config)
    expect(found).toHaveLength(expected.length)
    expected.forEach((pattern, i) => expect(found[i]).toMatch(pattern))
  })

  it('have a fingerprint that sees secrets but no targets', () => {
    const of = (config: string): string => fingerprint(argumentsFrom(definition, `forward_to = []\n${config}`))
    const base = of('targets = []\nbearer_token = "x"\nparams = { a = ["1"] }')
    expect(of('targets = [{ __address__ = "a" }]\nbearer_token = "x"\nparams = { a = ["1"] }')).toBe(base)
    expect(of('targets = []\nbearer_token = "y"\nparams = { a = ["1"] }')).not.toBe(base)
    expect(of('targets = []\nbearer_token = "x"\nparams = { a = ["2"] }')).not.toBe(base)
  })
})

describe('targets', () => {
  const defaults: TargetDefaults = {
    ...{ job: 'j', intervalMs: 60_000, timeoutMs: 10_000, path: '/metrics', scheme: 'http' },
    ...{ params: new Map([['b', ['1', '2']]]), convertClassic: false, classic: false, native: false },
  }
  const prepare = (labels: Record<string, string>) => prepareTarget(Labels.from(labels), defaults)

  it('get a URL with sorted parameters, their labels in front', () => {
    expect(
      prepare({ __address__: 'h:1', __param_b: 'x', __param_a: 'ä&', __scheme__: 'https', __metrics_path__: '/p?q=1' }),
    ).toMatchObject({
      url: 'https://h:1/p?q=1&a=%C3%A4%26&b=x&b=2',
      labels: expect.objectContaining({ names: ['instance', 'job'] }) as unknown,
    })
  })

  it('keep their public labels only, and their own pace', () => {
    const target = prepare({
      ...{ __address__: 'h:1', __meta_x: 'y', __foo: 'z', job: 'own', a: 'b' },
      ...{ __scrape_interval__: '1d', __scrape_timeout__: '1m30s' },
    })
    if ('reason' in target) throw new Error(target.reason)
    expect(target.labels.toJSON()).toEqual({ a: 'b', instance: 'h:1', job: 'own' })
    expect(target).toMatchObject({ intervalMs: 86_400_000, timeoutMs: 90_000 })
  })

  it.each([
    [{}, 'it has no __address__'],
    [{ __address__: 'http://h' }, 'its __address__ "http://h" is not host:port (it contains "/")'],
    [
      { __address__: 'me:hunter/2@h:1' },
      'its __address__ holds a user or password: write only "h:1", and set basic_auth',
    ],
    [{ __address__: 'h', __scheme__: 'http://other/?' }, 'its __scheme__ "http://other/?" is not http or https'],
    [{ __address__: 'h:99999999' }, '"http://h:99999999" is not an address that can be requested'],
    [{ __address__: 'h', __scrape_interval__: '5' }, 'its __scrape_interval__ "5" is not a duration above 0'],
    [{ __address__: 'h', __scrape_interval__: '0s' }, 'its __scrape_interval__ "0s" is not a duration above 0'],
    [{ __address__: 'h', __scrape_timeout__: '2m' }, 'its __scrape_timeout__ is longer than its __scrape_interval__'],
    [
      { __address__: 'h', __scrape_native_histograms__: 'yes' },
      'its __scrape_native_histograms__ "yes" is not true or false',
    ],
    [{ __address__: 'h', a: '\ud800' }, 'its label a is not valid Unicode'],
  ])('are refused: %j', (labels, reason) => {
    expect(prepare(labels as Record<string, string>)).toMatchObject({ reason })
  })
})

describe('durations', () => {
  it.each([
    ['1d12h', 129_600_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['0', 0],
    ['1w', 604_800_000],
    ['1m1h', undefined],
    ['1.5s', undefined],
    ['', undefined],
    ['5', undefined],
  ])('%j', (text, expected) => {
    expect(parsePrometheusDuration(text)).toBe(expected)
  })

  it('read back as they were written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e11 }),
        (ms) => parsePrometheusDuration(formatPrometheusDuration(ms)) === ms,
      ),
    )
    expect(formatPrometheusDuration(90_000)).toBe('1m30s')
  })
})

describe('the schedule', () => {
  it('puts each target at its own place in the interval, whenever it starts', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 31),
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 1e13 }),
        (hash, interval, now) => {
          const schedule = new ScrapeSchedule(interval, hash, now, 500)
          const first = schedule.next(500)
          expect(first).toBeGreaterThanOrEqual(500)
          expect(first).toBeLessThan(500 + interval)
          expect((now + first - 500) % interval).toBe(hash % interval)
          expect(schedule.next(first)).toBe(first + interval)
        },
      ),
    )
  })

  it('leaves out ticks that have passed, after a slow scrape as after sleep', () => {
    const schedule = new ScrapeSchedule(100, 0, 0, 0)
    expect(schedule.next(0)).toBe(0)
    expect(schedule.next(250)).toBe(300)
    expect(schedule.next(1_000_050)).toBe(1_000_100)
    // A timer that fires early does not make a second scrape for one tick.
    expect(schedule.next(1_000_099.5)).toBe(1_000_200)
  })

  it('snaps timestamps to the plan when they are hardly off', () => {
    const schedule = new ScrapeSchedule(10_000, 0, 50_000, 0)
    expect(schedule.timestamp(50_001)).toBe(50_000)
    expect(schedule.timestamp(60_002)).toBe(60_000)
    expect(schedule.timestamp(70_003)).toBe(70_003)
    expect(schedule.timestamp(79_999)).toBe(79_999)
    // The clock was set back by two hours and a bit; the plan follows.
    expect(schedule.timestamp(3)).toBe(3)
    expect(schedule.timestamp(-5_000 + 20_000)).toBe(15_000)
    expect(schedule.timestamp(25_001)).toBe(25_000)
  })
})

describe('native histogram limits', () => {
  const histogram: NativeHistogram = {
    ...{ float: false, schema: 2, zeroThreshold: 0, zeroCount: 1, count: 11, sum: 1, customValues: [], stale: false },
    ...{ resetHint: 'unknown' as const, negativeSpans: [], negativeBuckets: [] },
    positiveSpans: [
      { offset: 1, length: 2 },
      { offset: 1, length: 2 },
    ],
    // Absolute: index 1: 1, 2: 2, 4: 3, 5: 4.
    positiveBuckets: [1, 1, 1, 1],
  }

  it('merge neighbours until the buckets are few enough', () => {
    expect(limitHistogram(histogram, 8, 4)).toBe(histogram)
    // Schema 1: index 1 holds 1+2, index 2 holds 3, index 3 holds 4.
    expect(limitHistogram(histogram, 8, 3)).toMatchObject({
      schema: 1,
      positiveSpans: [{ offset: 1, length: 3 }],
      positiveBuckets: [3, 0, 1],
    })
    expect(limitHistogram(histogram, 0, 0)).toMatchObject({
      schema: 0,
      positiveSpans: [{ offset: 1, length: 2 }],
      positiveBuckets: [6, -2],
    })
    expect(
      limitHistogram({ ...histogram, negativeSpans: [{ offset: 0, length: 1 }], negativeBuckets: [0] }, 8, 1),
    ).toMatchObject({
      positiveBuckets: [10],
    })
  })

  it('give up where nothing can be merged', () => {
    expect(limitHistogram({ ...histogram, schema: -53 }, 8, 3)).toBeUndefined()
  })

  it.each([
    [0, 8],
    [1.1, 2],
    [2, 0],
    [4, -1],
    [1e9, -4],
    [1.0001, 8],
  ])('a factor of %d allows schema %d', (factor, schema) => {
    expect(finestSchemaFor(factor)).toBe(schema)
  })
})
