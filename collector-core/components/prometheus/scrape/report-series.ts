import type { Labels } from '../../../signal/labels.ts'

const always = [
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
]
const extra = ['scrape_timeout_seconds', 'scrape_sample_limit', 'scrape_body_size_bytes']

/** What is reported of every scrape. */
export interface ScrapeReport {
  readonly up: boolean
  readonly durationSeconds: number
  readonly scraped: number
  readonly kept: number
  readonly added: number
  readonly timeoutSeconds: number
  readonly sampleLimit: number
  /** -1 when the answer was too large, 0 on other failures. */
  readonly bodyBytes: number
}

/** The series a target's report goes to, in the order of `writeReport`. */
export function reportSeries(target: Labels, withExtra: boolean): readonly Labels[] {
  return (withExtra ? [...always, ...extra] : always).map((name) => target.with([['__name__', name]]))
}

/** Writes the report's values from `at` on. */
export function writeReport(report: ScrapeReport, withExtra: boolean, values: Float64Array, at: number): void {
  values[at] = report.up ? 1 : 0
  values[at + 1] = report.durationSeconds
  values[at + 2] = report.scraped
  values[at + 3] = report.kept
  values[at + 4] = report.added
  if (!withExtra) return
  values[at + 5] = report.timeoutSeconds
  values[at + 6] = report.sampleLimit
  values[at + 7] = report.bodyBytes
}
