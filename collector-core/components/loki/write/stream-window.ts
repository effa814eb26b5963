/** Counts the streams of a request that is filling up: it starts over after `size` bytes or `ageMs`, as a request does. */
export class StreamWindow {
  private readonly most: number
  private readonly size: number
  private readonly ageMs: number
  private readonly streams = new Set<string>()
  private bytes = 0
  private startedAt = -Infinity

  constructor(most: number, size: number, ageMs: number) {
    this.most = most
    this.size = size
    this.ageMs = ageMs
  }

  /** Whether a stream still fits; if so it counts from now on. */
  takes(stream: string, bytes: number, now: number): boolean {
    if (this.bytes >= this.size || now - this.startedAt >= this.ageMs) {
      this.streams.clear()
      this.bytes = 0
      this.startedAt = now
    }
    if (!this.streams.has(stream) && this.streams.size >= this.most) return false
    this.streams.add(stream)
    this.bytes += bytes
    return true
  }
}
