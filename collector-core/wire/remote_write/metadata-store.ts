import type { Labels } from '../../signal/labels.ts'
import type { MetricMetadata } from '../../signal/metric-batch.ts'

/** What a series of a family may be called beside the family itself, longest first. */
const suffixes = ['_created', '_bucket', '_gcount', '_total', '_count', '_gsum', '_info', '_sum']
export const mostFamilies = 20_000

/** The newest metadata of each family seen, at most `mostFamilies` of them (the first ones stay). */
export class MetadataStore {
  /** Grows whenever an answer of `ofSeries` may have changed. */
  revision = 0
  private readonly families = new Map<string, MetricMetadata>()

  get size(): number {
    return this.families.size
  }

  /** Takes entries in; true when one was new or different. */
  learn(metadata: readonly MetricMetadata[]): boolean {
    const before = this.revision
    for (const entry of metadata) {
      const known = this.families.get(entry.family)
      if (known === undefined && this.families.size >= mostFamilies) continue
      if (known?.type === entry.type && known.help === entry.help && known.unit === entry.unit) continue
      this.families.set(entry.family, entry)
      this.revision++
    }
    return this.revision !== before
  }

  /** The metadata of the family a series belongs to. */
  ofSeries(labels: Labels): MetricMetadata | undefined {
    const name = labels.get('__name__')
    const exact = this.families.get(name)
    if (exact !== undefined) return exact
    const suffix = suffixes.find((ending) => name.endsWith(ending))
    return suffix === undefined ? undefined : this.families.get(name.slice(0, -suffix.length))
  }
}
