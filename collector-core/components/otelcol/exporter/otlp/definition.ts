import { defineComponent } from '../../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'
import { block, bool, bytes, choice, duration, receiver, string } from '../../../../schema/field.ts'
import {
  checkSendingQueue,
  clientAuth,
  clientHeaders,
  debugMetricsBlock,
  retryBlock,
  sendingQueueBlock,
  tlsClientFields,
} from '../../../../schema/otelcol-fields.ts'
import { grpcTarget } from './pure/grpc-target.ts'

const ignored = { support: { level: 'ignored', reason: 'one connection is used' } } as const

export const definition = defineComponent({
  name: 'otelcol.exporter.otlp',
  summary: 'Sends traces, metrics and logs over OTLP/gRPC, keeping them on disk until the server has taken them.',
  stage: 'send',
  arguments: {
    timeout: duration('Longest time for one request.', { default: 5_000 }),
    client: block(
      {
        endpoint: string('`host:port` of the server.', { required: true }),
        compression: choice(
          ['gzip', 'snappy', 'zstd', 'none', ''],
          'How requests are compressed; to this machine itself they never are, and zstd is refused.',
          {
            default: 'gzip',
          },
        ),
        headers: clientHeaders,
        balancer_name: string('Load balancing policy.', { default: 'round_robin', ...ignored }),
        authority: string('Name to send as `:authority`.'),
        wait_for_ready: bool('Wait for a connection before failing.', { default: false, ...ignored }),
        read_buffer_size: bytes('Size of the read buffer.', ignored),
        write_buffer_size: bytes('Size of the write buffer.', { default: 512 * 1024, ...ignored }),
        auth: clientAuth,
        tls: block(tlsClientFields, 'TLS towards the server; without the block the system certificates are trusted.'),
        keepalive: block(
          {
            ping_wait: duration('Ping after this long without data.'),
            ping_response_timeout: duration('Close the connection without an answer within this.'),
            ping_without_stream: bool('Ping without a call too.', { default: false }),
          },
          'Pings on idle connections.',
          { support: { level: 'ignored', reason: 'a lost connection is found by the next request' } },
        ),
      },
      'The server.',
      { presence: 'required' },
    ),
    sending_queue: sendingQueueBlock,
    retry_on_failure: retryBlock,
    debug_metrics: debugMetricsBlock,
  },
  exports: {
    input: receiver('otlp', 'Send traces, metrics and logs here to have them delivered.'),
  },
  check({ client, sending_queue }): ArgumentProblem[] {
    const problems = checkSendingQueue(sending_queue)
    if ('problem' in grpcTarget(client.endpoint)) {
      const message = `"${client.endpoint}" is not an endpoint: write host:port, as in tempo:4317`
      problems.push({ path: ['client', 'endpoint'], message })
    }
    if (client.compression === 'zstd') {
      const message = 'Weir does not compress gRPC requests with zstd: use "gzip", "snappy" or "none"'
      problems.push({ path: ['client', 'compression'], message })
    }
    return problems
  },
  example: `otelcol.exporter.otlp "tempo" {
	client {
		endpoint = "127.0.0.1:4317"

		tls {
			insecure = true
		}
	}
}
`,
})
