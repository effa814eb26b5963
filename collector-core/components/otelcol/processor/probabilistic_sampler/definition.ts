import { defineComponent } from '../../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'
import { bool, choice, float, integer, receiver, string } from '../../../../schema/field.ts'
import { debugMetricsBlock, outputBlock } from '../../../../schema/otelcol-fields.ts'

const smallestRatio = 2 ** -56

export const definition = defineComponent({
  name: 'otelcol.processor.probabilistic_sampler',
  summary: 'Keeps a share of spans and log records, chosen by trace ID so that all parts of a trace fare alike.',
  stage: 'process',
  arguments: {
    sampling_percentage: float('Share to keep, in percent; 100 or more keeps everything.', { default: 0 }),
    mode: choice(['hash_seed', 'equalizing', 'proportional', ''], 'How the choice is made; empty means hash_seed.', {
      default: '',
    }),
    hash_seed: integer('Seed of the hash; samplers that must agree share it.', { default: 0, min: 0, max: 4294967295 }),
    fail_closed: bool('Drop items whose sampling information cannot be used.', { default: true }),
    sampling_precision: integer('Hexadecimal digits of the threshold.', { default: 4, min: 1, max: 14 }),
    attribute_source: choice(['traceID', 'record'], 'For log records: what the choice is made by.', {
      default: 'traceID',
    }),
    from_attribute: string('For log records: the attribute the choice is made by.', { default: '' }),
    sampling_priority: string('For log records: an attribute that holds a percentage of its own.', { default: '' }),
    output: outputBlock,
    debug_metrics: debugMetricsBlock,
  },
  exports: {
    input: receiver('otlp', 'Send traces and logs here to have them sampled.'),
  },
  check({ sampling_percentage: percentage }): ArgumentProblem[] {
    const refuse = (message: string): ArgumentProblem[] => [{ path: ['sampling_percentage'], message }]
    if (!Number.isFinite(percentage)) return refuse('sampling_percentage must be a finite number')
    if (percentage < 0) return refuse('sampling_percentage must not be negative')
    if (percentage > 0 && percentage / 100 < smallestRatio) {
      return refuse('sampling_percentage is too small to be told from 0: use 0 or a larger share')
    }
    return []
  },
  example: `otelcol.processor.probabilistic_sampler "default" {
	sampling_percentage = 10

	output {
		traces = []
	}
}
`,
})
