import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { accepted } from '../../../signal/receiver.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import { openMetrics } from './testing/scripted-network.ts'
import { app, counter, minute, oneTarget, own, startScrape } from './testing/started-scrape.ts'

describe('a scrape', () => {
  it('asks as configured and passes on what it gets, with its report', async () => {
    const t = await startScrape(`
      targets = [{ __address__ = "10.2.114.21:8080", job = "lgtm-stack-app", instance = "spring-boot-app" }]
      scrape_interval             = "30s"
      metrics_path                = "/actuator/prometheus"
      scrape_classic_histograms   = true
      enable_protobuf_negotiation = true
      honor_labels                = true
    `)
    t.network.answer('http://10.2.114.21:8080/actuator/prometheus', {
      type: openMetrics,
      body: '# TYPE hits counter\nhits_total{uri="/"} 42 # {trace_id="t"} 0.085 1705290000\nhits_created 1\n# EOF\n',
    })
    await t.clock.advance(30_000)
    const request = t.network.requests[0]
    expect(Object.fromEntries(request.headers ?? [])).toEqual({
      Accept:
        'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=underscores;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
      'Accept-Encoding': 'gzip',
      'X-Prometheus-Scrape-Timeout-Seconds': '10',
    })
    expect(request).toMatchObject({ method: 'GET', timeoutMs: 10_000 })
    const labels = { job: 'lgtm-stack-app', instance: 'spring-boot-app' }
    const at = t.receiver.samples[0].timestamp
    expect(t.receiver.samples).toEqual([
      { labels: { __name__: 'hits_total', uri: '/', ...labels }, value: 42, timestamp: at },
      { labels: { __name__: 'hits_created', ...labels }, value: 1, timestamp: at },
      { labels: { __name__: 'up', ...labels }, value: 1, timestamp: at },
      { labels: { __name__: 'scrape_duration_seconds', ...labels }, value: 0, timestamp: at },
      { labels: { __name__: 'scrape_samples_scraped', ...labels }, value: 2, timestamp: at },
      { labels: { __name__: 'scrape_samples_post_metric_relabeling', ...labels }, value: 2, timestamp: at },
      { labels: { __name__: 'scrape_series_added', ...labels }, value: 2, timestamp: at },
    ])
    expect(t.receiver.batches[0].exemplars).toMatchObject([
      { value: 0.085, timestamp: 1_705_290_000_000, series: t.receiver.batches[0].series[0] },
    ])
    expect(counter(t.context, 'prometheus_target_scrapes_sample_scraped{lgtm-stack-app}')).toBe(2)
    await t.clock.advance(30_000)
    expect(counter(t.context, 'prometheus_target_interval_length_seconds_sum{30s,lgtm-stack-app}')).toBe(30)
    await t.stop()
  })

  it('hands out the same series list while the same series come', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a{x="1"} 1\na{x="2"} 2\n')
    await t.scrapes()
    t.network.answer(app, 'a{x="1"} 3\na{x="2"} 4\n')
    await t.scrapes(2)
    const lists = t.receiver.batches.map(({ series }) => series)
    expect(lists).toHaveLength(3)
    expect(lists[1]).toBe(lists[0])
    expect(lists[2]).toBe(lists[0])
    expect(t.last('a')).toBe(4)
    expect(t.last('scrape_series_added')).toBe(0)
    t.network.answer(app, { status: 500 })
    await t.scrapes()
    t.network.answer(app, 'a{x="1"} 5\na{x="2"} 6\n')
    await t.scrapes(2)
    expect(t.receiver.batches.at(-1)?.series).toBe(lists[0])
    await t.stop()
  })

  it('counts as added what was not in the last answer, a failure between or not', async () => {
    const t = await startScrape()
    const added = async (answer: Parameters<typeof t.network.answer>[1]): Promise<number | 'stale' | undefined> => {
      t.network.answer(app, answer)
      await t.scrapes()
      return t.last('scrape_series_added')
    }
    expect(await added('a 1\nb 1\nc 1\n')).toBe(3)
    expect(await added('a 1\n')).toBe(0)
    expect(await added({ status: 500 })).toBe(0)
    expect(await added('a 1\nb 1\nc 1\n')).toBe(2)
    expect(await added({ status: 500 })).toBe(0)
    expect(await added('a 1\nb 1\nc 1\nd 1\n')).toBe(1)
    await t.stop()
  })

  it('reports more with extra_metrics', async () => {
    const t = await startScrape(`${oneTarget}\nextra_metrics = true\nsample_limit = 7`)
    t.network.answer(app, 'a 1\n')
    await t.scrapes()
    expect(t.last('scrape_timeout_seconds')).toBe(10)
    expect(t.last('scrape_sample_limit')).toBe(7)
    expect(t.last('scrape_body_size_bytes')).toBe(4)
    t.network.answer(app, { status: 500 })
    await t.scrapes()
    expect(t.last('scrape_body_size_bytes')).toBe(0)
    await t.stop()
  })

  it('inflates gzip, and only what says it is gzip', async () => {
    const t = await startScrape()
    t.network.answer(app, { body: gzipSync('a 1\n'), encoding: 'gzip' })
    await t.scrapes()
    expect(t.taken()).toEqual(['a{instance="app:8080", job="j"} 1'])
    t.network.answer(app, { body: gzipSync('a 1\n') })
    await t.scrapes()
    expect(t.last('up')).toBe(0)
    await t.stop()
  })

  it('tells drops of a scrape that went well, and forgets the numbers of a job it no longer has', async () => {
    const t = await startScrape(`${oneTarget}\njob_name = "before"`)
    t.network.answer(app, `a 1\na 2\nb 1 ${Date.now() + 3_600_000}\n`)
    await t.scrapes()
    expect(t.last('up')).toBe(1)
    expect(t.context.drops).toEqual([
      { count: 1, reason: 'duplicate_sample' },
      { count: 1, reason: 'sample_in_future' },
    ])
    await t.update(`${oneTarget}\njob_name = "after"`)
    t.context.readValues()
    const jobs = [...t.context.values.keys()].filter((key) => key.startsWith('prometheus_target_scrape_pool_t'))
    expect(jobs.sort()).toEqual([
      'prometheus_target_scrape_pool_target_limit{after}',
      'prometheus_target_scrape_pool_targets{after}',
    ])
    await t.stop()
  })

  it('passes on metadata when new or changed, if asked to', async () => {
    const t = await startScrape(`${oneTarget}\nhonor_metadata = true`)
    const page = (help: string): string => `# HELP a ${help}\n# TYPE a counter\na 1\n`
    t.network.answer(app, page('one'))
    await t.scrapes(2)
    t.network.answer(app, page('two'))
    await t.scrapes()
    expect(t.receiver.batches.map(({ metadata }) => metadata)).toEqual([
      [{ family: 'a', type: 'counter', help: 'one', unit: '' }],
      [],
      [{ family: 'a', type: 'counter', help: 'two', unit: '' }],
    ])
    await t.stop()
  })
})

