import { parseDuration } from '../language/duration.ts'
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
  /** Seconds. */
  readonly lastScrapeDuration: number
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
            lastScrapeDuration: secondsOf(value.last_scrape_duration),
            health: value.health,
          }
        }),
    )
}

/** Seconds of a Go duration such as `4.2ms`; 0 before the first scrape. */
function secondsOf(duration: unknown): number {
  const parsed = parseDuration(typeof duration === 'string' ? duration : '')
  return parsed.problem === undefined ? parsed.duration.milliseconds / 1000 : 0
}

function attributesOf(statement: DebugStatement): Record<string, unknown> {
  if (statement.kind !== 'block') return {}
  return Object.fromEntries(
    statement.body.flatMap((item) => (item.kind === 'attribute' ? [[item.name, item.value]] : [])),
  )
}
