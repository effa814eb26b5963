import { implement, untilStopped } from '../../../runtime/component.ts'
import { accepted, refused } from '../../../signal/receiver.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { MetricForwarding } from '../../../telemetry/metric-forwarding.ts'
import { definition } from './definition.ts'
import { RelabelLane } from './relabel-lane.ts'
import type { LaneReport, RelabelArguments } from './relabel-lane.ts'

const expiryIntervalMs = 30_000

export const prometheusRelabel = implement(definition, (args, context) => {
  const { metrics, clock } = context
  const name = (suffix: string): string => `alloy_prometheus_relabel_${suffix}`
  const processed = metrics.counter(
    name('metrics_processed'),
    'Samples, histograms, exemplars and metadata that came in.',
  )
  const written = metrics.counter(name('metrics_written'), 'Samples that were sent on.')
  const hits = metrics.counter(name('cache_hits'), 'Label sets whose relabelling was remembered.')
  const misses = metrics.counter(name('cache_misses'), 'Label sets that went through the rules.')
  const deletes = metrics.counter(name('cache_deletes'), 'Label sets forgotten because their series ended.')
  const evictions = metrics.counter(name('cache_ttl_evictions'), 'Label sets forgotten because they were not used.')
  const size = metrics.gauge(name('cache_size'), 'Label sets remembered.')

  const forwarding = new MetricForwarding(metrics, clock)

  const onBatch = (report: LaneReport): void => {
    processed.add(report.processed)
    written.add(report.written)
    if (report.dropped > 0) context.drop(report.dropped, 'relabel_rule')
  }
  const laneOf = (newArgs: RelabelArguments): RelabelLane =>
    new RelabelLane(newArgs, forwarding.to(newArgs.forward_to), () => clock.monotonic(), onBatch)

  let lane = laneOf(args)
  let reported = { hits: 0, misses: 0, deletes: 0, expired: 0 }
  const report = (): void => {
    const { cache, listHits } = lane
    const now = {
      hits: cache.hits + listHits,
      misses: cache.misses,
      deletes: cache.deletes,
      expired: cache.expired,
    }
    hits.add(now.hits - reported.hits)
    misses.add(now.misses - reported.misses)
    deletes.add(now.deletes - reported.deletes)
    evictions.add(now.expired - reported.expired)
    size.set(cache.size)
    reported = now
  }
  metrics.beforeScrape(report)

  let stopped = false
  const receiver: Receiver<'metrics'> = {
    signal: 'metrics',
    async accept(batch) {
      if (stopped) return refused(`${context.id} has been stopped`)
      if (batch.series.length + batch.histograms.length + batch.exemplars.length + batch.metadata.length === 0) {
        return accepted
      }
      return lane.accept(batch)
    },
  }
  context.publish({ receiver, rules: args.rule })

  return {
    async run(stop) {
      let timer = clock.after(expiryIntervalMs, function expire() {
        lane.cache.expire()
        timer = clock.after(expiryIntervalMs, expire)
      })
      await untilStopped(stop)
      timer.cancel()
      stopped = true
    },
    update(newArgs) {
      report()
      lane = laneOf(newArgs)
      reported = { hits: 0, misses: 0, deletes: 0, expired: 0 }
      context.publish({ receiver, rules: newArgs.rule })
    },
  }
})