describe('labels', () => {
  it('of the target win, exposed ones move aside', async () => {
    const t = await startScrape(
      'targets = [{ __address__ = "app:8080", job = "j", a = "t", exported_b = "t", b = "t" }]',
    )
    t.network.answer(app, 'm{job="x",a="",b="y",exported_job="z"} 1\n')
    await t.scrapes()
    expect(t.receiver.samples[0].labels).toEqual({
      ...{ __name__: 'm', job: 'j', instance: 'app:8080', a: 't', b: 't', exported_b: 't' },
      ...{ exported_job: 'z', exported_exported_job: 'x', exported_exported_b: 'y' },
    })
    await t.stop()
  })

  it('exposed win with honor_labels, even when empty', async () => {
    const t = await startScrape(`${oneTarget}\nhonor_labels = true`)
    t.network.answer(app, 'm{job="x",instance=""} 1\n')
    await t.scrapes()
    expect(t.receiver.samples[0].labels).toEqual({ __name__: 'm', job: 'x' })
    await t.stop()
  })

  it.each([
    ['a{b="1",b="2"} 1\n', 'the label "b" of a is given twice'],
    ['{"a.b"} 1\n', '"a.b" is not a valid metric name'],
    ['a{"b.c"="1"} 1\n', '"b.c" is not a valid label name (on a)'],
    [`a{${Array.from({ length: 63 }, (_, i) => `l${i}="x"`).join()}} 1\n`, 'a has 66 labels, the limit is 64'],
    [`a{b="${'x'.repeat(17_000)}"} 1\n`, 'the label b of a is longer than 16384 bytes'],
    [`a{${'b'.repeat(1025)}="x"} 1\n`, 'a has a label name of more than 1024 bytes'],
  ])('that are wrong fail the scrape: %#', async (body, reason) => {
    const t = await startScrape()
    t.network.answer(app, `good 1\n${body}`)
    await t.scrapes()
    expect(t.taken()).toEqual([])
    expect(t.targets()[0]).toMatchObject({ health: 'down', last_error: reason })
    await t.stop()
  })

  it('outside the legacy alphabet are fine with utf8', async () => {
    const t = await startScrape(`${oneTarget}\nmetric_name_validation_scheme = "utf8"`)
    t.network.answer(app, '{"a.b","c d"="1"} 1\n')
    await t.scrapes()
    expect(t.receiver.samples[0].labels).toEqual({ __name__: 'a.b', 'c d': '1', ...own })
    expect(Object.fromEntries(t.network.requests[0].headers ?? []).Accept).toContain('escaping=allow-utf-8')
    await t.stop()
  })
})

