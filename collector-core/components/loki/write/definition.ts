import { defineComponent } from '../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../schema/definition.ts'
import { checkDistinctEndpoints, checkHttpEndpoint, isHttpUrl, keptOnDisk } from '../../../schema/delivery-endpoint.ts'
import { block, blocks, bool, bytes, duration, integer, map, receiver, secret, string } from '../../../schema/field.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { httpClientFields } from '../../../schema/http-client-fields.ts'
import { isLegacyLabelName } from '../../../signal/label-name.ts'

const queueFields = {
  capacity: bytes('Bytes a queue may take on disk; 1GiB when absent. Alloy holds 10MiB in memory instead.', { min: 1 }),
  min_shards: integer('Most requests of a tenant under way at once, at most 32; each stream keeps its order.', {
    default: 1,
    min: 1,
  }),
  drain_timeout: duration('How long Alloy goes on sending when it ends.', { default: 15_000, support: keptOnDisk }),
  block_on_overflow: bool('Let sources wait while the queue is full, rather than drop what they send.', {
    default: true,
  }),
}

const endpointFields = {
  ...httpClientFields,
  url: string('Where to send: the push URL of Loki, which ends in /loki/api/v1/push.', { required: true }),
  name: string(
    'Names the endpoint and its queue on disk, which follows a name to another address. By default made from server, user and tenant.',
  ),
  batch_wait: duration('Longest wait for a request to fill up.', { default: 1000 }),
  batch_size: bytes('Bytes of lines and structured metadata in one request.', { default: 1024 * 1024 }),
  remote_timeout: duration('Longest time a request may take.', { default: 10_000 }),
  headers: map(secret(''), 'Extra request headers.'),
  min_backoff_period: duration('Wait before the first retry; it doubles from there.', { default: 500 }),
  max_backoff_period: duration('Longest wait between retries.', { default: 300_000 }),
  max_backoff_retries: integer(
    'Give a request up after so many tries; 0 never. When absent Weir never gives up, where Alloy does after 10.',
    { min: 0 },
  ),
  tenant_id: string('Tenant of lines that do not bring one; sent as X-Scope-OrgID.'),
  retry_on_http_429: bool('Retry when the server says that it receives too much.', { default: true }),
  queue_config: block(queueFields, 'The queue on disk.', { presence: 'defaulted' }),
}

export type EndpointArguments = ArgumentsOf<typeof endpointFields>

export const definition = defineComponent({
  name: 'loki.write',
  summary: 'Sends log lines to Loki, and keeps them on disk until they arrived.',
  stage: 'send',
  arguments: {
    external_labels: map(string(''), 'Labels added to every stream that does not have them.'),
    max_streams: integer('Most streams in one request; lines of further streams are dropped. 0 for any number.', {
      default: 0,
      min: 0,
    }),
    endpoint: blocks(endpointFields, 'A server to send to; each gets everything.'),
    wal: block(
      {
        enabled: bool('Whether Alloy keeps a write-ahead log.', { default: false }),
        max_segment_age: duration('How long Alloy keeps a segment.', { default: 3_600_000 }),
        min_read_frequency: duration('Shortest wait between reads.', { default: 250 }),
        max_read_frequency: duration('Longest wait between reads.', { default: 1000 }),
        drain_timeout: duration('How long Alloy drains the log when it ends.', { default: 30_000 }),
      },
      "Alloy's write-ahead log.",
      { support: keptOnDisk },
    ),
  },
  exports: {
    receiver: receiver('logs', 'Takes the lines to send.'),
  },
  check(args) {
    const problems = args.endpoint.flatMap((endpoint, index) => checkEndpoint(endpoint, ['endpoint', index]))
    if (args.endpoint.length === 0) {
      problems.push({
        path: ['endpoint'],
        message: 'at least one endpoint block is needed: endpoint { url = "http://loki:3100/loki/api/v1/push" }',
      })
    }
    problems.push(...checkDistinctEndpoints(args.endpoint))
    for (const name of args.external_labels.keys()) {
      if (!isLegacyLabelName(name)) {
        problems.push({ path: ['external_labels', name], message: `"${name}" is not a label name` })
      }
    }
    return problems
  },
  example: `loki.write "local" {
	endpoint {
		url = "http://loki:3100/loki/api/v1/push"
	}
}
`,
})

function checkEndpoint(endpoint: EndpointArguments, path: readonly (string | number)[]): ArgumentProblem[] {
  const problems = checkHttpEndpoint(endpoint, path, 'http://loki:3100/loki/api/v1/push')
  const at = (name: string, message: string, severity?: 'warning'): void =>
    void problems.push({ path: [...path, name], message, ...(severity && { severity }) })
  if (isHttpUrl(endpoint.url) && !/\/push\/?(?:\?.*)?$/.test(endpoint.url)) {
    at('url', 'Loki takes lines at /loki/api/v1/push; this url ends otherwise', 'warning')
  }
  if (endpoint.batch_size <= 0) at('batch_size', 'batch_size must be above 0')
  if (endpoint.min_backoff_period > endpoint.max_backoff_period) {
    at('min_backoff_period', 'min_backoff_period is above max_backoff_period')
  }
  for (const name of endpoint.headers.keys()) {
    if (/^(content-type|content-encoding|user-agent)$/i.test(name)) {
      at('headers', `Weir sets the header ${name} itself; this one has no effect`, 'warning')
    }
  }
  return problems
}
