import { ByteStore } from './byte-store.ts'

/** An event longer than this is left out. */
const longestMessage = 1024 * 1024

/** Splits a stream into JSON values, one a line; what is not JSON, or too long, is counted and left out. */
export class JsonLines {
  private readonly onValue: (value: unknown) => void
  private readonly cut = new ByteStore()
  private skipping = false
  /** Lines left out so far. */
  skipped = 0

  constructor(onValue: (value: unknown) => void) {
    this.onValue = onValue
  }

  push(bytes: Uint8Array): void {
    let at = 0
    for (;;) {
      const found = bytes.indexOf(10, at)
      const stop = found < 0 ? bytes.length : found
      if (!this.skipping && this.cut.length + stop - at > longestMessage) {
        this.skipping = true
        this.skipped++
        this.cut.clear()
      }
      if (!this.skipping) this.cut.append(bytes, at, stop)
      if (found < 0) return
      this.emit()
      at = found + 1
    }
  }

  private emit(): void {
    if (!this.skipping && this.cut.length > 0) {
      let value: unknown
      try {
        value = JSON.parse(this.cut.buffer.toString('utf8', 0, this.cut.length))
      } catch {
        this.skipped++
        value = undefined
      }
      if (value !== undefined) this.onValue(value)
    }
    this.skipping = false
    this.cut.clear()
  }
}
