// When a target is scraped: ticks at a fixed distance, each target at its own place within the interval.

/** A planned time this far from the wall clock is given up, milliseconds. */
const reanchorMs = 1000

/** Ticks on monotonic time, with the wall time each stands for; all in milliseconds. */
export class ScrapeSchedule {
  private readonly intervalMs: number
  private readonly firstAt: number
  private aligned: number
  private last = -1

  /** `hash` decides the place within the interval, counted from the epoch, so that it is the same after a restart. */
  constructor(intervalMs: number, hash: number, now: number, monotonic: number) {
    this.intervalMs = intervalMs
    const place = hash % intervalMs
    const delay = (((place - (now % intervalMs)) % intervalMs) + intervalMs) % intervalMs
    this.firstAt = monotonic + delay
    this.aligned = Math.round(now + delay)
  }

  /** The monotonic time of the next tick; ticks that have passed meanwhile are left out. */
  next(monotonic: number): number {
    this.last = Math.max(this.last + 1, Math.ceil((monotonic - this.firstAt) / this.intervalMs))
    return this.firstAt + this.last * this.intervalMs
  }

  /**
   * The timestamp of a scrape that starts at wall time `now`: the planned time if that is hardly different (then
   * timestamps are evenly spaced), else `now`.
   */
  timestamp(now: number): number {
    const { intervalMs } = this
    this.aligned += Math.round((now - this.aligned) / intervalMs) * intervalMs
    const difference = now - this.aligned
    // The wall clock was set: plan from here.
    if (Math.abs(difference) > reanchorMs) this.aligned = Math.round(now)
    return difference >= 0 && difference <= Math.min(2, intervalMs / 100) ? this.aligned : Math.round(now)
  }
}
