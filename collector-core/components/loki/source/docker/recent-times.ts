const size = 1024

/** The timestamps of a channel's last 1,024 lines. */
export class RecentTimes {
  private readonly seconds = new Float64Array(size)
  private readonly nanos = new Uint32Array(size)
  private next = 0

  add(seconds: number, nanos: number): void {
    const at = this.next++ & (size - 1)
    this.seconds[at] = seconds
    this.nanos[at] = nanos
  }

  has(seconds: number, nanos: number): boolean {
    for (let i = 0; i < size; i++) if (this.seconds[i] === seconds && this.nanos[i] === nanos) return true
    return false
  }
}
