import { defineComponent } from '../../../../schema/definition.ts'
import { bool, choice, integer, list, receiver, string } from '../../../../schema/field.ts'
import { debugMetricsBlock } from '../../../../schema/otelcol-fields.ts'

export const definition = defineComponent({
  name: 'otelcol.exporter.debug',
  summary: "Writes what arrives into Weir's own log.",
  stage: 'send',
  stability: 'experimental',
  arguments: {
    verbosity: choice(['basic', 'normal', 'detailed'], 'How much is written per batch.', { default: 'basic' }),
    sampling_initial: integer('Batches written each second before thinning starts.', { default: 2, min: 0 }),
    sampling_thereafter: integer('After that, one batch out of this many.', { default: 1, min: 0 }),
    use_internal_logger: bool("Write to Weir's log.", {
      default: true,
      support: { level: 'ignored', reason: "output always goes to Weir's log" },
    }),
    output_paths: list(string(''), 'Where to write without the internal logger.', {
      support: { level: 'ignored', reason: "output always goes to Weir's log" },
    }),
    debug_metrics: debugMetricsBlock,
  },
  exports: {
    input: receiver('otlp', 'Send traces, metrics and logs here to see them in the log.'),
  },
  example: `otelcol.exporter.debug "default" {
	verbosity = "detailed"
}
`,
})