describe('limits', () => {
  const failing = async (config: string, body: string) => {
    const t = await startScrape(`${oneTarget}\n${config}`)
    t.network.answer(app, body)
    await t.scrapes()
    expect(t.taken()).toEqual([])
    await t.stop()
    return t
  }

  it('on samples fail the scrape, with right totals', async () => {
    const t = await startScrape(`${oneTarget}\nsample_limit = 2`)
    t.network.answer(app, 'a 1\nb 1\nc 1\n')
    await t.scrapes()
    expect(t.last('up')).toBe(0)
    expect(t.last('scrape_samples_scraped')).toBe(3)
    expect(t.targets()[0].last_error).toBe('the target exposes 3 samples, more than the limit of 2')
    expect(counter(t.context, 'prometheus_target_scrapes_exceeded_sample_limit_total')).toBe(1)
    t.network.answer(app, 'a 1\nb 1\n')
    await t.scrapes()
    expect(t.last('up')).toBe(1)
    await t.stop()
  })

  it('on the size of the answer count it inflated', async () => {
    const t = await startScrape(`${oneTarget}\nbody_size_limit = "1KB"\nextra_metrics = true`)
    t.network.answer(app, { body: gzipSync(`#${'x'.repeat(1022)}\n`), encoding: 'gzip' })
    await t.scrapes()
    expect(t.last('up')).toBe(0)
    expect(t.last('scrape_body_size_bytes')).toBe(-1)
    expect(counter(t.context, 'prometheus_target_scrapes_exceeded_body_size_limit_total')).toBe(1)
    expect(t.targets()[0].last_error).toMatch(/has 1024 bytes or more, which is too large/)
    t.network.answer(app, `#${'x'.repeat(1021)}\n`)
    await t.scrapes()
    expect(t.last('up')).toBe(1)
    await t.stop()
  })

  it('hold against a decompression bomb without being configured', async () => {
    const t = await startScrape()
    t.network.answer(app, { body: gzipSync(Buffer.alloc(64 * 1024 * 1024)), encoding: 'gzip' })
    await t.scrapes()
    await vi.waitFor(() => expect(t.targets()[0].last_error).toMatch(/too large/))
    await t.stop()
  })

  it('on labels count in the metrics', async () => {
    const t = await failing('label_limit = 3', 'a{x="1"} 1\n')
    expect(counter(t.context, 'prometheus_target_scrape_pool_exceeded_label_limits_total')).toBe(1)
  })

  it('on targets fail all of them', async () => {
    const t = await startScrape('targets = [{ __address__ = "a:1" }, { __address__ = "b:1" }]\ntarget_limit = 1')
    await t.scrapes()
    expect(t.network.requests).toEqual([])
    expect(t.targets().map(({ last_error }) => last_error)).toEqual(
      Array(2).fill('there are 2 targets, more than the target_limit of 1: none is scraped'),
    )
    expect(counter(t.context, 'prometheus_target_scrape_pool_exceeded_target_limit_total')).toBe(1)
    await t.stop()
  })

  it('drop what comes twice or from the future, and count it', async () => {
    const t = await startScrape()
    const future = Date.now() + 10 * 365 * 86_400_000
    t.network.answer(app, `a 1\na 2\nb 3 5\nb 4 6\nc 1 ${future}\n`)
    await t.scrapes()
    expect(t.taken()).toEqual(['a', 'b', 'b'].map((name, i) => `${name}{instance="app:8080", job="j"} ${[1, 3, 4][i]}`))
    expect(counter(t.context, 'prometheus_target_scrapes_sample_duplicate_timestamp_total')).toBe(1)
    expect(counter(t.context, 'prometheus_target_scrapes_sample_out_of_bounds_total')).toBe(1)
    await t.stop()
  })
})

