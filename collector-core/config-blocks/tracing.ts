import { defineConfigBlock } from '../schema/definition.ts'
import { block, bool, duration, float, integer, receivers, string } from '../schema/field.ts'

const reason = 'Weir creates no spans about itself; the block is kept for Alloy'

export const tracing = defineConfigBlock({
  name: 'tracing',
  summary: 'Configures the traces Alloy writes about itself; Weir checks and keeps it.',
  arguments: {
    sampling_fraction: float('Share of traces to keep.', { default: 0.1, support: { level: 'ignored', reason } }),
    send_traceparent: bool('Send W3C trace context with outgoing requests.', {
      default: false,
      support: { level: 'ignored', reason },
    }),
    write_to: receivers('otlp', 'Where the traces go.', { carries: 'traces' }),
    sampler: block(
      {
        jaeger_remote: block(
          {
            url: string('Where to ask for sampling strategies.', { default: 'http://127.0.0.1:5778/sampling' }),
            max_operations: integer('Operations to track.', { default: 256 }),
            refresh_interval: duration('Time between questions.', { default: 60_000 }),
          },
          'Ask a Jaeger agent for strategies.',
        ),
      },
      'A remote sampler.',
      { support: { level: 'ignored', reason } },
    ),
  },
  check: ({ write_to }) =>
    write_to.length === 0
      ? []
      : [{ path: ['write_to'], message: `write_to has no effect in Weir: ${reason}`, severity: 'warning' }],
  example: `tracing {
	write_to = []
}
`,
})
