import { describe, expect, it } from 'vitest'
import { accepted, refused } from '../../../signal/receiver.ts'
import { app, argumentsOf, minute, oneTarget, startScrape } from './testing/started-scrape.ts'

describe('the end of series', () => {
  const gone = (name: string): string => `${name}{instance="app:8080", job="j"} stale`

  it('is marked when a series is no longer exposed', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\nb 1\n')
    await t.scrapes()
    t.network.answer(app, 'a 1\n')
    await t.scrapes()
    t.taken()
    await t.scrapes()
    expect(t.taken()).toEqual(['a{instance="app:8080", job="j"} 1'])
    t.network.answer(app, 'b 1\n')
    await t.scrapes()
    expect(t.taken()).toEqual(['b{instance="app:8080", job="j"} 1', gone('a')])
    await t.stop()
  })

  it('is marked once when a scrape fails', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\n')
    await t.scrapes()
    t.taken()
    t.network.answer(app, 'a 1\nb\n')
    await t.scrapes()
    expect(t.taken()).toEqual([gone('a')])
    await t.scrapes()
    expect(t.taken()).toEqual([])
    expect(t.last('up')).toBeUndefined()
    t.network.answer(app, 'a 2\n')
    await t.scrapes()
    expect(t.taken()).toEqual(['a{instance="app:8080", job="j"} 2'])
    await t.stop()
  })

  it('is not marked for series with own timestamps, unless these are tracked', async () => {
    for (const [config, expected] of [
      ['', []],
      ['track_timestamps_staleness = true', [gone('a')]],
      ['honor_timestamps = false', [gone('a')]],
    ] as const) {
      const t = await startScrape(`${oneTarget}\n${config}`)
      t.network.answer(app, 'a 1 1000\n')
      await t.scrapes()
      expect(t.receiver.samples[0].timestamp === 1000).toBe(config !== 'honor_timestamps = false')
      t.taken()
      t.network.answer(app, '')
      await t.scrapes()
      expect(t.taken()).toEqual(expected)
      await t.stop()
    }
  })

  it('is marked again when nobody took the mark', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\nb 1\n')
    await t.scrapes()
    t.network.answer(app, 'a 1\n')
    t.receiver.answer = () => refused('the outbox is full')
    await t.scrapes()
    t.taken()
    t.receiver.answer = () => accepted
    await t.scrapes()
    expect(t.taken()).toEqual(['a{instance="app:8080", job="j"} 1', gone('b')])
    expect(t.context.drops).toEqual([{ count: 7, reason: 'refused' }])
    await t.scrapes()
    expect(t.taken()).toEqual(['a{instance="app:8080", job="j"} 1'])
    await t.stop()
  })

  it('is marked two intervals after the target went, report included, and not at shutdown', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\n')
    await t.scrapes()
    await t.update('targets = []')
    t.taken()
    await t.clock.advance(minute)
    expect(t.receiver.samples).toEqual([])
    await t.clock.advance(2 * minute)
    expect(t.taken(true)).toEqual(
      [
        'a',
        'up',
        'scrape_duration_seconds',
        'scrape_samples_scraped',
        'scrape_samples_post_metric_relabeling',
        'scrape_series_added',
      ].map(gone),
    )
    await t.update(oneTarget)
    await t.scrapes(2)
    t.taken()
    await t.stop()
    await t.clock.advance(5 * minute)
    expect(t.receiver.samples).toEqual([])
  })

  it('is not marked where another target goes on with the series', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\nb 1\n')
    t.network.answer('http://app:8080/other', 'a 1\n')
    await t.scrapes()
    await t.update(`${oneTarget}\nmetrics_path = "/other"`)
    t.taken()
    await t.scrapes(3)
    expect(t.taken(true).filter((line) => line.endsWith('stale'))).toEqual([gone('b')])
    await t.stop()
  })
})

describe('new arguments', () => {
  it('keep series and their history where only the pace changes', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\nb 1\n')
    await t.scrapes()
    t.network.answer(app, 'a 1\n')
    await t.update(`${oneTarget}\nscrape_interval = "20s"`)
    t.taken()
    await t.clock.advance(20_000)
    expect(t.taken()).toEqual(['a{instance="app:8080", job="j"} 1', 'b{instance="app:8080", job="j"} stale'])
    await t.clock.advance(40_000)
    expect(t.taken()).toHaveLength(2)
    await t.stop()
  })

  it('mark series that have other labels now', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a{job="x"} 1\n')
    await t.scrapes()
    t.taken()
    await t.update(`${oneTarget}\nhonor_labels = true`)
    await t.scrapes()
    expect(t.taken()).toEqual([
      'a{instance="app:8080", job="x"} 1',
      'a{exported_job="x", instance="app:8080", job="j"} stale',
    ])
    await t.stop()
  })

  it('that are the same leave the loops alone', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\n')
    await t.clock.advance(30_000)
    const asked = t.network.requests.length
    await t.update(oneTarget)
    await t.scrapes(3)
    expect(t.network.requests).toHaveLength(asked + 3)
    expect(t.network.closed).toBe(0)
    await t.stop()
    expect(t.network.closed).toBe(1)
  })

  it('do not wait for ever for a batch that nobody takes', async () => {
    const t = await startScrape()
    t.network.answer(app, 'a 1\n')
    t.receiver.answer = () => new Promise(() => undefined)
    await t.scrapes()
    const done = t.component.update(argumentsOf(`${oneTarget}\nhonor_labels = true`, t.receiver))
    await t.clock.advance(2000)
    await done
    t.receiver.answer = () => accepted
    await t.scrapes()
    expect(t.last('up')).toBe(1)
  })
})
