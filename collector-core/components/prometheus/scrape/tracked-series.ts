import { Labels } from '../../../signal/labels.ts'
import { drained } from '../../../wire/exposition/exposition.ts'
import type { SeriesProblem } from './merge-labels.ts'

/** A series of one target, one object per final label set; the numbers are passes of `SeriesTracker`. */
export interface TrackedSeries {
  readonly labels: Labels
  readonly problem: SeriesProblem | undefined
  /** Where the tracker keeps it. */
  place: number
  /** The pass it was last exposed in. */
  seen: number
  /** The last pass in which its end would have to be marked. */
  tracked: number
}

/** Series remembered beyond twice those in use. */
const spared = 1000
/** Series looked at in one step, between which others get their turn. */
const stepSeries = 20_000

/** Remembers the series of one target from scrape to scrape and finds out which have ended. */
export class SeriesTracker {
  /** The current pass. */
  pass = 0
  private series: TrackedSeries[] = []
  /** By place, so that the table can grow without a look at the series. */
  private hashes = new Int32Array(64)
  /** Places by hash; no keys are made of the labels, they would be most of the memory. */
  private slots = new Int32Array(128).fill(-1)
  private alive: TrackedSeries[] = []
  private next: TrackedSeries[] = []

  /** The series with these labels. */
  intern(labels: Labels): TrackedSeries {
    const hash = hashOf(labels)
    const mask = this.slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = this.slots[slot]
      if (place < 0) return this.add(labels, hash)
      const known = this.series[place]
      if (this.hashes[place] === hash && sameLabels(known.labels, labels)) return known
    }
  }

  /** A series that makes every scrape it occurs in fail. */
  refused(problem: SeriesProblem): TrackedSeries {
    return { labels: Labels.empty, problem, place: -1, seen: 0, tracked: 0 }
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
  *finish(): Generator<undefined, TrackedSeries[], undefined> {
    const ended: TrackedSeries[] = []
    for (let i = 0; i < this.alive.length; i++) {
      if (i % stepSeries === stepSeries - 1) yield
      if (this.alive[i].tracked !== this.pass) ended.push(this.alive[i])
    }
    this.alive = this.next
    this.next = []
    return ended
  }

  /** Series whose end would have to be marked now. */
  get living(): readonly TrackedSeries[] {
    return this.alive
  }

  get size(): number {
    return this.series.length
  }

  /**
   * Forgets all series but those of this pass once they are many beside these; true when it did, and nobody may hold on
   * to forgotten ones.
   */
  *forget(...exposed: (readonly TrackedSeries[])[]): Generator<undefined, boolean, undefined> {
    const count = exposed.reduce((sum, list) => sum + list.length, 0)
    if (this.size <= 2 * count + spared) return false
    const kept: TrackedSeries[] = []
    const hashes = new Int32Array(sizeFor(count + this.alive.length))
    for (const list of [...exposed, this.alive]) {
      for (let i = 0; i < list.length; i++) {
        if (i % stepSeries === stepSeries - 1) yield
        const series = list[i]
        if (series.problem !== undefined || kept[series.place] === series) continue
        hashes[kept.length] = this.hashes[series.place]
        series.place = kept.push(series) - 1
      }
    }
    const slots = yield* slotsOf(hashes, kept.length)
    this.series = kept
    this.hashes = hashes
    this.slots = slots
    return true
  }

  private add(labels: Labels, hash: number): TrackedSeries {
    const series: TrackedSeries = { labels, problem: undefined, place: this.series.length, seen: 0, tracked: 0 }
    if (series.place === this.hashes.length) {
      const larger = new Int32Array(this.hashes.length * 2)
      larger.set(this.hashes)
      this.hashes = larger
      this.slots = drained(slotsOf(larger, series.place))
    }
    this.series.push(series)
    this.hashes[series.place] = hash
    insert(this.slots, hash, series.place)
    return series
  }
}

/** A table, half full at most, of the first `count` places by their hashes. */
function* slotsOf(hashes: Int32Array, count: number): Generator<undefined, Int32Array<ArrayBuffer>, undefined> {
  const slots = new Int32Array(hashes.length * 2).fill(-1)
  for (let place = 0; place < count; place++) {
    if (place % stepSeries === stepSeries - 1) yield
    insert(slots, hashes[place], place)
  }
  return slots
}

function insert(slots: Int32Array, hash: number, place: number): void {
  const mask = slots.length - 1
  let slot = hash & mask
  while (slots[slot] >= 0) slot = (slot + 1) & mask
  slots[slot] = place
}

/** A power of two. */
function sizeFor(count: number): number {
  let size = 64
  while (size < count) size *= 2
  return size
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
