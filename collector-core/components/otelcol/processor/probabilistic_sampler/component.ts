import { implement, untilStopped } from '../../../../runtime/component.ts'
import { accepted, refused } from '../../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../../signal/receiver.ts'
import { fanOut } from '../../../../signal/fan-out.ts'
import type { OtlpBatch } from '../../../../signal/otlp-batch.ts'
import { rewriteItems } from '../../../../wire/otlp/rewrite.ts'
import { definition } from './definition.ts'
import { samplerFor } from './sampler.ts'
import type { SamplerArguments } from './sampler.ts'

export const otelcolProcessorProbabilisticSampler = implement(definition, (args, context) => {
  const metricsFor = (kind: 'traces' | 'logs') =>
    context.metrics.counter(
      `otelcol_processor_probabilistic_sampler_count_${kind}_sampled_total`,
      `Decisions over ${kind === 'traces' ? 'spans' : 'log records'}.`,
      ['sampled', 'policy'],
    )
  const counted = { traces: metricsFor('traces'), logs: metricsFor('logs') }
  const incoming = context.metrics.counter('otelcol_processor_incoming_items_total', 'Items that came in.', [
    'otel_signal',
  ])
  const outgoing = context.metrics.counter('otelcol_processor_outgoing_items_total', 'Items that went on.', [
    'otel_signal',
  ])

  const laneOf = ({ output, ...settings }: SamplerArguments) => ({
    samplers: {
      traces: samplerFor('traces', { output, ...settings }),
      logs: samplerFor('logs', { output, ...settings }),
    },
    next: { traces: fanOut('otlp', output.traces), logs: fanOut('otlp', output.logs) },
    connected: { traces: output.traces.length > 0, logs: output.logs.length > 0 },
  })
  let lane = laneOf(args)

  async function accept({ kind, bytes, items }: OtlpBatch): Promise<Acceptance> {
    if (kind === 'metrics' || !lane.connected[kind]) return refused(`${context.id} takes no ${kind}`, false)
    incoming.add(items, [kind])
    const tally = new Map<string, number>()
    const rewritten = rewriteItems(
      bytes,
      lane.samplers[kind](bytes, (sampled, policy) => {
        const key = `${sampled} ${policy}`
        tally.set(key, (tally.get(key) ?? 0) + 1)
      }),
    )
    for (const [key, count] of tally) {
      const space = key.indexOf(' ')
      counted[kind].add(count, [key.slice(0, space), key.slice(space + 1)])
    }
    if (rewritten.dropped > 0) context.drop(rewritten.dropped, 'sampled_out')
    if (rewritten.kept === 0) return accepted
    outgoing.add(rewritten.kept, [kind])
    return lane.next[kind].accept({ kind, bytes: rewritten.bytes, items: rewritten.kept })
  }

  const input: Receiver<'otlp'> = { signal: 'otlp', accept }
  context.publish({ input })
  return {
    run: untilStopped,
    update(changed) {
      lane = laneOf(changed)
    },
  }
})
