import { Labels } from '../../../signal/labels.ts'
import type { SeriesProblem } from './merge-labels.ts'

/** A series of one target, one object per final label set; the numbers are passes of `SeriesTracker`. */
export interface TrackedSeries {
  readonly labels: Labels
  readonly problem: SeriesProblem | undefined
  /** The pass it was last exposed in. */
  seen: number
  /** The last pass in which its end would have to be marked. */
  tracked: number
}

/** Series remembered beyond twice those in use. */
const spared = 1000

/** Remembers the series of one target from scrape to scrape and finds out which have ended. */
export class SeriesTracker {
  /** The current pass. */
  pass = 0
  /** Series made so far. */
  created = 0
  private readonly byKey = new Map<string, TrackedSeries>()
  private alive: TrackedSeries[] = []
  private next: TrackedSeries[] = []

  /** The series with these labels. */
  intern(labels: Labels): TrackedSeries {
    let series = this.byKey.get(labels.key)
    if (series === undefined) {
      series = { labels, problem: undefined, seen: 0, tracked: 0 }
      this.byKey.set(labels.key, series)
      this.created++
    }
    return series
  }

  /** A series that makes every scrape it occurs in fail. */
  refused(problem: SeriesProblem): TrackedSeries {
    return { labels: Labels.empty, problem, seen: 0, tracked: 0 }
  }

  /** Starts a pass over everything exposed; what an abandoned pass tracked is forgotten. */
  begin(): void {
    this.pass++
    this.next = []
  }

  /** Notes that the series is alive in this pass. */
  track(series: TrackedSeries): void {
    if (series.tracked === this.pass) return
    series.tracked = this.pass
    this.next.push(series)
  }

  /** Ends the pass: the series that were alive before it and no longer are. */
  finish(): TrackedSeries[] {
    const ended = this.alive.filter((series) => series.tracked !== this.pass)
    this.alive = this.next
    this.next = []
    return ended
  }

  /** Series whose end would have to be marked now. */
  get living(): readonly TrackedSeries[] {
    return this.alive
  }

  get size(): number {
    return this.byKey.size
  }

  /**
   * Forgets series that are gone once they are many beside the `inUse` of this pass; true when it did, and nobody may
   * hold on to forgotten ones.
   */
  forget(inUse: number): boolean {
    if (this.byKey.size <= 2 * inUse + spared) return false
    for (const [key, series] of this.byKey) {
      if (series.seen < this.pass && series.tracked < this.pass) this.byKey.delete(key)
    }
    return true
  }
}
