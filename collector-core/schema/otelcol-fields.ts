// The blocks many otelcol components share, with the Collector's names and defaults.
import {
  block,
  bool,
  bytes,
  capsule,
  choice,
  duration,
  float,
  integer,
  list,
  map,
  optionalSecret,
  receivers,
  secret,
  string,
} from './field.ts'
import type { ArgumentsOf } from './field.ts'

const ignored = (reason: string) => ({ support: { level: 'ignored', reason } }) as const
const refused = (reason: string) => ({ support: { level: 'refused', reason } }) as const
const noAuth = refused('authentication components of otelcol do not run in Weir yet')

/** Where a receiver or processor sends each kind of data. */
export const outputBlock = block(
  {
    metrics: receivers('otlp', 'Where metrics go.', { carries: 'metrics' }),
    logs: receivers('otlp', 'Where logs go.', { carries: 'logs' }),
    traces: receivers('otlp', 'Where traces go.', { carries: 'traces' }),
  },
  'Where the data goes next.',
  { presence: 'required' },
)

export const debugMetricsBlock = block(
  {
    disable_high_cardinality_metrics: bool('Leave out metrics with many label values.', { default: true }),
    level: string('Deprecated, without effect.', { stability: 'deprecated' }),
  },
  'Metrics the component keeps about itself.',
  ignored('Weir has one set of metrics'),
)

