// Passing metrics on, with the metrics about it that all of Alloy's components have that do.
import type { Clock } from '../runtime/clock.ts'
import { mergeAcceptances } from '../signal/fan-out.ts'
import type { Receiver } from '../signal/receiver.ts'
import type { Counter, Histogram, MetricScope } from './metric-scope.ts'

const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Counts what a component forwards; `to` may be called again for other receivers. */
export class MetricForwarding {
  private readonly clock: Clock
  private readonly latency: Histogram
  private readonly forwarded: Counter

  constructor(scope: MetricScope, clock: Clock) {
    this.clock = clock
    this.latency = scope.histogram('prometheus_fanout_latency', 'Time until a batch was taken.', latencyBuckets)
    this.forwarded = scope.counter(
      'prometheus_forwarded_samples_total',
      'Samples passed on to at least one receiver, without native histograms and exemplars.',
    )
    this.forwarded.add(0)
  }

  /** One receiver in front of several, answering as `fanOut` does. */
  to(receivers: readonly Receiver<'metrics'>[]): Receiver<'metrics'> {
    return {
      signal: 'metrics',
      accept: async (batch) => {
        const { length } = batch.series
        const started = this.clock.monotonic()
        const acceptances = await Promise.all(receivers.map((receiver) => receiver.accept(batch)))
        this.latency.observe((this.clock.monotonic() - started) / 1000)
        if (acceptances.some(({ kind }) => kind === 'accepted')) this.forwarded.add(length)
        return mergeAcceptances(acceptances)
      },
    }
  }
}
