/** A format `alloy convert` reads. */
export interface ForeignFormat {
  readonly name: string
  readonly flag: string
}

const formats: readonly (ForeignFormat & { readonly keys: readonly string[] })[] = [
  { name: 'Promtail', flag: 'promtail', keys: ['clients', 'positions'] },
  { name: 'the OpenTelemetry Collector', flag: 'otelcol', keys: ['receivers', 'exporters', 'processors', 'service'] },
  { name: 'Prometheus', flag: 'prometheus', keys: ['scrape_configs', 'remote_write', 'global', 'rule_files'] },
  { name: 'Grafana Agent', flag: 'static', keys: ['integrations', 'traces', 'logs', 'metrics'] },
]

/** The format of a text that is a config, but not one in Alloy's language, told by its first level of keys. */
export function foreignFormat(text: string): ForeignFormat | 'json' | undefined {
  if (/^\s*[{[]\s*["{}[\]]/.test(text)) return 'json'
  const keys = new Set([...text.matchAll(/^([a-z_]+):(?:[ \t]*(?:#.*)?)\r?$/gm)].map(([, key]) => key))
  return formats.find((format) => format.keys.some((key) => keys.has(key)))
}
