import type { BufferPool } from '../buffer-pool.ts'

/** Bytes in front of each gRPC message: one flag byte (1 = compressed) and a big-endian length. */
export const framePrefixBytes = 5

/** What goes in front of the message that `parts` are the pieces of. */
export function framePrefix(parts: readonly Uint8Array[], compressed: boolean): Buffer {
  let length = 0
  for (const part of parts) length += part.length
  const prefix = Buffer.allocUnsafe(framePrefixBytes)
  prefix[0] = compressed ? 1 : 0
  prefix.writeUInt32BE(length, 1)
  return prefix
}

/** The framed message that `parts` are the pieces of. */
export function frameMessage(parts: readonly Uint8Array[], compressed: boolean): Buffer {
  return Buffer.concat([framePrefix(parts, compressed), ...parts])
}

/** A whole unary message. */
export interface UnaryMessage {
  readonly message: Uint8Array
  readonly compressed: boolean
}

/** What is wrong with the body of a call. */
export interface FrameProblem {
  readonly problem: 'too-large' | 'malformed'
  readonly detail: string
}

/** Gathers the DATA of a unary call: exactly one message, its announced length checked before it is kept. */
export class MessageCollector {
  private readonly chunks: Uint8Array[] = []
  private readonly maxBytes: number
  private readonly pool: BufferPool | undefined
  private received = 0
  private expected: number | undefined
  private pooled: Buffer | undefined

  /** With a `pool` a message that came in pieces is put together in its memory. */
  constructor(maxBytes: number, pool?: BufferPool) {
    this.maxBytes = maxBytes
    this.pool = pool
  }

  /** Takes a chunk (which must stay untouched); a problem is final. */
  add(chunk: Uint8Array): FrameProblem | undefined {
    this.chunks.push(chunk)
    this.received += chunk.length
    if (this.expected === undefined && this.received >= framePrefixBytes) {
      if (this.chunks.length > 1) this.chunks.splice(0, this.chunks.length, Buffer.concat(this.chunks))
      const prefix = this.chunks[0]
      this.expected = prefix[1] * 2 ** 24 + ((prefix[2] << 16) | (prefix[3] << 8) | prefix[4])
      if (this.expected > this.maxBytes) {
        const detail = `the message has ${this.expected} bytes, more than the ${this.maxBytes} allowed`
        return { problem: 'too-large', detail }
      }
    }
    if (this.expected !== undefined && this.received > this.expected + framePrefixBytes) {
      return { problem: 'malformed', detail: 'a unary call carries more than one message' }
    }
    return undefined
  }

  /** The message once the peer has ended its side; good until `release`. */
  finish(): UnaryMessage | FrameProblem {
    if (this.expected === undefined || this.received < this.expected + framePrefixBytes) {
      return { problem: 'malformed', detail: 'the message is shorter than announced' }
    }
    const whole = this.chunks.length === 1 ? this.chunks[0] : this.joined()
    return { message: whole.subarray(framePrefixBytes, this.received), compressed: whole[0] === 1 }
  }

  /** Nobody looks at the message any more. */
  release(): void {
    if (this.pooled !== undefined) this.pool?.give(this.pooled)
    this.pooled = undefined
  }

  private joined(): Buffer {
    if (this.pool === undefined) return Buffer.concat(this.chunks, this.received)
    const buffer = (this.pooled = this.pool.take(this.received))
    let at = 0
    for (const chunk of this.chunks) {
      buffer.set(chunk, at)
      at += chunk.length
    }
    this.chunks.length = 0
    return buffer
  }
}
