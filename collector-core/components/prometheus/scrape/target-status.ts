import type { DebugInfo, DebugStatement } from '../../../runtime/component.ts'
import type { TargetError } from './prepare-target.ts'
import type { ScrapeLoop } from './scrape-loop.ts'

/**
 * One `target` block per target: `job`, `url`, `health` (`up`, `down`, `unknown`), `labels` (an object), `last_error`
 * (empty when there is none), `last_scrape` (ISO 8601, empty before the first) and `last_scrape_duration` (a Go duration).
 * Targets that cannot be scraped at all come last, down and without a URL.
 */
export function targetBlocks(loops: readonly ScrapeLoop[], unusable: readonly TargetError[]): DebugInfo {
  return [
    ...loops.map(({ target, status }) =>
      block({
        job: target.labels.get('job'),
        url: target.url,
        health: status.health,
        labels: target.labels.toJSON(),
        last_error: status.lastError,
        last_scrape: status.lastScrape === undefined ? '' : new Date(status.lastScrape).toISOString(),
        last_scrape_duration: `${Number(status.lastDurationMs.toFixed(3))}ms`,
      }),
    ),
    ...unusable.map(({ discovered, reason }) =>
      block({
        job: discovered.get('job'),
        url: '',
        health: 'down',
        labels: discovered.toJSON(),
        last_error: `the target cannot be scraped: ${reason}`,
        last_scrape: '',
        last_scrape_duration: '0s',
      }),
    ),
  ]
}

function block(attributes: Readonly<Record<string, unknown>>): DebugStatement {
  return {
    kind: 'block',
    name: 'target',
    body: Object.entries(attributes).map(([name, value]) => ({ kind: 'attribute', name, value })),
  }
}
