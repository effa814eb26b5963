import type { Labels } from '../labels.ts'
import type { MetricMetadata, SeriesList } from '../metric-batch.ts'

/** What series of a family may be called beside the family itself. */
const suffixes = ['', '_total', '_bucket', '_sum', '_count', '_created', '_info', '_gsum', '_gcount']

/** Output name by input name; undefined where every series of that name was dropped. */
export type RenamedMetrics = ReadonlyMap<string, string | undefined>

/** What a mapping did to the metric names of a list. */
export function renamedMetrics(
  list: SeriesList,
  map: (labels: Labels, index: number) => Labels | undefined,
): Map<string, string | undefined> {
  const renamed = new Map<string, string | undefined>()
  for (let i = 0; i < list.length; i++) {
    const name = list[i].get('__name__')
    renamed.set(name, renamed.get(name) ?? map(list[i], i)?.get('__name__'))
  }
  return renamed
}

/**
 * Metadata names families, not series: an entry follows the first kept series of its family, is dropped when all of them
 * were, and stays as it is when the batch holds none of them.
 */
export function mapMetadata(metadata: readonly MetricMetadata[], renamed: RenamedMetrics): MetricMetadata[] {
  return metadata.flatMap((entry) => {
    let seen = false
    for (const suffix of suffixes) {
      const name = `${entry.family}${suffix}`
      if (!renamed.has(name)) continue
      seen = true
      const after = renamed.get(name)
      if (after === undefined || after === '') continue
      const family = after.endsWith(suffix) ? after.slice(0, after.length - suffix.length) : after
      return family === entry.family ? entry : { ...entry, family }
    }
    return seen ? [] : entry
  })
}
