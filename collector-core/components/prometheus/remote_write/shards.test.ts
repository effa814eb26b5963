// A server that takes 100 ms for every request, as one far away does: with requests of 100 samples, one at a time is 1,000
// samples a second.
import { describe, expect, test } from 'vitest'
import { Labels } from '../../../signal/labels.ts'
import { metricBatch } from '../../../signal/metric-batch.ts'
import type { CrashFileSystem } from '../../../testing/crash-file-system.ts'
import { RemoteWriteBackend } from '../../../testing/remote-write-backend.ts'
import type { BackendAnswer, ReceivedRequest } from '../../../testing/remote-write-backend.ts'
import { exporterStart, startExporter } from '../../../testing/started-exporter.ts'
import { buildRemoteWrite } from './component.ts'
import { definition } from './definition.ts'
import { ShardCount } from './shard-count.ts'

const latencyMs = 100
const endpointWith = (queue: string, more = ''): string =>
  `endpoint {\n url = "http://far:9009/api/v1/push"\n name = "far"\n queue_config {\n max_samples_per_send = 100\n batch_send_deadline = "1s"\n${queue}\n}\n${more}\n}`

/** What the server holds to: a series is never in two requests at once and never goes back in time. */
class SlowBackend {
  readonly newest = new Map<string, number>()
  readonly wrong: string[] = []
  samples = 0
  repeated = 0
  underWay = 0
  most = 0
  down = false
  private readonly open = new Set<string>()
  private readonly bodies = new Set<string>()

  async answer({ content, bodyText }: ReceivedRequest, sleep: (ms: number) => Promise<void>): Promise<BackendAnswer> {
    if (this.down) return { status: 503 }
    const repeat = this.bodies.has(bodyText)
    this.bodies.add(bodyText)
    if (repeat) this.repeated++
    const keys = content.series.map(({ labels }) => labels.key)
    for (const [index, key] of keys.entries()) {
      const time = content.series[index].samples[0].timestamp
      if (this.open.has(key)) this.wrong.push(`${key} is in two requests at once`)
      if (!repeat && time <= (this.newest.get(key) ?? 0)) this.wrong.push(`${key} goes back to ${time}`)
    }
    for (const key of keys) this.open.add(key)
    this.most = Math.max(this.most, ++this.underWay)
    await sleep(latencyMs)
    this.underWay--
    for (const [index, key] of keys.entries()) {
      this.open.delete(key)
      this.newest.set(key, Math.max(this.newest.get(key) ?? 0, content.series[index].samples[0].timestamp))
    }
    if (!repeat) this.samples += keys.length
    return { status: 200 }
  }
}

function start(config: string, slow: SlowBackend, files?: CrashFileSystem) {
  const backend = new RemoteWriteBackend()
  const started = startExporter({ definition, build: buildRemoteWrite, createClient: () => backend }, config, files)
  backend.answer = (request) => slow.answer(request, (ms) => started.clock.sleep(ms))
  return started
}

const targets = Array.from({ length: 10 }, (_, target) =>
  Array.from({ length: 50 }, (_entry, i) =>
    Labels.from({ __name__: 'm', target: String(target), i: String(i).padStart(4, '0') }),
  ),
)
const values = new Float64Array(50)

/** Scrapes all targets every 200 ms, 2,500 samples a second, and says how many samples that were. */
async function scrape(
  { exported, pass }: ReturnType<typeof start>,
  seconds: number,
  first = 0,
  rounds = seconds * 5,
): Promise<number> {
  for (let round = first; round < first + rounds; round++) {
    for (const series of targets) {
      void exported.receiver.accept(metricBatch(series, values, exporterStart + 1 + round * 200))
    }
    await pass(200, 20)
  }
  return rounds * targets.length * values.length
}

const gauge = (started: ReturnType<typeof start>, name: string): number | undefined => {
  started.context.readValues()
  return started.context.values.get(`prometheus_remote_storage_${name}{far,http://far:9009/api/v1/push}`)
}

