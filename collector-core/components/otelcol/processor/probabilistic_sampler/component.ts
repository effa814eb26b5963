import { implement, untilStopped } from '../../../../runtime/component.ts'
import { accepted, refused } from '../../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../../signal/receiver.ts'
import { fanOut } from '../../../../signal/fan-out.ts'
import type { OtlpBatch } from '../../../../signal/otlp-batch.ts'
import { rewriteItems } from '../../../../wire/otlp/rewrite.ts'
import type { ProtobufWriter } from '../../../../wire/protobuf/writer.ts'
import { definition } from './definition.ts'
import { RequestSampler, Sampler } from './sampler.ts'
import type { SamplerArguments } from './sampler.ts'
import { WriterPool } from './writer-pool.ts'

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
  const writers = new WriterPool()

  const laneOf = (settings: SamplerArguments) => ({
    samplers: { traces: new Sampler('traces', settings), logs: new Sampler('logs', settings) },
    next: { traces: fanOut('otlp', settings.output.traces), logs: fanOut('otlp', settings.output.logs) },
    connected: { traces: settings.output.traces.length > 0, logs: settings.output.logs.length > 0 },
  })
  let lane = laneOf(args)

  async function accept(batch: OtlpBatch): Promise<Acceptance> {
    const { kind, bytes } = batch
    if (kind === 'metrics' || !lane.connected[kind]) return refused(`${context.id} takes no ${kind}`, false)
    const writer = writers.take(3 * bytes.length)
    try {
      return await sample(kind, batch, writer)
    } finally {
      writers.giveBack(writer)
    }
  }

  async function sample(
    kind: 'traces' | 'logs',
    { bytes, items, metadata }: OtlpBatch,
    writer: ProtobufWriter,
  ): Promise<Acceptance> {
    const sampler = new RequestSampler(lane.samplers[kind], bytes)
    const rewritten = rewriteItems(bytes, sampler, writer)
    incoming.add(items, [kind])
    for (const { policy, sampled, dropped } of sampler.tallies()) {
      if (sampled > 0) counted[kind].add(sampled, ['true', policy])
      if (dropped > 0) counted[kind].add(dropped, ['false', policy])
    }
    const { kept, dropped } = rewritten
    const acceptance =
      kept === 0
        ? accepted
        : await lane.next[kind].accept({ kind, bytes: rewritten.bytes, items: kept, ...(metadata && { metadata }) })
    // A refused batch comes again and is decided again in the same way.
    if (acceptance.kind === 'refused') return acceptance
    if (dropped > 0) context.drop(dropped, 'sampled_out')
    if (kept > 0) outgoing.add(kept, [kind])
    return acceptance
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
