/** Where the body of a response goes, in order. */
export interface BodySink {
  /** Room to read up to `remaining` bytes into directly, announced by `filled`; without it bytes come by `write`. */
  room?(remaining: number): Uint8Array | undefined
  filled?(count: number): void
  /** Takes bytes; `full` ends the body early. A promise asks for no more bytes until it is settled. */
  write(bytes: Uint8Array): 'full' | undefined | Promise<void>
}

const firstBytes = 16 * 1024

/** A body buffer that is used again by later requests, so that a repeated download allocates nothing. */
export class ReusableBody {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0)

  /** A buffer of at least `length` bytes that begins with the first `keep` bytes of the one given before. */
  take(length: number, keep: number): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length < length) {
      const larger = Buffer.allocUnsafeSlow(length)
      larger.set(this.#bytes.subarray(0, keep))
      this.#bytes = larger
    }
    return this.#bytes
  }
}

/** Collects a body in memory, never more than `limit` bytes of it. */
export class CollectedBody implements BodySink {
  readonly #limit: number
  readonly #reuse: ReusableBody | undefined
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #length = 0
  /** More came than the limit allows. */
  overflowed = false

  /** `declared` is the length the head names, if it does; memory for it is taken at once, up to the limit. */
  constructor(limit: number, declared: number | undefined, reuse: ReusableBody | undefined) {
    this.#limit = limit
    this.#reuse = reuse
    if (declared !== undefined) this.#reserve(Math.min(declared, limit))
  }

  room(remaining: number): Uint8Array | undefined {
    const free = Math.min(this.#bytes.length, this.#limit) - this.#length
    return free >= remaining && remaining > 0 ? this.#bytes.subarray(this.#length, this.#length + remaining) : undefined
  }

  filled(count: number): void {
    this.#length += count
  }

  write(bytes: Uint8Array): 'full' | undefined {
    const free = this.#limit - this.#length
    const size = Math.min(bytes.length, free)
    const needed = this.#length + size
    if (needed > this.#bytes.length)
      this.#reserve(Math.min(Math.max(needed, this.#bytes.length * 2, firstBytes), this.#limit))
    this.#bytes.set(size === bytes.length ? bytes : bytes.subarray(0, size), this.#length)
    this.#length = needed
    if (bytes.length <= free) return undefined
    this.overflowed = true
    return 'full'
  }

  /** The body; it owns its memory unless a `ReusableBody` was given. */
  result(): Uint8Array {
    const whole = this.#bytes.length === this.#length ? this.#bytes : this.#bytes.subarray(0, this.#length)
    const wasteful = this.#reuse === undefined && this.#bytes.length - this.#length > this.#length >>> 2
    return wasteful ? Uint8Array.prototype.slice.call(whole) : whole
  }

  #reserve(length: number): void {
    if (this.#reuse !== undefined) {
      this.#bytes = this.#reuse.take(length, this.#length)
      return
    }
    const larger = Buffer.allocUnsafeSlow(length)
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