describe('a server far away', () => {
  test(
    'shards grow until the rate is kept up with, in order per series, and shrink again',
    { timeout: 60_000 },
    async () => {
      const slow = new SlowBackend()
      const started = start(endpointWith('min_shards = 1\n max_shards = 50'), slow)
      expect(gauge(started, 'shards')).toBe(1)
      let offered = await scrape(started, 10)
      expect(slow.samples, 'one at a time is too slow').toBeLessThan(offered * 0.5)
      offered += await scrape(started, 50, 50)
      expect(gauge(started, 'shards')).toBeGreaterThanOrEqual(3)
      expect(gauge(started, 'shards_max')).toBe(32)
      expect(offered - slow.samples, 'what waits is what gathers').toBeLessThan(7_500)
      expect(slow.most).toBeGreaterThanOrEqual(3)
      for (let i = 0; i < 40; i++) {
        void started.exported.receiver.accept(metricBatch(targets[0], values, exporterStart + 1e6 + i))
        await started.pass(5_000, 250)
      }
      expect(gauge(started, 'shards')).toBeLessThanOrEqual(2)
      expect(slow.samples).toBe(offered + 40 * 50)
      expect(slow.wrong).toEqual([])
      expect(started.context.drops).toEqual([])
    },
  )

  test('min_shards send side by side from the start, max_shards are never exceeded', { timeout: 60_000 }, async () => {
    const slow = new SlowBackend()
    const started = start(endpointWith('min_shards = 4\n max_shards = 6'), slow)
    const offered = await scrape(started, 5)
    await started.pass(3_000)
    expect(slow.samples).toBe(offered)
    await scrape(started, 30, 25)
    expect(slow.most).toBeGreaterThanOrEqual(4)
    expect(slow.most).toBeLessThanOrEqual(6)
    expect(slow.wrong).toEqual([])
  })

  test(
    'kills and another number of shards after each: nothing is lost, nothing overtakes, repeats are byte for byte',
    { timeout: 60_000 },
    async () => {
      const slow = new SlowBackend()
      let files: CrashFileSystem | undefined
      let offered = 0
      for (const [run, shards] of [1, 8, 3, 32, 2].entries()) {
        const started = start(endpointWith(`min_shards = ${shards}`), slow, files)
        slow.down = run % 2 === 1
        offered += await scrape(started, 2, run * 10)
        slow.down = false
        await started.pass(330, 30)
        files = started.files.killed()
        // Requests of a killed process end unanswered.
        await started.pass(200, 50)
      }
      const last = start(endpointWith('min_shards = 16'), slow, files)
      await last.pass(60_000, 250)
      expect(slow.samples).toBe(offered)
      expect(slow.wrong).toEqual([])
      expect(slow.repeated).toBeGreaterThan(0)
    },
  )

  test('what gathers while the server is down is sent side by side afterwards', { timeout: 60_000 }, async () => {
    const slow = new SlowBackend()
    const started = start(endpointWith(''), slow)
    slow.down = true
    const offered = await scrape(started, 40)
    slow.down = false
    await started.pass(60_000, 250)
    expect(slow.samples).toBe(offered)
    expect(slow.most).toBeGreaterThan(4)
    expect(slow.wrong).toEqual([])
  })
})

describe('the rule', () => {
  const count = (): ShardCount => new ShardCount({ min: 1, max: 10 }, 0)
  const seconds = (shards: ShardCount, until: number, perSecond: number, tookMs: number, waiting = 0): void => {
    for (let now = until - 10_000; now < until; now += 1000) {
      shards.noteTaken(perSecond)
      shards.noteSent(1000, tookMs, now)
    }
    shards.review(until, waiting)
  }

  test('as many shards as it takes at the speed of late, changes under 30 % left out', () => {
    const shards = count()
    seconds(shards, 10_000, 20_000, 100)
    expect(shards.current).toBe(2)
    seconds(shards, 20_000, 23_000, 100)
    expect(shards.current).toBe(2)
    seconds(shards, 30_000, 20_000, 100, 1_000_000)
    expect(shards.current).toBe(8)
    seconds(shards, 40_000, 20_000, 100, 100_000_000)
    expect(shards.current).toBe(10)
    for (let i = 5; i < 30; i++) seconds(shards, i * 10_000, 10, 100)
    expect(shards.current).toBe(1)
  })

  test('no change while the server refuses or nothing was sent', () => {
    const shards = count()
    shards.noteTaken(1_000_000)
    shards.review(10_000, 1_000_000)
    expect(shards.current).toBe(1)
    shards.noteFailed(19_000)
    seconds(shards, 20_000, 100_000, 100)
    expect(shards.desired).toBeGreaterThan(5)
    expect(shards.current).toBe(1)
  })
})
