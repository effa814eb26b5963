// Nanoseconds and bytes per sample of remote write encoding and of relabelling, for a target of 10,000 series: lists seen
// for the first time, lists that come again, and lists in which a tenth of the series is new each time.
// Run: npx rolldown bench/micro/remote-write.ts -p node -o /tmp/remote-write.mjs && node /tmp/remote-write.mjs
import { Labels } from '../../collector-core/signal/labels.ts'
import { metricBatch } from '../../collector-core/signal/metric-batch.ts'
import type { MetricBatch } from '../../collector-core/signal/metric-batch.ts'
import { BatchMapper } from '../../collector-core/signal/relabel/map-batch.ts'
import { RelabelCache } from '../../collector-core/signal/relabel/relabel-cache.ts'
import { compileRelabel } from '../../collector-core/signal/relabel/relabel.ts'
import { relabelRule as rule } from '../../collector-core/testing/relabel-rule.ts'
import { BatchEncoder } from '../../collector-core/wire/remote_write/batch-encoder.ts'
import type { RemoteWriteVersion } from '../../collector-core/wire/remote_write/request-builder.ts'

const size = 10_000
const now = 1_700_000_000_000

function seriesOf(version: number, churn: boolean): Labels[] {
  return Array.from({ length: size }, (_, i) =>
    Labels.from({
      __name__: `http_server_requests_seconds_${i % 100 === 0 ? 'count' : 'bucket'}`,
      instance: 'localhost:8080',
      job: 'spring-boot',
      le: String((i % 20) / 8),
      method: i % 3 === 0 ? 'POST' : 'GET',
      status: '200',
      uri: `/api/v1/orders/${i >> 4}${churn && i % 10 === 0 ? `-${version}` : ''}`,
    }),
  )
}

function batchOf(series: readonly Labels[], version: number, timestamps: number | Float64Array): MetricBatch {
  const values = Float64Array.from(series, (_, i) =>
    i % 3 === 0 ? version * 1.37 + i * 0.113 : version * 1000 + i * 17,
  )
  return metricBatch(series, values, timestamps)
}

/** CPU time of this process, so that other programs do not count. */
const cpuNanos = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

function measure(
  label: string,
  batches: readonly MetricBatch[],
  run: (batch: MetricBatch) => number,
  warmUp = 30,
): void {
  for (let i = 0; i < warmUp; i++) run(batches[i % batches.length])
  const rounds = batches.length - warmUp > 10 ? batches.length - warmUp : 300
  let bytes = 0
  const started = cpuNanos()
  for (let i = 0; i < rounds; i++) bytes = run(batches[(i + warmUp) % batches.length])
  const each = (cpuNanos() - started) / rounds / size
  const perSample = bytes === 0 ? '' : `, ${(bytes / size).toFixed(1)} B/sample`
  console.log(`${label.padEnd(50)} ${each.toFixed(1).padStart(8)} ns of CPU per sample${perSample}`)
}

function encoding(version: RemoteWriteVersion): (batch: MetricBatch) => number {
  const encoder = new BatchEncoder({ version, maxItems: 2000, sendExemplars: true, sendHistograms: false })
  return (batch) => {
    const mapped = { series: batch.series, indexes: undefined, dropped: 0 }
    const { requests } = encoder.encode({ batch, mapped, histograms: [], exemplars: [] })
    return requests.reduce((sum, { body }) => sum + body.length, 0)
  }
}

const steady = seriesOf(0, false)
const steadyBatches = [1, 2, 3, 4].map((version) => batchOf(steady, version, now + version))
/** The steady series with every tenth replaced by a new one. */
const keepingMost = (version: number): Labels[] => {
  const fresh = seriesOf(version, true)
  return steady.map((labels, i) => (i % 10 === 0 ? fresh[i] : labels))
}
const ownTimes = Float64Array.from(steady, (_, i) => now + (i % 1000))
const freshBatches = Array.from({ length: 42 }, (_, i) => batchOf(keepingMost(i), i, now))
/** The same series in a new list each time, as when a target gained or lost a series. */
const newLists = (count: number): MetricBatch[] =>
  Array.from({ length: count }, (_, i) => ({ ...steadyBatches[i % 4], series: [...steady] }))

for (const version of [1, 2] as const) {
  measure(`encode v${version}, list comes again`, steadyBatches, encoding(version))
  measure(`encode v${version}, list comes again, own timestamps`, [batchOf(steady, 1, ownTimes)], encoding(version))
  measure(`encode v${version}, list comes for the first time`, newLists(80), encoding(version))
  const encode = encoding(version)
  const lists = newLists(80)
  for (const list of lists) encode(list)
  measure(`encode v${version}, list comes for the second time`, lists, encode)
}

const rules = [
  rule({ action: 'keep', source_labels: ['__name__'], regex: 'http_.*' }),
  rule({ source_labels: ['uri'], regex: '/api/v1/([a-z]+)/.*', target_label: 'resource' }),
  rule({ action: 'drop', source_labels: ['le', 'method'], regex: '0.25;POST' }),
]
const relabelling = (): ((batch: MetricBatch) => number) => {
  const cache = new RelabelCache(compileRelabel(rules), { maxEntries: 100_000 })
  const mapper = new BatchMapper((labels) => cache.get(labels))
  return (batch) => {
    const { release } = mapper.apply(batch)
    release()
    return 0
  }
}
measure('relabel, list comes again', steadyBatches, relabelling())
measure('relabel, new list of known series', newLists(80), relabelling())
measure('relabel, new list, a tenth of the series is new', freshBatches, relabelling())
measure('relabel, every series is new', freshBatches, (batch) => relabelling()(batch))
