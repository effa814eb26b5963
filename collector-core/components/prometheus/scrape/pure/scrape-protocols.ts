// Which formats are asked for, and what the arguments about them may say together.
import { formatDuration } from '../../../../language/duration.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'

/** Media type of each protocol; `escaped` ones carry the escaping scheme as a parameter. */
const protocols: ReadonlyMap<string, { readonly mediaType: string; readonly escaped?: true }> = new Map([
  [
    'PrometheusProto',
    {
      mediaType: 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
    },
  ],
  ['OpenMetricsText1.0.0', { mediaType: 'application/openmetrics-text;version=1.0.0', escaped: true }],
  ['OpenMetricsText0.0.1', { mediaType: 'application/openmetrics-text;version=0.0.1' }],
  ['PrometheusText1.0.0', { mediaType: 'text/plain;version=1.0.0', escaped: true }],
  ['PrometheusText0.0.4', { mediaType: 'text/plain;version=0.0.4' }],
])

export const defaultScrapeProtocols: readonly string[] = [
  'OpenMetricsText1.0.0',
  'OpenMetricsText0.0.1',
  'PrometheusText1.0.0',
  'PrometheusText0.0.4',
]

const firstWeight = 6

/** The arguments that decide about formats. */
export interface ProtocolArguments {
  readonly scrape_protocols: readonly string[]
  readonly scrape_fallback_protocol: string
  readonly scrape_native_histograms: boolean
  readonly enable_protobuf_negotiation: boolean
  readonly metric_name_validation_scheme: 'legacy' | 'utf8'
  readonly metric_name_escaping_scheme: string | undefined
}

/** What the format arguments come to once the shorthand among them is taken apart. */
export interface Negotiation {
  readonly protocols: readonly string[]
  readonly native: boolean
  readonly escaping: string
}

const isDefault = (names: readonly string[]): boolean => names.join() === defaultScrapeProtocols.join()

/** `enable_protobuf_negotiation`, and native histograms with the default list, put protobuf in front of that list. */
export function negotiate(args: ProtocolArguments): Negotiation {
  const native = args.scrape_native_histograms || args.enable_protobuf_negotiation
  const protobufFirst = native && isDefault(args.scrape_protocols)
  return {
    protocols: protobufFirst ? ['PrometheusProto', ...defaultScrapeProtocols] : args.scrape_protocols,
    native,
    escaping:
      args.metric_name_escaping_scheme ??
      (args.metric_name_validation_scheme === 'legacy' ? 'underscores' : 'allow-utf-8'),
  }
}

/** The `Accept` header: each format with a falling weight, anything else last. */
export function acceptHeader({ protocols: names, escaping }: Negotiation): string {
  const parts: string[] = []
  let weight = firstWeight
  for (const name of names) {
    const protocol = protocols.get(name)
    if (protocol === undefined) continue
    parts.push(`${protocol.mediaType}${protocol.escaped ? `;escaping=${escaping}` : ''};q=0.${weight--}`)
  }
  return [...parts, `*/*;q=0.${weight}`].join(',')
}

/** The media type of a protocol, without parameters; empty for the empty name. */
export function mediaTypeOf(protocol: string): string {
  return protocols.get(protocol)?.mediaType.split(';', 1)[0] ?? ''
}

/** The rules across the arguments of prometheus.scrape that are not about HTTP. */
export function checkScrapeArguments(
  args: ProtocolArguments & {
    readonly scrape_interval: number
    readonly scrape_timeout: number
    readonly scheme: string
  },
): ArgumentProblem[] {
  const problems: ArgumentProblem[] = []
  const refuse = (at: string, message: string): void => void problems.push({ path: [at], message })
  if (args.scrape_interval <= 0) refuse('scrape_interval', 'scrape_interval must be greater than 0')
  if (args.scrape_timeout <= 0) refuse('scrape_timeout', 'scrape_timeout must be greater than 0')
  if (args.scrape_timeout > args.scrape_interval) {
    const timeout = formatDuration(args.scrape_timeout)
    const interval = formatDuration(args.scrape_interval)
    refuse(
      'scrape_timeout',
      `scrape_timeout (${timeout}) must not be longer than scrape_interval (${interval}): set scrape_timeout = "${interval}" or less`,
    )
  }
  if (args.scheme !== 'http' && args.scheme !== 'https') refuse('scheme', 'scheme must be "http" or "https"')
  const known = [...protocols.keys()].join(', ')
  const seen = new Set<string>()
  args.scrape_protocols.forEach((name, index) => {
    const at = { path: ['scrape_protocols', index] }
    if (!protocols.has(name)) problems.push({ ...at, message: `"${name}" is not one of ${known}` })
    else if (seen.has(name)) problems.push({ ...at, message: `"${name}" is listed twice` })
    seen.add(name)
  })
  if (args.scrape_protocols.length === 0) refuse('scrape_protocols', `list at least one of ${known}`)
  if (args.scrape_fallback_protocol !== '' && !protocols.has(args.scrape_fallback_protocol)) {
    refuse('scrape_fallback_protocol', `"${args.scrape_fallback_protocol}" is not one of ${known}`)
  }
  if (!isDefault(args.scrape_protocols)) {
    if (args.enable_protobuf_negotiation) {
      refuse(
        'enable_protobuf_negotiation',
        'enable_protobuf_negotiation and scrape_protocols exclude each other: list PrometheusProto first instead',
      )
    } else if (args.scrape_native_histograms && !args.scrape_protocols.includes('PrometheusProto')) {
      refuse('scrape_native_histograms', 'scrape_native_histograms needs PrometheusProto in scrape_protocols')
    }
  }
  if (args.metric_name_escaping_scheme === 'allow-utf-8' && args.metric_name_validation_scheme !== 'utf8') {
    refuse(
      'metric_name_escaping_scheme',
      'metric_name_escaping_scheme "allow-utf-8" needs metric_name_validation_scheme = "utf8"',
    )
  }
  return problems
}