const tlsFields = {
  ca_file: string('File with the certificate authority to trust.'),
  ca_pem: string('Certificate authority to trust, as PEM text.'),
  cert_file: string('File with the certificate.'),
  cert_pem: string('Certificate, as PEM text.'),
  key_file: string('File with the key.'),
  key_pem: secret('Key, as PEM text.'),
  min_version: choice(
    ['1.0', '1.1', '1.2', '1.3', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3', ''],
    'Lowest TLS version.',
  ),
  max_version: choice(
    ['1.0', '1.1', '1.2', '1.3', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3', ''],
    'Highest TLS version.',
  ),
  reload_interval: duration('How often certificate files are read again.'),
  cipher_suites: list(string(''), 'Allowed cipher suites.'),
  curve_preferences: list(string(''), 'Allowed curves.'),
  include_system_ca_certs_pool: bool('Trust the system certificates besides the given ones.', { default: false }),
  include_insecure_cipher_suites: bool('Allow weak cipher suites.', { default: false }),
}

/** TLS towards a server. */
export const tlsClientFields = {
  ...tlsFields,
  insecure: bool('Use clear text when no certificate authority is given.', { default: false }),
  insecure_skip_verify: bool('Accept any server certificate.', { default: false }),
  server_name: string('Name to expect in the server certificate.'),
}
export type TlsClientArguments = ArgumentsOf<typeof tlsClientFields>

/** TLS of a server. */
export const tlsServerFields = {
  ...tlsFields,
  client_ca_file: string('File with the certificate authority clients must be signed by.'),
}
export type TlsServerArguments = ArgumentsOf<typeof tlsServerFields>

const keepaliveServer = block(
  {
    server_parameters: block(
      {
        max_connection_idle: duration('Close connections idle for this long.'),
        max_connection_age: duration('Close connections older than this.'),
        max_connection_age_grace: duration('Time for calls to finish after that.'),
        time: duration('Ping an idle client after this long.'),
        timeout: duration('Close the connection without an answer within this.'),
      },
      'Pings from the server.',
    ),
    enforcement_policy: block(
      {
        min_time: duration('Shortest time between pings of a client.'),
        permit_without_stream: bool('Allow pings without a call.', { default: false }),
      },
      'Pings clients may send.',
    ),
  },
  'Keepalive of connections.',
  ignored('connections are kept as the operating system keeps them'),
)

/** The gRPC server of a receiver, its endpoint default filled in by the component. */
export const grpcServerFields = (endpoint: string) => ({
  endpoint: string('Address to listen on.', { default: endpoint }),
  transport: choice(['tcp', 'tcp4', 'tcp6', 'unix'], 'Network to listen on.', { default: 'tcp' }),
  max_recv_msg_size: bytes('Largest request.', { default: 4 * 1024 * 1024 }),
  max_concurrent_streams: integer('Most requests at once per connection.', { default: 0, min: 0 }),
  read_buffer_size: bytes('Size of the read buffer.', { default: 512 * 1024 }),
  write_buffer_size: bytes('Size of the write buffer.'),
  include_metadata: bool('Keep request headers with the data.', { default: false }),
  auth: capsule('otelcol.AuthHandler', 'Authenticates clients.', noAuth),
  tls: block(tlsServerFields, 'Serve TLS.'),
  keepalive: keepaliveServer,
})

/** The HTTP server of a receiver. */
export const httpServerFields = (endpoint: string) => ({
  endpoint: string('Address to listen on.', { default: endpoint }),
  max_request_body_size: bytes('Largest request body, also after decompression.', { default: 20 * 1024 * 1024 }),
  include_metadata: bool('Keep request headers with the data.', { default: false }),
  compression_algorithms: list(string(''), 'Encodings to accept.', {
    default: ['', 'gzip', 'zstd', 'zlib', 'snappy', 'deflate', 'lz4'],
  }),
  keep_alives_enabled: bool('Keep connections open between requests.', { default: true }),
  idle_timeout: duration('Close connections idle for this long.', { default: 60_000 }),
  read_header_timeout: duration('Time for a request head.', { default: 60_000 }),
  read_timeout: duration('Time for a whole request, 0 for Weir’s own bound.', { default: 0 }),
  write_timeout: duration('Time for an answer.', { default: 30_000 }),
  auth: capsule('otelcol.AuthHandler', 'Authenticates clients.', noAuth),
  tls: block(tlsServerFields, 'Serve TLS.'),
  cors: block(
    {
      allowed_origins: list(string(''), 'Origins that may send; a `*` stands for any part.'),
      allowed_headers: list(string(''), 'Headers they may send.'),
      exposed_headers: list(string(''), 'Headers they may read.'),
      max_age: integer('Seconds a browser may remember this.', { default: 0, min: 0 }),
    },
    'Requests from pages in a browser.',
  ),
})

/** `sending_queue`; unlike Alloy's it is on disk, so `queue_size` bounds it only where it is written. */
export const sendingQueueBlock = block(
  {
    enabled: bool('Queue requests; Weir always does.', { default: true }),
    num_consumers: integer('Requests sent at once.', { default: 10, min: 1 }),
    queue_size: integer(
      'Most requests (or items, or bytes) queued; without it the queue is bounded by bytes on disk.',
      {
        min: 1,
      },
    ),
    sizer: choice(['requests', 'items', 'bytes'], 'What queue_size counts.', { default: 'requests' }),
    block_on_overflow: bool('Make senders wait instead of refusing when the queue is full.', { default: false }),
    wait_for_result: bool('Answer senders only when the data was delivered.', {
      default: false,
      ...refused('Weir answers once the data is on disk'),
    }),
    storage: capsule('otelcol.StorageHandler', 'Where to keep the queue.', ignored('the queue is always on disk')),
    batch: block(
      {
        flush_timeout: duration('Longest time data waits for a fuller batch.', { default: 200 }),
        min_size: integer('Size to send at.', { default: 2000, min: 0 }),
        max_size: integer('Size not to exceed.', { default: 3000, min: 0 }),
        sizer: choice(['items', 'bytes'], 'What the sizes count.', { default: 'items' }),
      },
      'Merge requests before they are sent.',
    ),
  },
  'The queue in front of the server.',
  { presence: 'defaulted' },
)

/** `retry_on_failure`; unlike Alloy, Weir retries for ever unless `max_elapsed_time` is written. */
export const retryBlock = block(
  {
    enabled: bool('Try again after failures that may pass.', { default: true }),
    initial_interval: duration('First wait.', { default: 5_000 }),
    randomization_factor: float('Share of the wait that is random.', { default: 0.5, min: 0, max: 1 }),
    multiplier: float('Growth of the wait.', { default: 1.5, min: 1 }),
    max_interval: duration('Longest wait.', { default: 30_000 }),
    max_elapsed_time: duration('Give up after this long; unless it is written, or when 0, Weir never gives up.'),
  },
  'How failures are retried.',
  { presence: 'defaulted' },
)

/** Decoded `sending_queue`. */
export type SendingQueueArguments = ArgumentsOf<{ q: typeof sendingQueueBlock }>['q']
/** Decoded `retry_on_failure`. */
export type RetryArguments = ArgumentsOf<{ r: typeof retryBlock }>['r']

/** Arguments of an OTLP client that gRPC and HTTP share. */
export const clientHeaders = map(optionalSecret(''), 'Extra request headers.')
export const clientAuth = capsule('otelcol.AuthHandler', 'Authenticates requests.', noAuth)
