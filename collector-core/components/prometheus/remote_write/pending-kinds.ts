import type { RequestCounts } from '../../../wire/remote_write/envelope.ts'

/** What waits in a queue, by kind. */
export interface Pending {
  /** Metadata and everything of unknown kind included. */
  readonly samples: number
  readonly exemplars: number
  readonly histograms: number
}

/**
 * Tells exemplars and histograms in a queue apart, whose length is only known in items. Knows those that came in during
 * this run: while what an earlier run left is sent, or the full queue drops its oldest, some are taken for samples.
 */
export class PendingKinds {
  private exemplars = 0
  private histograms = 0

  taken(counts: RequestCounts): void {
    this.exemplars += counts.exemplars
    this.histograms += counts.histograms
  }

  /** Delivered or given up. */
  done(counts: RequestCounts): void {
    this.exemplars = Math.max(0, this.exemplars - counts.exemplars)
    this.histograms = Math.max(0, this.histograms - counts.histograms)
  }

  /** What a queue of so many items holds. */
  of(items: number): Pending {
    // Whatever was missed has left the queue too.
    if (items === 0) this.exemplars = this.histograms = 0
    const exemplars = Math.min(this.exemplars, items)
    const histograms = Math.min(this.histograms, items - exemplars)
    return { samples: items - exemplars - histograms, exemplars, histograms }
  }
}
