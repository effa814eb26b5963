import { bool, float, integer, string } from '../../../../../schema/field.ts'
import { defineStage, problem } from './stage.ts'
import { TokenBucket } from './token-bucket.ts'

const leastDistinctLabels = 10_000
const reason = 'ratelimit_drop_stage'

/** Lets so many entries through per second; the others wait, or are dropped. */
export const limitStage = defineStage({
  fields: {
    rate: float('Entries per second.', { required: true }),
    burst: integer('Entries that may pass at once.', { required: true }),
    drop: bool('Drop entries above the rate rather than holding everything back.', { default: false }),
    by_label_name: string('Label whose every value gets a rate of its own; needs drop.'),
    max_distinct_labels: integer('How many values of by_label_name are followed; at least 10000.'),
  },
  check({ rate, burst, drop, by_label_name }) {
    const problems = []
    if (rate <= 0) problems.push(problem('rate', 'rate has to be above 0'))
    if (burst <= 0) problems.push(problem('burst', 'burst has to be above 0'))
    if (by_label_name && !drop) problems.push(problem('by_label_name', 'by_label_name needs drop = true'))
    return problems
  },
  build({ rate, burst, drop, by_label_name: label, max_distinct_labels: most }, context, next) {
    if (label) {
      const buckets = new RecentBuckets(
        Math.max(most ?? 0, leastDistinctLabels),
        () => new TokenBucket(rate, burst, context.monotonic()),
      )
      const dropped = context.metrics.counter(
        'loki_process_dropped_lines_by_label_total',
        'Lines dropped by stages that go by a label.',
        ['label_name', 'label_value'],
      )
      return (entry) => {
        const value = entry.labels.get(label)
        if (value === '' || buckets.of(value).take(context.monotonic())) {
          next(entry)
          return
        }
        context.drop(1, reason)
        dropped.add(1, [label, value])
      }
    }
    const bucket = new TokenBucket(rate, burst, context.monotonic())
    if (drop) {
      return (entry) => {
        if (bucket.take(context.monotonic())) next(entry)
        else context.drop(1, reason)
      }
    }
    return (entry) => {
      const wait = bucket.reserve(context.monotonic())
      if (wait > 0) context.hold(wait)
      next(entry)
    }
  },
})

/** Keeps the recently used of many buckets: once a generation is full, the one before it is forgotten. */
class RecentBuckets {
  private readonly most: number
  private readonly create: () => TokenBucket
  private current = new Map<string, TokenBucket>()
  private previous = new Map<string, TokenBucket>()

  constructor(most: number, create: () => TokenBucket) {
    this.most = most
    this.create = create
  }

  of(value: string): TokenBucket {
    let bucket = this.current.get(value)
    if (bucket !== undefined) return bucket
    bucket = this.previous.get(value) ?? this.create()
    this.current.set(value, bucket)
    if (this.current.size === this.most) {
      this.previous = this.current
      this.current = new Map()
    }
    return bucket
  }
}
