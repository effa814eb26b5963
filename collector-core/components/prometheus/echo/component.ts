import { implement, untilStopped } from '../../../runtime/component.ts'
import type { MetricBatch } from '../../../signal/metric-batch.ts'
import { accepted } from '../../../signal/receiver.ts'
import { printExposition } from '../../../wire/exposition/print-exposition.ts'
import { definition } from './definition.ts'

/** Samples of one batch that are written out; of a larger batch the rest is only counted. */
const mostSamples = 1000

export const prometheusEcho = implement(definition, (initial, context) => {
  let { format } = initial
  context.publish({
    receiver: {
      signal: 'metrics',
      async accept(batch) {
        const left = batch.series.length - mostSamples
        context.log.info('received metrics', {
          metrics: printExposition(left > 0 ? beginning(batch) : batch, format),
          ...(left > 0 && { not_shown: left }),
        })
        return accepted
      },
    },
  })
  return {
    run: untilStopped,
    update: (args) => {
      format = args.format
    },
  }
})

function beginning(batch: MetricBatch): MetricBatch {
  return {
    ...batch,
    series: batch.series.slice(0, mostSamples),
    staleFrom: Math.min(batch.staleFrom, mostSamples),
    histograms: batch.histograms.slice(0, mostSamples),
  }
}
