// CPU nanoseconds of handing one batch over an edge: while nobody looks, and under a tap that keeps fifty items a second.
// Run: npx rolldown bench/micro/edge.ts -p node -d /tmp/edge --format esm && node /tmp/edge/edge.js
import { systemClock } from '../../collector-core/runtime/clock.ts'
import { Edge } from '../../collector-core/runtime/edge.ts'
import { TapSession } from '../../collector-core/runtime/tap/tap-session.ts'
import { Labels } from '../../collector-core/signal/labels.ts'
import { metricBatch } from '../../collector-core/signal/metric-batch.ts'
import { accepted } from '../../collector-core/signal/receiver.ts'

const rounds = 400_000
const series = Array.from({ length: 1000 }, (_, i) => Labels.from({ __name__: 'x', i: String(i) }))
const batch = metricBatch(series, new Float64Array(1000), 1)
const answer = Promise.resolve(accepted)
const edge = new Edge<'metrics'>(
  { from: 'a', to: 'b' },
  { signal: 'metrics', accept: () => answer },
  systemClock,
  console.error,
)

async function nanosPerBatch(): Promise<number> {
  const before = process.cpuUsage()
  for (let i = 0; i < rounds; i++) await edge.accept(batch)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * 1000) / rounds
}

await nanosPerBatch()
for (let run = 0; run < 5; run++) {
  const bare = await nanosPerBatch()
  const session = new TapSession({}, 50, systemClock, () => [edge])
  const tapped = await nanosPerBatch()
  session.close()
  console.log(`untapped ${bare.toFixed(0)} ns, tapped ${tapped.toFixed(0)} ns a batch`)
}
