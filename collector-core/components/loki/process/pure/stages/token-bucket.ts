/** A token bucket that starts full: `rate` tokens per second, at most `burst` of them. Times in ms of a monotonic clock. */
export class TokenBucket {
  private readonly rate: number
  private readonly burst: number
  private tokens: number
  private refilledAt: number

  constructor(rate: number, burst: number, now: number) {
    this.rate = rate
    this.burst = burst
    this.tokens = burst
    this.refilledAt = now
  }

  /** Takes a token if there is one. */
  take(now: number): boolean {
    this.refill(now)
    if (this.tokens < 1) return false
    this.tokens--
    return true
  }

  /** Takes a token in any case and says how long, in ms, until it was really there. */
  reserve(now: number): number {
    this.refill(now)
    this.tokens--
    return this.tokens >= 0 ? 0 : (-this.tokens / this.rate) * 1000
  }

  private refill(now: number): void {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.refilledAt) / 1000) * this.rate)
    this.refilledAt = now
  }
}
