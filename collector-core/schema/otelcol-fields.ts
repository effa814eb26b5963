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
  receivers,
  secret,
  string,
} from './field.ts'
import type { ArgumentProblem } from './definition.ts'
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
  ignored('Weir has one set of metrics, without histograms of single gRPC and HTTP calls'),
)

const tlsVersions = ['1.0', '1.1', '1.2', '1.3', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3', ''] as const
const nodeChooses = ignored('the choices of the built-in TLS library are used')

const tlsFields = {
  ca_file: string('File with the certificate authority to trust.'),
  ca_pem: string('Certificate authority to trust, as PEM text.'),
  cert_file: string('File with the certificate.'),
  cert_pem: string('Certificate, as PEM text.'),
  key_file: string('File with the key.'),
  key_pem: secret('Key, as PEM text.'),
  min_version: choice(tlsVersions, 'Lowest TLS version; 1.2 when empty.'),
  max_version: choice(tlsVersions, 'Highest TLS version.'),
  cipher_suites: list(string(''), 'Allowed cipher suites.', nodeChooses),
  curve_preferences: list(string(''), 'Allowed curves.', nodeChooses),
  include_system_ca_certs_pool: bool('Trust the system certificates besides the given ones.', { default: false }),
  include_insecure_cipher_suites: bool('Allow weak cipher suites.', { default: false, ...nodeChooses }),
  tpm: block(
    {
      enabled: bool('Whether the key is in the TPM.', { default: false }),
      path: string('The TPM device.'),
      owner_auth: string('Authentication of its owner.'),
      auth: string('Authentication for the key.'),
    },
    'A key in a trusted platform module.',
    refused('Weir reads keys from files and PEM text only'),
  ),
}

/** TLS towards a server. */
export const tlsClientFields = {
  ...tlsFields,
  reload_interval: duration(
    'How often certificate files are read again.',
    ignored('they are read again at each new connection'),
  ),
  insecure: bool('Use clear text when no certificate authority is given.', { default: false }),
  insecure_skip_verify: bool('Accept any server certificate.', { default: false }),
  server_name: string('Name to expect in the server certificate.'),
}
export type TlsClientArguments = ArgumentsOf<typeof tlsClientFields>

/** TLS of a server. */
export const tlsServerFields = {
  ...tlsFields,
  reload_interval: duration(
    'How often certificate files are read again.',
    ignored('they are read when the server starts to listen'),
  ),
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

const ownBuffers = ignored('buffers grow as they are needed')
const includeMetadata = bool('Keep request headers with the data, for processors that go by them.', { default: false })

/** Whether `endpoint` is an address a server can listen on: `host:port`, `:port` or `[::1]:port`. */
export function isListenAddress(endpoint: string): boolean {
  const port = /^(?:\[[0-9a-fA-F:.]+\]|[^:[\]\s]*):(\d{1,5})$/.exec(endpoint)?.[1]
  return port !== undefined && Number(port) <= 65535
}

/** What a gRPC server listens on. */
export const transports = ['tcp', 'tcp4', 'tcp6', 'unix'] as const
export type Transport = (typeof transports)[number]

/** The gRPC server of a receiver, its endpoint default filled in by the component. */
export const grpcServerFields = (endpoint: string) => ({
  endpoint: string('Address to listen on.', { default: endpoint }),
  transport: choice(transports, 'Network to listen on; with "unix" the endpoint is the path of a socket file.', {
    default: 'tcp',
  }),
  max_recv_msg_size: bytes('Largest request, also after decompression.', { default: 4 * 1024 * 1024 }),
  max_concurrent_streams: integer('Most requests at once per connection; 0 means 256.', { default: 0, min: 0 }),
  read_buffer_size: bytes('Size of the read buffer.', { default: 512 * 1024, ...ownBuffers }),
  write_buffer_size: bytes('Size of the write buffer.', ownBuffers),
  include_metadata: includeMetadata,
  auth: capsule('otelcol.AuthHandler', 'Authenticates clients.', noAuth),
  tls: block(tlsServerFields, 'Serve TLS.'),
  keepalive: keepaliveServer,
})

/** The HTTP server of a receiver. */
export const httpServerFields = (endpoint: string) => ({
  endpoint: string('Address to listen on.', { default: endpoint }),
  max_request_body_size: bytes('Largest request body, also after decompression.', { default: 20 * 1024 * 1024 }),
  include_metadata: includeMetadata,
  compression_algorithms: list(string(''), 'Encodings to accept, the empty one for plain bodies.', {
    default: ['', 'gzip', 'zstd', 'zlib', 'snappy', 'deflate', 'lz4'],
  }),
  keep_alives_enabled: bool('Keep connections open between requests.', { default: true }),
  idle_timeout: duration('Close connections idle for this long.', { default: 60_000 }),
  read_header_timeout: duration('Time for a request head, at most 10 s.', { default: 60_000 }),
  read_timeout: duration('Time for a whole request; 0 means 30 s.', { default: 0 }),
  write_timeout: duration('Time for an answer.', {
    default: 30_000,
    ...ignored('an answer is a few bytes, handed over at once'),
  }),
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

/** `sending_queue`; unlike Alloy's it is on disk, one queue for each kind of data, and bounded by bytes only. */
export const sendingQueueBlock = block(
  {
    enabled: bool('Queue requests; Weir always does.', { default: true }),
    num_consumers: integer('Most requests under way at once; a backlog goes out in larger ones.', {
      default: 10,
      min: 1,
      max: 1000,
    }),
    queue_size: integer(
      'With the sizer "bytes", most bytes queued on disk for a kind of data; 1 GiB when not written.',
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
        min_size: integer('Size to send at before flush_timeout.', { default: 2000, min: 0 }),
        max_size: integer('Size not to exceed; larger requests are split.', { default: 3000, min: 0 }),
        sizer: choice(['items', 'bytes'], 'What the sizes count.', { default: 'items' }),
      },
      'Wait for more data before sending.',
    ),
  },
  'The queue in front of the server.',
  { presence: 'defaulted' },
)

/** What of a `sending_queue` Weir does in its own way. */
export function checkSendingQueue(queue: SendingQueueArguments): ArgumentProblem[] {
  const problems: ArgumentProblem[] = []
  const warn = (name: string, message: string): void =>
    void problems.push({ path: ['sending_queue', name], message, severity: 'warning' })
  if (!queue.enabled)
    warn('enabled', 'Weir queues on disk all the same, so that nothing is lost while the server is down')
  if (queue.queue_size !== undefined && queue.sizer !== 'bytes') {
    warn(
      'queue_size',
      `queue_size has no effect with the sizer "${queue.sizer}": set sizer = "bytes", or leave it out for 1 GiB`,
    )
  }
  return problems
}

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
export const clientHeaders = map(secret(''), 'Extra request headers.')
export const clientAuth = capsule('otelcol.AuthHandler', 'Authenticates requests.', noAuth)
