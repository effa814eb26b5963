import { implement, untilStopped } from '../../../../runtime/component.ts'
import { fanOut } from '../../../../signal/fan-out.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { refused } from '../../../../signal/receiver.ts'
import { definition } from './definition.ts'
import { Gathering } from './gathering.ts'
import { Gatherings } from './gatherings.ts'

const sizeBuckets = [
  10, 25, 50, 75, 100, 250, 500, 750, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 20000, 30000, 50000,
  100000,
]
const byteBuckets = [10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]

export const otelcolProcessorBatch = implement(definition, (args, context) => {
  const { metrics } = context
  const sizes = metrics.histogram('otelcol_processor_batch_batch_send_size', 'Items in a batch.', sizeBuckets)
  const bytes = metrics.histogram('otelcol_processor_batch_batch_send_size_bytes', 'Bytes in a batch.', byteBuckets)
  const triggers = {
    size: metrics.counter(
      'otelcol_processor_batch_batch_size_trigger_send_total',
      'Batches sent because they were full.',
    ),
    timeout: metrics.counter(
      'otelcol_processor_batch_timeout_trigger_send_total',
      'Batches sent because of their age.',
    ),
  }
  let output = args.output

  const gather = (kind: OtlpKind): Gatherings =>
    new Gatherings(
      args,
      (limits, metadata) =>
        new Gathering(kind, context.clock, limits, (batch, reason) => {
          sizes.observe(batch.items)
          bytes.observe(batch.bytes.length)
          triggers[reason].add(1)
          return fanOut('otlp', output[kind]).accept(metadata.size === 0 ? batch : { ...batch, metadata })
        }),
    )
  const gatherings = { traces: gather('traces'), metrics: gather('metrics'), logs: gather('logs') }
  const all = Object.values(gatherings)
  const cardinality = metrics.gauge(
    'otelcol_processor_batch_metadata_cardinality',
    'Combinations of metadata values batches are gathered for.',
  )
  metrics.beforeScrape(() => cardinality.set(all.reduce((sum, { size }) => sum + size, 0)))

  context.publish({
    input: {
      signal: 'otlp',
      async accept(batch) {
        if (output[batch.kind].length === 0) return refused(`${context.id} takes no ${batch.kind}`, false)
        return gatherings[batch.kind].add(batch)
      },
    },
  })
  return {
    async run(stop) {
      await untilStopped(stop)
      await Promise.all(all.map((gathering) => gathering.stop()))
    },
    update(changed) {
      output = changed.output
      for (const gathering of all) gathering.configure(changed)
    },
  }
})
