// Recognises byte strings seen before without making strings of them: the keys lie in one arena and are compared by
// 32-bit words, either where one is predicted or through a hash table.

const seed = 0x811c9dc5 | 0
const prime = 0x01000193

/** The context of keys that are the same key in every context. */
export const anyContext = -1

/** A growing set of byte strings, each under a number counting from 0, told apart by bytes and by `context`. */
export class ByteKeys {
  size = 0
  private arena: Uint8Array<ArrayBuffer> = new Uint8Array(4096)
  private view = new DataView(this.arena.buffer)
  private used = 0
  private starts = new Int32Array(64)
  private lengths = new Int32Array(64)
  private contexts = new Int32Array(64)
  private hashes = new Int32Array(64)
  private slots = new Int32Array(128).fill(-1)

  /** Bytes held by the keys themselves. */
  get bytes(): number {
    return this.used
  }

  lengthOf(id: number): number {
    return this.lengths[id]
  }

  /** Whether `body` goes on with key `id` at `at`. */
  matches(id: number, context: number, body: DataView, at: number): boolean {
    const length = this.lengths[id]
    const own = this.contexts[id]
    if ((own !== context && own !== anyContext) || at + length > body.byteLength) return false
    const view = this.view
    const start = this.starts[id]
    if (length < 4) {
      for (let i = 0; i < length; i++) if (view.getUint8(start + i) !== body.getUint8(at + i)) return false
      return true
    }
    const last = length - 4
    for (let i = 0; i < last; i += 4) {
      if (view.getInt32(start + i, true) !== body.getInt32(at + i, true)) return false
    }
    return view.getInt32(start + last, true) === body.getInt32(at + last, true)
  }

  /** The number of the key `body[from..to)`, or -1. */
  find(context: number, body: DataView, from: number, to: number): number {
    const slots = this.slots
    const mask = slots.length - 1
    const hash = hashOf(context, body, from, to)
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot]
      if (id < 0) return -1
      if (this.hashes[id] === hash && this.lengths[id] === to - from && this.matches(id, context, body, from)) return id
    }
  }

  /** Adds a key that is not there yet and answers its number. */
  add(context: number, body: DataView, from: number, to: number): number {
    return this.append(context, body, from, to, hashOf(context, body, from, to))
  }

  /** Adds a key of another set that is not there yet and answers its number. */
  copy(other: ByteKeys, id: number): number {
    const from = other.starts[id]
    return this.append(other.contexts[id], other.view, from, from + other.lengths[id], other.hashes[id])
  }

  private append(context: number, body: DataView, from: number, to: number, hash: number): number {
    const length = to - from
    this.reserve(length)
    const id = this.size++
    this.arena.set(new Uint8Array(body.buffer, body.byteOffset + from, length), this.used)
    this.starts[id] = this.used
    this.lengths[id] = length
    this.contexts[id] = context
    this.hashes[id] = hash
    this.used += length
    this.place(id)
    return id
  }

  private reserve(length: number): void {
    if (this.used + length > this.arena.length) {
      const arena = new Uint8Array(Math.max(this.arena.length * 2, this.used + length))
      arena.set(this.arena.subarray(0, this.used))
      this.arena = arena
      this.view = new DataView(arena.buffer)
    }
    if (this.size === this.starts.length) {
      this.starts = doubled(this.starts)
      this.lengths = doubled(this.lengths)
      this.contexts = doubled(this.contexts)
      this.hashes = doubled(this.hashes)
      this.slots = new Int32Array(this.slots.length * 2).fill(-1)
      for (let id = 0; id < this.size; id++) this.place(id)
    }
  }

  private place(id: number): void {
    const mask = this.slots.length - 1
    let slot = this.hashes[id] & mask
    while (this.slots[slot] >= 0) slot = (slot + 1) & mask
    this.slots[slot] = id
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2)
  larger.set(column)
  return larger
}

function hashOf(context: number, body: DataView, from: number, to: number): number {
  let hash = seed ^ context
  let at = from
  for (; at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ body.getInt32(at, true), prime)
    hash ^= hash >>> 15
  }
  for (; at < to; at++) hash = Math.imul(hash ^ body.getUint8(at), prime)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
