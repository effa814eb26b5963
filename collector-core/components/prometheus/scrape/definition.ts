import { defineComponent } from '../../../schema/definition.ts'
import {
  block,
  bool,
  bytes,
  choice,
  duration,
  float,
  integer,
  list,
  map,
  receivers,
  string,
  targets,
} from '../../../schema/field.ts'
import { checkHttpClient, httpClientFields } from '../../../schema/http-client-fields.ts'
import { checkScrapeArguments, defaultScrapeProtocols } from './pure/scrape-protocols.ts'

export const definition = defineComponent({
  name: 'prometheus.scrape',
  summary: 'Pulls Prometheus metrics from targets at a fixed interval.',
  stage: 'collect',
  arguments: {
    targets: targets('The targets to scrape.'),
    forward_to: receivers('metrics', 'Where the metrics go.', { required: true }),
    job_name: string('The `job` of targets that have none; by default the id of the component.', { default: '' }),
    scrape_interval: duration('How often each target is scraped.', { default: 60_000 }),
    scrape_timeout: duration('How long one scrape may take; at most the interval.', { default: 10_000 }),
    metrics_path: string('Path of the metrics.', { default: '/metrics' }),
    scheme: string('`http` or `https`.', { default: 'http' }),
    params: map(list(string(''), ''), 'Query parameters.'),
    honor_labels: bool('Prefer the labels a target exposes to its own `job`, `instance` and so on.', {
      default: false,
    }),
    honor_timestamps: bool('Use the timestamps a target exposes.', { default: true }),
    track_timestamps_staleness: bool('Mark series with own timestamps stale too when they disappear.', {
      default: false,
    }),
    scrape_protocols: list(string(''), 'Formats to ask for, the preferred first.', { default: defaultScrapeProtocols }),
    scrape_fallback_protocol: string('Format of answers whose Content-Type says nothing; empty refuses them.', {
      default: 'PrometheusText0.0.4',
    }),
    scrape_native_histograms: bool('Collect native histograms, which needs PrometheusProto.', { default: false }),
    scrape_classic_histograms: bool('Collect the classic buckets of a native histogram too.', { default: false }),
    convert_classic_histograms_to_nhcb: bool('Turn classic histograms into native ones with custom buckets.', {
      default: false,
    }),
    native_histogram_bucket_limit: integer('Most buckets of a native histogram; 0 means no limit.', {
      default: 0,
      min: 0,
    }),
    native_histogram_min_bucket_factor: float('Merge buckets that grow by less than this factor; 0 turns it off.', {
      default: 0,
      min: 0,
    }),
    enable_protobuf_negotiation: bool('Prefer the protobuf format and collect native histograms.', {
      default: false,
      stability: 'deprecated',
    }),
    enable_compression: bool('Ask for gzip.', { default: true }),
    metric_name_validation_scheme: choice(['legacy', 'utf8'], 'Which metric and label names are valid.', {
      default: 'legacy',
    }),
    metric_name_escaping_scheme: choice(
      ['allow-utf-8', 'underscores', 'dots', 'values'],
      'How a target should escape other names; by default `underscores`, with utf8 `allow-utf-8`.',
    ),
    body_size_limit: bytes('Largest answer after decompression; 0 means the built-in bound of 50 MiB.', {
      default: 0,
    }),
    sample_limit: integer('Most samples of an answer; 0 means the built-in bound of 500,000.', { default: 0, min: 0 }),
    target_limit: integer('Most targets; when there are more, all of them fail. 0 means no limit.', {
      default: 0,
      min: 0,
    }),
    label_limit: integer('Most labels of a series; 0 means the built-in bound of 64.', { default: 0, min: 0 }),
    label_name_length_limit: integer('Longest label name in bytes; 0 means the built-in bound of 1 KiB.', {
      default: 0,
      min: 0,
    }),
    label_value_length_limit: integer('Longest label value in bytes; 0 means the built-in bound of 16 KiB.', {
      default: 0,
      min: 0,
    }),
    extra_metrics: bool('Report the timeout, the sample limit and the body size of each scrape too.', {
      default: false,
    }),
    scrape_failure_log_file: string('File to log failed scrapes to.', {
      support: {
        level: 'ignored',
        reason: 'failed scrapes are in the log and the debug info of the component, no separate file is written',
      },
    }),
    honor_metadata: bool('Pass on type, help and unit of metrics.', { default: false, stability: 'experimental' }),
    enable_type_and_unit_labels: bool('Add the labels __type__ and __unit__.', {
      default: false,
      stability: 'experimental',
      support: { level: 'ignored', reason: 'the labels __type__ and __unit__ are not added' },
    }),
    start_timestamp_zero_ingestion: bool('Add a zero sample where a counter starts.', {
      default: false,
      stability: 'experimental',
      support: { level: 'ignored', reason: 'no zero samples are added' },
    }),
    clustering: block(
      { enabled: bool('Share the targets with other instances.', { default: false }) },
      'Sharing the targets within a cluster.',
      { support: { level: 'ignored', reason: 'this collector runs alone and scrapes all targets itself' } },
    ),
    ...httpClientFields,
  },
  exports: {},
  check: (args) => [...checkScrapeArguments(args), ...checkHttpClient(args)],
  example: `prometheus.scrape "app" {
	targets         = [{__address__ = "localhost:8080", job = "app"}]
	forward_to      = [prometheus.remote_write.default.receiver]
	scrape_interval = "30s"
	metrics_path    = "/actuator/prometheus"
}

prometheus.remote_write "default" {
	endpoint {
		url = "http://localhost:9009/api/v1/push"
	}
}
`,
})
