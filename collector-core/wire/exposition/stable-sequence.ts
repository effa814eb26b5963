/**
 * Builds a list that is mostly the same as last time, and hands out the same array object whenever it is. Arrays that
 * were handed out are never changed.
 */
export class StableSequence<T> {
  private last: readonly T[] = []
  private building: T[] | undefined
  private length = 0

  /** Starts over; what was not finished is dropped. */
  begin(): void {
    this.building = undefined
    this.length = 0
  }

  push(item: T): void {
    const at = this.length++
    if (this.building === undefined) {
      if (at < this.last.length && this.last[at] === item) return
      this.building = this.last.slice(0, at)
    }
    this.building.push(item)
  }

  get count(): number {
    return this.length
  }

  /** The finished list. */
  finish(): readonly T[] {
    if (this.building !== undefined) this.last = this.building
    else if (this.length < this.last.length) this.last = this.last.slice(0, this.length)
    this.building = undefined
    return this.last
  }
}
