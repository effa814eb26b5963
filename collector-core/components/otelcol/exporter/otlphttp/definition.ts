import { defineComponent } from '../../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'
import { block, bool, bytes, choice, duration, integer, receiver, string } from '../../../../schema/field.ts'
import {
  checkSendingQueue,
  clientAuth,
  clientHeaders,
  debugMetricsBlock,
  retryBlock,
  sendingQueueBlock,
  tlsClientFields,
} from '../../../../schema/otelcol-fields.ts'

const ignored = { support: { level: 'ignored', reason: 'connections are kept as Weir sees fit' } } as const
const codings = ['gzip', 'zstd', 'snappy', 'zlib', 'deflate', 'lz4', 'x-snappy-framed', 'none', ''] as const

export const definition = defineComponent({
  name: 'otelcol.exporter.otlphttp',
  summary: 'Sends traces, metrics and logs over OTLP/HTTP, keeping them on disk until the server has taken them.',
  stage: 'send',
  arguments: {
    client: block(
      {
        endpoint: string('Base URL; `/v1/traces`, `/v1/metrics` and `/v1/logs` are added.', { default: '' }),
        headers: clientHeaders,
        compression: choice(
          codings,
          'How requests are compressed; to this machine itself they never are, and zstd is refused.',
          {
            default: 'gzip',
          },
        ),
        compression_params: block(
          {
            level: integer('From 1, fast, to 9, small, for gzip, zlib and deflate; 0 is 1.', {
              default: 0,
              min: -1,
              max: 9,
            }),
          },
          'How hard to compress.',
        ),
        timeout: duration('Longest time for one request.', { default: 30_000 }),
        read_buffer_size: bytes('Size of the read buffer.', { default: 0, ...ignored }),
        write_buffer_size: bytes('Size of the write buffer.', { default: 512 * 1024, ...ignored }),
        max_idle_conns: integer('Most idle connections.', { default: 100, ...ignored }),
        idle_conn_timeout: duration('Close connections idle for this long.', { default: 90_000, ...ignored }),
        max_idle_conns_per_host: integer('Most idle connections per host.', ignored),
        max_conns_per_host: integer('Most connections per host.', ignored),
        disable_keep_alives: bool('Use a connection once.', { default: false, ...ignored }),
        force_attempt_http2: bool('Offer HTTP/2.', { default: true, ...ignored }),
        http2_read_idle_timeout: duration('Ping after this long without data.', ignored),
        http2_ping_timeout: duration('Close the connection without an answer within this.', ignored),
        proxy_url: string('Proxy to send requests through.'),
        auth: clientAuth,
        tls: block(tlsClientFields, 'TLS towards the server.'),
        cookies: block({ enabled: bool('Keep cookies.', { default: false }) }, 'Cookies.', ignored),
      },
      'The server.',
      { presence: 'required' },
    ),
    traces_endpoint: string('Full URL for traces instead of the base URL.'),
    metrics_endpoint: string('Full URL for metrics instead of the base URL.'),
    logs_endpoint: string('Full URL for logs instead of the base URL.'),
    encoding: choice(['proto', 'json'], 'How requests are encoded.', { default: 'proto' }),
    sending_queue: sendingQueueBlock,
    retry_on_failure: retryBlock,
    debug_metrics: debugMetricsBlock,
  },
  exports: {
    input: receiver('otlp', 'Send traces, metrics and logs here to have them delivered.'),
  },
  check({ client, sending_queue, traces_endpoint, metrics_endpoint, logs_endpoint }): ArgumentProblem[] {
    const problems = checkSendingQueue(sending_queue)
    const urls = { traces_endpoint, metrics_endpoint, logs_endpoint }
    if (client.endpoint === '' && Object.values(urls).every((url) => url === undefined)) {
      problems.push({ path: ['client'], message: 'set client.endpoint, or the endpoint of a kind of data' })
    }
    const checkUrl = (url: string | undefined, path: string[]): void => {
      if (url !== undefined && url !== '' && !/^https?:\/\/[^\s/]+/.test(url)) {
        problems.push({ path, message: `"${url}" is not a URL: write http://host:port` })
      }
    }
    checkUrl(client.endpoint, ['client', 'endpoint'])
    for (const [name, url] of Object.entries(urls)) checkUrl(url, [name])
    if (client.compression === 'zstd') {
      const message = 'Weir does not compress OTLP/HTTP requests with zstd: use "gzip", "lz4", "snappy" or "none"'
      problems.push({ path: ['client', 'compression'], message })
    }
    return problems
  },
  example: `otelcol.exporter.otlphttp "default" {
	client {
		endpoint = "http://127.0.0.1:4318"
	}
}
`,
})
