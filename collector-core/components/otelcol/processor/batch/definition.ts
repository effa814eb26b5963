import { defineComponent } from '../../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'
import { duration, integer, list, receiver, string } from '../../../../schema/field.ts'
import { debugMetricsBlock, outputBlock } from '../../../../schema/otelcol-fields.ts'

export const definition = defineComponent({
  name: 'otelcol.processor.batch',
  summary: 'Merges small requests into larger ones; senders are answered once the merged batch was taken.',
  stage: 'process',
  arguments: {
    timeout: duration('Longest time data waits for a fuller batch; 0 sends at once.', { default: 200 }),
    send_batch_size: integer('Items to send at; 0 sends at once.', { default: 2000, min: 0 }),
    send_batch_max_size: integer('Items a batch may have at most; 0 means no bound.', { default: 3000, min: 0 }),
    metadata_keys: list(
      string(''),
      'Request headers to keep batches apart by; the receiver has to keep them (include_metadata = true).',
    ),
    metadata_cardinality_limit: integer('Most batches of a kind of data gathered apart at once; 0 means any number.', {
      default: 1000,
      min: 0,
    }),
    output: outputBlock,
    debug_metrics: debugMetricsBlock,
  },
  exports: {
    input: receiver('otlp', 'Send data here to have it batched.'),
  },
  check({ send_batch_size: size, send_batch_max_size: max, metadata_keys: keys }): ArgumentProblem[] {
    const problems: ArgumentProblem[] = []
    if (max !== 0 && max < size) {
      problems.push({
        path: ['send_batch_max_size'],
        message: 'send_batch_max_size must be 0 or at least send_batch_size',
      })
    }
    const names = keys.map((key) => key.toLowerCase())
    const twice = names.findIndex((name, index) => names.indexOf(name) < index)
    if (twice >= 0) {
      const message = `"${keys[twice]}" stands twice in metadata_keys; upper and lower case are the same`
      problems.push({ path: ['metadata_keys', twice], message })
    }
    return problems
  },
  example: `otelcol.processor.batch "default" {
	output {
		traces = []
	}
}
`,
})
