import { Labels } from '../../../signal/labels.ts'
import type { SeriesProblem } from './merge-labels.ts'

/** A series of one target, one object per final label set; the numbers are passes of `SeriesTracker`. */
export interface TrackedSeries {
  readonly labels: Labels
  /** A signed 32-bit number, which takes no memory of its own. */
  readonly hash: number
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
  /** By hash of their labels; no keys are made of the labels, they would be most of the memory. */
  private slots: (TrackedSeries | undefined)[] = new Array<undefined>(64).fill(undefined)
  private used = 0
  private alive: TrackedSeries[] = []
  private next: TrackedSeries[] = []

  /** The series with these labels. */
  intern(labels: Labels): TrackedSeries {
    const hash = hashOf(labels)
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (;;) {
      const series = this.slots[slot]
      if (series === undefined) break
      if (series.hash === hash && sameLabels(series.labels, labels)) return series
      slot = (slot + 1) & mask
    }
    const series: TrackedSeries = { labels, hash, problem: undefined, seen: 0, tracked: 0 }
    this.slots[slot] = series
    if (++this.used > this.slots.length >> 1) this.rebuild(this.slots)
    return series
  }

  /** A series that makes every scrape it occurs in fail. */
  refused(problem: SeriesProblem): TrackedSeries {
    return { labels: Labels.empty, hash: 0, problem, seen: 0, tracked: 0 }
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
    return this.used
  }

  /**
   * Forgets all series but those of this pass once they are many beside these; true when it did, and nobody may hold on
   * to forgotten ones.
   */
  forget(...exposed: (readonly TrackedSeries[])[]): boolean {
    const count = exposed.reduce((sum, list) => sum + list.length, 0)
    if (this.used <= 2 * count + spared) return false
    this.rebuild(...exposed, this.alive)
    return true
  }

  private rebuild(...lists: (readonly (TrackedSeries | undefined)[])[]): void {
    const most = lists.reduce((sum, list) => sum + list.length, 0)
    let size = 64
    while (size < most * 2) size *= 2
    const slots = new Array<TrackedSeries | undefined>(size).fill(undefined)
    this.used = 0
    for (const list of lists) {
      for (const series of list) {
        if (series === undefined || series.problem !== undefined) continue
        let slot = series.hash & (size - 1)
        while (slots[slot] !== undefined && slots[slot] !== series) slot = (slot + 1) & (size - 1)
        if (slots[slot] === series) continue
        slots[slot] = series
        this.used++
      }
    }
    this.slots = slots
  }
}

function sameLabels(a: Labels, b: Labels): boolean {
  if (a.names.length !== b.names.length) return false
  for (let i = 0; i < a.names.length; i++) {
    if (a.values[i] !== b.values[i] || a.names[i] !== b.names[i]) return false
  }
  return true
}

function hashOf(labels: Labels): number {
  const { names, values } = labels
  let hash = 0x811c9dc5
  for (let i = 0; i < names.length; i++) hash = hashText(hashText(hash, names[i]), values[i])
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

function hashText(seed: number, text: string): number {
  let hash = seed ^ text.length
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}
