import type { MetricMetadata } from '../../../signal/metric-batch.ts'
import { mostFamilies } from '../../../wire/remote_write/metadata-store.ts'

interface Sent {
  readonly entry: MetricMetadata
  readonly at: number
}

/** Says which metadata of a batch is due: what is new or different, and the rest once per interval. */
export class MetadataSchedule {
  private readonly intervalMs: number
  private readonly sent = new Map<string, Sent>()

  constructor(intervalMs: number) {
    this.intervalMs = intervalMs
  }

  due(metadata: readonly MetricMetadata[], now: number): readonly MetricMetadata[] {
    if (metadata.length === 0) return metadata
    return metadata.filter((entry) => {
      const last = this.sent.get(entry.family)
      if (last === undefined) return this.sent.size < mostFamilies
      return now - last.at >= this.intervalMs || !same(last.entry, entry)
    })
  }

  remember(metadata: readonly MetricMetadata[], now: number): void {
    for (const entry of metadata) this.sent.set(entry.family, { entry, at: now })
  }
}

function same(a: MetricMetadata, b: MetricMetadata): boolean {
  return a === b || (a.type === b.type && a.help === b.help && a.unit === b.unit)
}
