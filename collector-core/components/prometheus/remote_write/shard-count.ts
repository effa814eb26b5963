// How many requests an endpoint has under way at once, by the rule of Prometheus: as many as it takes to send what comes
// in and a part of what waits, at the speed of late.
import { groupsFor } from '../../../delivery/lanes.ts'

const intervalMs = 10_000
const newestWeight = 0.2
/** Share of the backlog that should be gone after a second. */
const backlogShare = 0.05
/** Changes smaller than this share are not worth it. */
const tolerance = 0.3
/** What waits is cut into this many groups while there is a backlog, so that it can be sent side by side later on. */
const backlogGroups = 8

/** Configured bounds. */
export interface ShardBounds {
  readonly min: number
  readonly max: number
}

export class ShardCount {
  /** Requests that may be under way at once. */
  current: number
  /** As many as would be right, without bounds. */
  desired: number
  private bounds: ShardBounds
  private since: number
  private readonly taken = new Rate()
  private readonly sent = new Rate()
  private readonly sending = new Rate()
  private lastSentAt = -Infinity
  private lastFailedAt = -Infinity

  /** Times are monotonic, in milliseconds. */
  constructor(bounds: ShardBounds, now: number) {
    this.bounds = bounds
    this.current = this.desired = bounds.min
    this.since = now
  }

  /** Applies new bounds. */
  bound(bounds: ShardBounds): void {
    this.bounds = bounds
    this.current = this.clamp(this.current)
  }

  noteTaken(items: number): void {
    this.taken.add(items)
  }

  noteSent(items: number, tookMs: number, now: number): void {
    this.sent.add(items)
    this.sending.add(tookMs / 1000)
    this.lastSentAt = now
  }

  noteFailed(now: number): void {
    this.lastFailedAt = now
  }

  /** Looks again whether the count is right, every ten seconds; `waiting` items are queued. */
  review(now: number, waiting: number): void {
    const elapsed = now - this.since
    if (elapsed < intervalMs) return
    this.since = now
    for (const rate of [this.taken, this.sent, this.sending]) rate.close(elapsed / 1000)
    if (this.sent.value === 0) return
    const secondsPerItem = this.sending.value / this.sent.value
    this.desired = secondsPerItem * (this.taken.value + backlogShare * waiting)
    // A server that does not answer, or refuses, is not helped by more requests.
    if (now - this.lastSentAt > intervalMs || now - this.lastFailedAt < intervalMs) return
    const { current, desired } = this
    if (desired > current * (1 - tolerance) && desired < current * (1 + tolerance)) return
    this.current = this.clamp(Math.ceil(desired))
  }

  /** Groups of lanes to cut what comes in into. */
  groups(hasBacklog: boolean): number {
    const { current, bounds } = this
    return groupsFor(hasBacklog ? Math.max(current, Math.min(backlogGroups, bounds.max)) : current)
  }

  private clamp(count: number): number {
    return Math.max(this.bounds.min, Math.min(count, this.bounds.max))
  }
}

/** An amount per second, its past fading. */
class Rate {
  value = 0
  private amount = 0
  private started = false

  add(amount: number): void {
    this.amount += amount
  }

  close(seconds: number): void {
    const latest = this.amount / seconds
    this.value = this.started ? this.value + newestWeight * (latest - this.value) : latest
    this.started = true
    this.amount = 0
  }
}
