// How rows are named. Numbers are big endian, so that the order of the bytes is the order of the numbers:
//
//   1 generation        : number of this opening of the store, u32
//   2 write log         : sequence u56                                                -> remote-write request
//   3 metric family     : name                                                        -> metadata
//   4 native histogram  : name                                                        -> nothing
//   5 probe             : nothing                                                     -> nothing
//   kind, window, …     : rows of one signal and one stretch of time (see `signals`), which age out together
//
// A window is counted in the signal's window length since 1970, u32.

/** The signals that are stored in windows; kind bytes of their rows, and the window length in milliseconds. */
export const signals = {
  metrics: { definitions: 0x10, data: 0x11, extra: 0x12, windowMs: 2 * 3_600_000 },
  logs: { definitions: 0x20, data: 0x21, extra: 0x22, windowMs: 600_000 },
  traces: { definitions: 0x30, data: 0x31, extra: 0x32, windowMs: 600_000 },
} as const

export type SignalName = keyof typeof signals

export const generationKey = Uint8Array.of(1)
export const writeLogKind = 2
export const familyKind = 3
export const nativeKind = 4
export const probeKind = 5

const sequenceBytes = 7
const timeBytes = 6

/** Builds a key from fields. */
export class KeyBuilder {
  private readonly bytes = Buffer.alloc(64)
  private length = 0

  static of(kind: number): KeyBuilder {
    const builder = new KeyBuilder()
    builder.bytes[builder.length++] = kind
    return builder
  }

  u32(value: number): this {
    this.length = this.bytes.writeUInt32BE(value, this.length)
    return this
  }

  /** Milliseconds since 1970. */
  time(ms: number): this {
    this.length = this.bytes.writeUIntBE(Math.max(0, ms), this.length, timeBytes)
    return this
  }

  sequence({ generation, count }: Sequence): this {
    this.length = this.bytes.writeUIntBE(generation, this.length, sequenceBytes - 4)
    this.length = this.bytes.writeUInt32BE(count, this.length)
    return this
  }

  raw(value: Uint8Array): this {
    this.bytes.set(value, this.length)
    this.length += value.length
    return this
  }

  build(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.bytes, 0, this.length)
  }
}

/** A number no other row has: the opening of the store it was given in, and a count within it. */
export interface Sequence {
  readonly generation: number
  readonly count: number
}

/** The keys that begin with `prefix`, as a half-open range. */
export function prefixRange(prefix: Uint8Array): readonly [from: Uint8Array, to: Uint8Array] {
  const to = Uint8Array.from(prefix)
  for (let at = to.length - 1; at >= 0; at--) {
    if (to[at] === 0xff) continue
    to[at]++
    return [prefix, to.subarray(0, at + 1)]
  }
  return [prefix, new Uint8Array(64).fill(0xff)]
}

/** The number of the window a time is in. */
export function windowAt(signal: SignalName, ms: number): number {
  return Math.max(0, Math.floor(ms / signals[signal].windowMs))
}

/** The u32 behind the kind byte of a key. */
export function windowOf(key: Uint8Array): number {
  return u32At(key, 1)
}

/** A u32 of a key. */
export function u32At(key: Uint8Array, at: number): number {
  return ((key[at] << 24) | (key[at + 1] << 16) | (key[at + 2] << 8) | key[at + 3]) >>> 0
}