describe('what goes wrong', () => {
  it.each([
    ['nobody listens', undefined, /^connection refused by app:8080: is the app running/],
    ['a status', { status: 404 }, /^http:\/\/app:8080\/metrics answered 404 Not Found: check metrics_path/],
    [
      'a web page',
      { body: ' <!DOCTYPE html><html>', type: 'text/html' },
      /answered with an HTML page, not with metrics: check metrics_path/,
    ],
    ['broken text', { body: 'a 1\nb x\n' }, /cannot be read: expected a number as the value on line 2: "b x"$/],
    ['no end', { body: 'a 1\n', type: openMetrics }, /does not end with "# EOF"/],
  ] as const)('is explained: %s', async (_, script, expected) => {
    const t = await startScrape()
    if (script !== undefined) t.network.answer(app, script)
    await t.scrapes()
    expect(t.targets()[0].last_error).toMatch(expected)
    expect(t.last('up')).toBe(0)
    expect(t.context.logLines.filter(({ level }) => level === 'warn')).toHaveLength(1)
    await t.scrapes()
    expect(t.context.logLines.filter(({ level }) => level === 'warn')).toHaveLength(1)
    await t.stop()
  })

  it('depends on the Content-Type unless there is a fallback', async () => {
    const t = await startScrape(`${oneTarget}\nscrape_fallback_protocol = ""`)
    t.network.answer(app, { body: 'a 1\n', type: '' })
    await t.scrapes()
    expect(t.targets()[0].last_error).toMatch(/Content-Type "", which is no metrics format/)
    await t.update(oneTarget)
    await t.scrapes()
    expect(t.last('up')).toBe(1)
    await t.stop()
  })

  it('with one target does not hold up another, nor its own next ticks', async () => {
    const t = await startScrape('targets = [{ __address__ = "app:8080" }, { __address__ = "slow:1" }]')
    t.network.answer(app, 'a 1\n')
    t.network.answer('http://slow:1/metrics', async () => {
      await t.clock.sleep(2.5 * minute)
      return { body: 'a 1\n' }
    })
    await t.scrapes(6)
    const asked = (url: string): number => t.network.requests.filter((request) => request.url === url).length
    expect(asked(app)).toBe(6)
    expect(asked('http://slow:1/metrics')).toBe(2)
    await t.stop()
  })

  it('with the receiver holds back only the next scrapes of that target', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\n')
    let release = (_: Acceptance): void => undefined
    t.receiver.answer = () => new Promise((resolve) => (release = resolve))
    await t.scrapes(3)
    expect(t.receiver.batches).toHaveLength(1)
    release(accepted)
    await t.scrapes()
    expect(t.receiver.batches).toHaveLength(2)
    release(accepted)
    await t.stop()
  })

  it('can be asked once beside its schedule, and passes nothing of that on', async () => {
    const t = await startScrape()
    t.network.answer(app, '# TYPE a counter\na{x="1"} 1\na{x="2"} 2\nb 3\n')
    expect(await t.component.scrapeOnce?.(app)).toEqual({
      ...{ durationMs: 0, bodyBytes: 43, samples: 3, metricCount: 2, error: '' },
      metrics: [
        { name: 'a', samples: 2 },
        { name: 'b', samples: 1 },
      ],
    })
    expect(t.receiver.batches).toEqual([])
    expect(t.targets()[0].health).toBe('unknown')
    t.network.answer(app, 'a 1 2 3\n')
    expect(await t.component.scrapeOnce?.(app)).toMatchObject({
      samples: 0,
      error: expect.stringContaining('line 1') as string,
    })
    expect(await t.component.scrapeOnce?.('http://elsewhere:1/metrics')).toBeUndefined()
    await t.stop()
  })

  it('and successes are counted per target, as it went last', async () => {
    const t = await startScrape('targets = [{ __address__ = "app:8080" }, { __address__ = "gone:1" }]')
    t.network.answer(app, 'a 1\n')
    expect(t.component.targets?.()).toEqual({ total: 2, up: 0, down: 0 })
    await t.scrapes()
    expect(t.component.targets?.()).toEqual({ total: 2, up: 1, down: 1 })
    t.network.answer('http://gone:1/metrics', 'a 1\n')
    await t.scrapes()
    expect(t.component.targets?.()).toEqual({ total: 2, up: 2, down: 0 })
    await t.update('targets = []')
    expect(t.component.targets?.()).toEqual({ total: 0, up: 0, down: 0 })
    await t.stop()
  })

  it('with the targets themselves is shown beside the good ones', async () => {
    const t = await startScrape(
      'targets = [{ __address__ = "app:8080" }, { __address__ = "a/b" }, { job = "x" }, { __address__ = "app:8080" }]',
    )
    expect(t.targets()).toMatchObject(
      [
        {
          job: 'prometheus.scrape.test',
          url: app,
          health: 'unknown',
          last_error: '',
          labels: { instance: 'app:8080' },
        },
        { url: '', health: 'down', last_error: /host:port/ },
        { url: '', health: 'down', last_error: 'the target cannot be scraped: it has no __address__' },
      ].map((target) => ({ ...target, last_error: expect.stringMatching(target.last_error) as unknown })),
    )
    expect(counter(t.context, 'prometheus_target_sync_failed_total{prometheus.scrape.test}')).toBe(2)
    expect(counter(t.context, 'prometheus_scrape_targets_gauge')).toBe(1)
    expect(t.component.targets?.()).toEqual({ total: 3, up: 0, down: 2 })
    await t.stop()
  })
})

it('converts classic histograms where asked to, and scrapes its own exporters through the own address', async () => {
  const t = await startScrape(
    'targets = [{ __address__ = "alloy.internal:12345", job = "self" }]\nconvert_classic_histograms_to_nhcb = true',
  )
  t.network.answer(
    'http://127.0.0.1:12345/metrics',
    '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_count 2\nh_sum 3\n',
  )
  await t.scrapes()
  expect(t.taken()).toEqual([])
  expect(t.receiver.batches[0].histograms).toMatchObject([{ histogram: { schema: -53, customValues: [1], count: 2 } }])
  t.network.answer('http://127.0.0.1:12345/metrics', '')
  await t.scrapes()
  expect(t.taken()).toEqual(['h{instance="alloy.internal:12345", job="self"} stale'])
  await t.stop()
})
