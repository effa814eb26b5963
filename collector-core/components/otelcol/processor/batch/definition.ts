import { defineComponent } from '../../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'
import { duration, integer, list, receiver, string } from '../../../../schema/field.ts'
import { debugMetricsBlock, outputBlock } from '../../../../schema/otelcol-fields.ts'

const noMetadata = { support: { level: 'ignored', reason: 'request headers are not kept with the data' } } as const

export const definition = defineComponent({
  name: 'otelcol.processor.batch',
  summary: 'Merges small requests into larger ones; senders are answered once the merged batch was taken.',
  stage: 'process',
  arguments: {
    timeout: duration('Longest time data waits for a fuller batch; 0 sends at once.', { default: 200 }),
    send_batch_size: integer('Items to send at.', { default: 2000, min: 0 }),
    send_batch_max_size: integer('Items a batch may have at most; 0 means no bound.', { default: 3000, min: 0 }),
    metadata_keys: list(string(''), 'Request headers to keep batches apart by.', noMetadata),
    metadata_cardinality_limit: integer('Most batches kept apart.', { default: 1000, min: 0, ...noMetadata }),
    output: outputBlock,
    debug_metrics: debugMetricsBlock,
  },
  exports: {
    input: receiver('otlp', 'Send data here to have it batched.'),
  },
  check({ send_batch_size: size, send_batch_max_size: max }): ArgumentProblem[] {
    if (max === 0 || max >= size) return []
    return [{ path: ['send_batch_max_size'], message: 'send_batch_max_size must be 0 or at least send_batch_size' }]
  },
  example: `otelcol.processor.batch "default" {
	output {
		traces = []
	}
}
`,
})
