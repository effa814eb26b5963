// CPU nanoseconds per sample from the bytes of an answer to the finished batch, in steady state, and the longest time one
// hostile answer keeps everybody else waiting. Bundle it, then run it with Node.
import { StringPool } from '../../collector-core/components/prometheus/scrape/string-pool.ts'
import { TargetBatches } from '../../collector-core/components/prometheus/scrape/target-batches.ts'
import { Labels } from '../../collector-core/signal/labels.ts'

const limits = {
  ...{ bodyBytes: 1e9, samples: 1e7, labels: 64, labelNameBytes: 1024, labelValueBytes: 16_384 },
  ...{ buckets: 0, finestSchema: 8 },
}
const batches = (): TargetBatches =>
  new TargetBatches(
    {
      target: Labels.from({ job: 'app', instance: '10.2.114.21:8080' }),
      merge: { honorLabels: true, utf8: false, limits },
      limits,
      ...{ honorTimestamps: true, trackTimestamps: false, honorMetadata: false, extraMetrics: false },
      ...{ native: false, classic: false, convertClassic: false },
    },
    new StringPool(),
  )
const report = {
  ...{ up: true, durationSeconds: 0, scraped: 0, kept: 0, added: 0 },
  ...{ timeoutSeconds: 10, sampleLimit: 0, bodyBytes: 0 },
}

function page(version: number, series: number, fresh: boolean): Uint8Array {
  const lines = ['# TYPE http_server_requests_seconds counter']
  for (let i = 0; i < series; i++) {
    const uri = fresh ? `${i}-${version}` : String(i)
    lines.push(
      `http_server_requests_seconds_total{method="GET",outcome="SUCCESS",status="200",uri="/api/v1/orders/${uri}"} ${version * 1000 + i}`,
    )
  }
  return Buffer.from(`${lines.join('\n')}\n# EOF\n`)
}

/** Does work in steps; notes the longest time between two pauses, milliseconds. */
function timed<T>(steps: Generator<undefined, T, undefined>, note: (ms: number) => void): T {
  for (;;) {
    const started = performance.now()
    const step = steps.next()
    note(performance.now() - started)
    if (step.done === true) return step.value
  }
}

/** Scrapes once; answers the longest time between two pauses, milliseconds. */
function scrape(target: TargetBatches, body: Uint8Array, at: number): number {
  let longest = 0
  const note = (ms: number): void => void (longest = Math.max(longest, ms))
  const result = timed(target.reading(body, 'openmetrics'), note)
  if (!result.ok) throw new Error(result.error.reason)
  timed(target.append(result.exposition, at), note)
  timed(target.finish(report, at, false), note)
  target.settle(true)
  return longest
}

const steady = batches()
const pages = [1, 2, 3, 4].map((version) => page(version, 10_000, false))
for (let i = 0; i < 100; i++) scrape(steady, pages[i % 4], i)
const cpuBefore = process.cpuUsage()
for (let i = 0; i < 200; i++) scrape(steady, pages[i % 4], i)
const { user, system } = process.cpuUsage(cpuBefore)
console.log(`steady state, 10k series: ${((user + system) / 2000).toFixed(0)} ns/sample (CPU)`)

const hostile = batches()
for (let version = 0; version < 3; version++) {
  const body = page(version, 300_000, true)
  const started = performance.now()
  const longest = scrape(hostile, body, version)
  const total = performance.now() - started
  console.log(`300k new series: ${total.toFixed(0)} ms in all, ${longest.toFixed(0)} ms at a time at most`)
}
