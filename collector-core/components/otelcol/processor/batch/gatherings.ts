import type { OtlpBatch, RequestMetadata } from '../../../../signal/otlp-batch.ts'
import { refused } from '../../../../signal/receiver.ts'
import type { Acceptance } from '../../../../signal/receiver.ts'
import type { Gathering, GatheringLimits } from './gathering.ts'

export interface GatheringsLimits extends GatheringLimits {
  readonly metadata_keys: readonly string[]
  readonly metadata_cardinality_limit: number
}

const noMetadata: RequestMetadata = new Map()

/** The gatherings of one kind of data, one for each combination of the values of `metadata_keys` that is under way. */
export class Gatherings {
  private readonly make: (limits: GatheringLimits, metadata: RequestMetadata) => Gathering
  private limits: GatheringsLimits
  private readonly byValues = new Map<string, Gathering>()
  private readonly ending = new Set<Promise<void>>()
  private stopped = false

  /** `metadata` is what the batches of a gathering have in common. */
  constructor(limits: GatheringsLimits, make: (limits: GatheringLimits, metadata: RequestMetadata) => Gathering) {
    this.limits = limits
    this.make = make
  }

  get size(): number {
    return this.byValues.size
  }

  /** Sends what has been gathered. */
  configure(limits: GatheringsLimits): void {
    this.limits = limits
    for (const gathering of this.byValues.values()) this.end(gathering)
    this.byValues.clear()
  }

  /** Resolves with what became of the batch. */
  async add(batch: OtlpBatch): Promise<Acceptance> {
    const { metadata_keys: keys, metadata_cardinality_limit: most } = this.limits
    const common = keys.length === 0 ? noMetadata : commonMetadata(keys, batch.metadata ?? noMetadata)
    const values = JSON.stringify([...common.values()])
    let gathering = this.byValues.get(values)
    if (gathering === undefined) {
      if (most > 0 && this.byValues.size >= most) {
        const shown = keys.join(', ')
        return refused(
          `more than ${most} combinations of ${shown} are under way: raise metadata_cardinality_limit`,
          false,
        )
      }
      gathering = this.make(this.limits, common)
      this.byValues.set(values, gathering)
      if (this.stopped) void gathering.stop()
    }
    const acceptance = await gathering.add(batch)
    if (gathering.idle && this.byValues.get(values) === gathering) this.byValues.delete(values)
    return acceptance
  }

  /** Sends what has been gathered, and from now on everything at once; settles when all of it was answered. */
  async stop(): Promise<void> {
    this.stopped = true
    for (const gathering of this.byValues.values()) this.end(gathering)
    await Promise.all(this.ending)
  }

  private end(gathering: Gathering): void {
    const ended = gathering.stop().finally(() => this.ending.delete(ended))
    this.ending.add(ended)
  }
}

function commonMetadata(keys: readonly string[], metadata: RequestMetadata): RequestMetadata {
  return new Map(keys.map((key) => [key.toLowerCase(), metadata.get(key.toLowerCase()) ?? []]))
}
