import type { Collector } from '../runtime/collector.ts'
import type { DebugStatement } from '../runtime/component.ts'

/** One scrape target in the shape of Prometheus' `/api/v1/targets`. */
export interface ScrapeTarget {
  readonly discoveredLabels: unknown
  readonly labels: unknown
  readonly scrapePool: string
  readonly scrapeUrl: unknown
  readonly globalUrl: unknown
  readonly lastError: unknown
  readonly lastScrape: unknown
  readonly lastScrapeDuration: unknown
  readonly health: unknown
}

/** Every target of every `prometheus.scrape`, read from their debug info. */
export function scrapeTargets(collector: Collector): ScrapeTarget[] {
  return collector
    .components()
    .filter(({ node }) => node.name === 'prometheus.scrape')
    .flatMap(({ running }) =>
      running
        .debugInfo()
        .filter((statement) => statement.kind === 'block' && statement.name === 'target')
        .map((statement) => {
          const value = attributesOf(statement)
          return {
            discoveredLabels: value.discovered_labels ?? value.labels,
            labels: value.labels,
            scrapePool: running.id,
            scrapeUrl: value.url,
            globalUrl: value.url,
            lastError: value.last_error ?? '',
            lastScrape: value.last_scrape,
            lastScrapeDuration: value.last_scrape_duration,
            health: value.health,
          }
        }),
    )
}

function attributesOf(statement: DebugStatement): Record<string, unknown> {
  if (statement.kind !== 'block') return {}
  return Object.fromEntries(
    statement.body.flatMap((item) => (item.kind === 'attribute' ? [[item.name, item.value]] : [])),
  )
}
