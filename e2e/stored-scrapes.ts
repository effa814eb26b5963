import type { StoredExemplars, StoredSeries } from './prometheus.ts'

/** Stored series by their labels as text; samples as `turn: value`, or `@time: value` where the target gave the time. */
export type StoredScrapes = ReadonlyMap<string, readonly string[]>

/**
 * What was stored of the first `turns` scrapes of one target, with times replaced by the number of the scrape, so that two
 * scrapers can be compared. How long a scrape took is left out. `le` and `quantile` values that are integers are written
 * with a decimal point, as Prometheus 3 and OpenMetrics write them.
 */
export function storedScrapes(series: readonly StoredSeries[], turns: number): StoredScrapes {
  const up = series.find(({ labels }) => labels['__name__'] === 'up')
  if (up === undefined) throw new Error('there is no "up" among the series')
  const turnAt = new Map(up.samples.map(({ timestamp }, turn) => [timestamp, turn]))
  const end = up.samples[turns]?.timestamp ?? Infinity
  const stored = new Map<string, string[]>()
  for (const { labels, samples } of series) {
    if (labels['__name__'] === 'scrape_duration_seconds') continue
    const key = keyOf(labels)
    const values = samples
      .filter(({ timestamp }) => timestamp < end)
      .map(({ timestamp, value }) => `${turnAt.get(timestamp) ?? `@${timestamp}`}: ${value}`)
    if (values.length > 0) stored.set(key, [...new Set([...(stored.get(key) ?? []), ...values])])
  }
  return stored
}

/** What one side has and the other has not, at most ten of each. */
export function differences(ours: StoredScrapes, theirs: StoredScrapes): string[] {
  const lines: string[] = []
  for (const [key, values] of theirs) {
    const own = ours.get(key)
    if (own === undefined) lines.push(`missing ${key}`)
    else if (own.join() !== values.join())
      lines.push(`different ${key}\n  ours   ${own.join()}\n  theirs ${values.join()}`)
  }
  for (const key of ours.keys()) if (!theirs.has(key)) lines.push(`invented ${key}`)
  return lines.slice(0, 20)
}

export function sampleCount(stored: StoredScrapes): number {
  let count = 0
  for (const values of stored.values()) count += values.length
  return count
}

/** Stored exemplars in the same form: by series, sorted. */
export function exemplarLines(stored: readonly StoredExemplars[]): string[] {
  return stored
    .flatMap(({ seriesLabels, exemplars }) => exemplars.map((one) => `${keyOf(seriesLabels)} ${JSON.stringify(one)}`))
    .sort()
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => [name, isBound(name) ? decimal(value) : value])
  return JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const isBound = (name: string): boolean => name === 'le' || name === 'quantile'
const decimal = (value: string): string => (/^-?\d+$/.test(value) ? `${value}.0` : value)
