// Turns totals seen now and then into a rate. Some sources flow all the time, others once per scrape interval, so the window
// is not fixed: it reaches over at least two bursts, a minute at most, and ends when the next burst is overdue.

interface Burst {
  /** When the total was seen to have grown, milliseconds. */
  readonly at: number
  readonly total: number
}

const longestMs = 65_000
/** A flow that grows in most frames is averaged over this long. */
const shortestMs = 5_000
const burstsOfSteadyFlow = 5

/** The rate of one growing total. */
export class RateWindow {
  private bursts: Burst[] = []
  private total: number
  private readonly openedAt: number

  /** Nothing is known about the time before `at`. */
  constructor(at: number, total: number) {
    this.openedAt = at
    this.total = total
  }

  /** Records the total at a later time; the total of a restarted source starts anew. */
  add(at: number, total: number): void {
    if (total < this.total) this.bursts = []
    else if (total > this.total) {
      if (this.bursts.length === 0) this.bursts.push({ at: this.openedAt, total: this.total })
      this.bursts.push({ at, total })
    }
    this.total = total
    const oldest = at - longestMs
    while (this.bursts.length > 2 && this.bursts[1].at <= oldest) this.bursts.shift()
  }

  /** Items per second at `now`; 0 once the next burst is well overdue. */
  rate(now: number): number {
    const last = this.bursts.at(-1)
    if (last === undefined) return 0
    const recent = this.bursts.filter(({ at }) => at >= now - shortestMs)
    const window = recent.length >= burstsOfSteadyFlow ? recent : this.wholeIntervals()
    const [first] = window
    const longestGap = window.slice(1).reduce((gap, { at }, index) => Math.max(gap, at - window[index].at), 0)
    if (now - last.at > longestGap * 1.5 + shortestMs) return 0
    // What came before watching began is not known: a first burst right after it says little about the rate.
    const least = first.at === this.openedAt ? shortestMs : 0
    return ((last.total - first.total) / Math.max(last.at - first.at, least)) * 1000
  }

  /**
   * From the earliest burst about as large as the newest, so that several sources with one interval are each counted a
   * whole number of times. Without one, the part of an interval that was left when watching began counts too.
   */
  private wholeIntervals(): readonly Burst[] {
    const { bursts } = this
    const sizeOf = (index: number): number => bursts[index].total - bursts[index - 1].total
    const newest = sizeOf(bursts.length - 1)
    for (let index = 1; index < bursts.length - 1; index++) {
      if (Math.abs(sizeOf(index) - newest) <= newest * 0.25) return bursts.slice(index)
    }
    return bursts
  }
}
