import type { ArgumentProblem } from '../../../schema/definition.ts'
import { defineComponent } from '../../../schema/definition.ts'
import { checkDistinctEndpoints, checkHttpEndpoint, keptOnDisk } from '../../../schema/delivery-endpoint.ts'
import { block, blocks, bool, choice, duration, integer, map, receiver, secret, string } from '../../../schema/field.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { httpClientFields } from '../../../schema/http-client-fields.ts'
import { relabelRuleFields } from '../../../schema/relabel-rule-fields.ts'
import { isLegacyLabelName } from '../../../signal/label-name.ts'
import { checkRelabelRules } from '../../../signal/relabel/check-rules.ts'

const cloudOnly = { level: 'refused', reason: 'signing requests for a cloud provider is not supported' } as const

const queueFields = {
  capacity: integer('Items a shard reads ahead into memory; the queue itself is on disk.', { default: 10_000, min: 1 }),
  max_shards: integer('Most requests under way at once; Weir never has more than 32.', { default: 50, min: 1 }),
  min_shards: integer('Requests that may be under way at once from the start.', { default: 1, min: 1 }),
  max_samples_per_send: integer('Most samples, exemplars and histograms in one request.', { default: 2000, min: 1 }),
  batch_send_deadline: duration('Longest wait for a request to fill up.', { default: 5000 }),
  min_backoff: duration('Wait before the first retry; it doubles from there.', { default: 30 }),
  max_backoff: duration('Longest wait between retries. There is no limit on their number.', { default: 5000 }),
  retry_on_http_429: bool('Retry when the server says that it receives too much.', { default: true }),
  sample_age_limit: duration('Drop samples that are older; 0 keeps all.', { default: 0 }),
}

const metadataFields = {
  send: bool('Send type, help and unit of metrics that bring them along.', { default: true }),
  send_interval: duration('How often to repeat metadata that did not change.', { default: 60_000 }),
  max_samples_per_send: integer('Most metadata entries in one request.', { default: 2000, min: 1 }),
}

const endpointFields = {
  ...httpClientFields,
  enable_http2: bool('Offer HTTP/2 to TLS servers.', { default: false }),
  url: string('Where to send: the remote write URL of Mimir, Prometheus or a compatible server.', { required: true }),
  name: string(
    'Names the endpoint in metrics and its queue on disk, which follows a name to another address. By default made from server, user and tenant.',
  ),
  remote_timeout: duration('Longest time a request may take.', { default: 30_000 }),
  headers: map(secret(''), 'Extra request headers; they win over those Weir sets.'),
  send_exemplars: bool('Send exemplars.', { default: true }),
  send_native_histograms: bool('Send native histograms.', { default: false }),
  protobuf_message: choice(
    ['prometheus.WriteRequest', 'io.prometheus.write.v2.Request'],
    'The message of the protocol: remote write 1.0 or 2.0.',
    { default: 'prometheus.WriteRequest' },
  ),
  round_robin_dns: bool('Choose another address of the host for each connection.', {
    default: false,
    support: { level: 'ignored', reason: 'the operating system chooses the address' },
  }),
  queue_config: block(queueFields, 'Request sizes and retries.', { presence: 'defaulted' }),
  metadata_config: block(metadataFields, 'Sending of metric metadata.', { presence: 'defaulted' }),
  write_relabel_config: blocks(relabelRuleFields, 'Rules applied before sending, after external_labels.'),
  sigv4: block({}, 'Amazon request signing.', { support: cloudOnly }),
  azuread: block({}, 'Azure authentication.', { support: cloudOnly }),
  google_iam: block({}, 'Google authentication.', { support: cloudOnly }),
}

export type EndpointArguments = ArgumentsOf<typeof endpointFields>

export const definition = defineComponent({
  name: 'prometheus.remote_write',
  summary: 'Sends metrics to servers that take Prometheus remote write, and keeps them on disk until they arrived.',
  stage: 'send',
  arguments: {
    external_labels: map(string(''), 'Labels added to every series that does not have them.'),
    endpoint: blocks(endpointFields, 'A server to send to; each gets everything.'),
    wal: block(
      {
        truncate_frequency: duration('How often Alloy trims its write-ahead log.', { default: 7_200_000 }),
        min_keepalive_time: duration('How long Alloy keeps data at least.', { default: 300_000 }),
        max_keepalive_time: duration('How long Alloy keeps data at most.', { default: 28_800_000 }),
      },
      "Alloy's write-ahead log.",
      { support: keptOnDisk },
    ),
  },
  exports: {
    receiver: receiver('metrics', 'Takes the metrics to send.'),
  },
  check(args) {
    const problems = args.endpoint.flatMap((endpoint, index) => checkEndpoint(endpoint, ['endpoint', index]))
    problems.push(...checkDistinctEndpoints(args.endpoint))
    for (const name of args.external_labels.keys()) {
      if (!isLegacyLabelName(name)) {
        problems.push({ path: ['external_labels'], message: `"${name}" is not a label name` })
      }
    }
    return problems
  },
  example: `prometheus.remote_write "mimir" {
	endpoint {
		url = "http://mimir:9009/api/v1/push"
	}
}
`,
})

function checkEndpoint(endpoint: EndpointArguments, path: readonly (string | number)[]): ArgumentProblem[] {
  const problems = [
    ...checkHttpEndpoint(endpoint, path, 'http://mimir:9009/api/v1/push'),
    ...checkRelabelRules(endpoint.write_relabel_config, [...path, 'write_relabel_config']),
  ]
  const { min_backoff: low, max_backoff: high, min_shards: fewest, max_shards: most } = endpoint.queue_config
  if (fewest > most) {
    problems.push({ path: [...path, 'queue_config', 'min_shards'], message: 'min_shards is above max_shards' })
  }
  if (low > high) {
    problems.push({ path: [...path, 'queue_config', 'min_backoff'], message: 'min_backoff is above max_backoff' })
  }
  return problems
}
