// One scrape beside the schedule, to see what a target exposes. Nothing of it is passed on or remembered.
import type { HttpClient } from '../../../net/http-arguments.ts'
import { ReusableBody } from '../../../net/response-body.ts'
import type { TrialScrape } from '../../../protocol.ts'
import type { Clock } from '../../../runtime/clock.ts'
import type { Exposition } from '../../../wire/exposition/exposition.ts'
import { explainExposition } from './explain-failure.ts'
import { fetchExposition } from './fetch-exposition.ts'
import type { FetchSettings } from './fetch-exposition.ts'
import { inSlices } from './in-slices.ts'
import type { ScrapeTarget } from './prepare-target.ts'
import { TargetReader } from './target-reader.ts'

const mostMetrics = 200
const longestName = 200
/** What the names of a family's samples have beyond its own. */
const suffixes = new Set(['', '_total', '_created', '_sum', '_count', '_bucket', '_gsum', '_gcount', '_info'])

export interface TrialSurroundings {
  readonly clock: Clock
  readonly client: HttpClient
  readonly ownAddress: () => string
}

/** Asks a target as its component would, once. */
export async function trialScrape(
  target: ScrapeTarget,
  settings: FetchSettings,
  { clock, client, ownAddress }: TrialSurroundings,
  signal: AbortSignal,
): Promise<TrialScrape> {
  const started = clock.monotonic()
  const result = (found: Partial<TrialScrape>): TrialScrape => ({
    ...{ durationMs: clock.monotonic() - started, bodyBytes: 0, samples: 0, metrics: [], metricCount: 0, error: '' },
    ...found,
  })
  const stopped = { error: 'the component was stopped meanwhile' }
  const fetched = await fetchExposition(client, target, settings, ownAddress, new ReusableBody(), signal)
  if (signal.aborted) return result(stopped)
  if (fetched.kind === 'failed') return result({ error: fetched.reason })
  const { body, format } = fetched
  const reader = new TargetReader<string>({ series: (name, _, family) => metricOf(name, family.name) }, target)
  const read = await inSlices(reader.reading(body, format), signal)
  if (read === undefined) return result(stopped)
  if (!read.ok) return result({ bodyBytes: body.length, error: explainExposition(read.error, body, target) })
  return result({ bodyBytes: body.length, ...metricsOf(read.exposition) })
}

/** The family a sample is of; one that only stands below the line of a family is a metric of its own. */
function metricOf(name: string, family: string): string {
  return family !== '' && name.startsWith(family) && suffixes.has(name.slice(family.length)) ? family : name
}

function metricsOf({ count, series, histograms }: Exposition<string>): Partial<TrialScrape> {
  const counts = new Map<string, number>()
  const add = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1)
  for (let index = 0; index < count; index++) add(series[index])
  for (const histogram of histograms) add(histogram.series)
  const metrics = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostMetrics)
    .map(([name, samples]) => ({ name: name.slice(0, longestName), samples }))
  return { samples: count + histograms.length, metrics, metricCount: counts.size }
}
