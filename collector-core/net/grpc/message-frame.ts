/** Bytes in front of each gRPC message: one flag byte (1 = compressed) and a big-endian length. */
export const framePrefixBytes = 5

/** Frames the message that `parts` are the pieces of, in the memory of `spare` where that is large enough. */
export function frameMessage(parts: readonly Uint8Array[], compressed: boolean, spare?: Buffer): Buffer {
  let length = 0
  for (const part of parts) length += part.length
  const size = framePrefixBytes + length
  const frame = spare !== undefined && spare.length >= size ? spare.subarray(0, size) : Buffer.allocUnsafe(size)
  frame[0] = compressed ? 1 : 0
  frame.writeUInt32BE(length, 1)
  let at = framePrefixBytes
  for (const part of parts) {
    frame.set(part, at)
    at += part.length
  }
  return frame
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
  private received = 0
  private expected: number | undefined

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
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

  /** The message once the peer has ended its side. */
  finish(): UnaryMessage | FrameProblem {
    if (this.expected === undefined || this.received < this.expected + framePrefixBytes) {
      return { problem: 'malformed', detail: 'the message is shorter than announced' }
    }
    const whole = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks, this.received)
    return { message: whole.subarray(framePrefixBytes), compressed: whole[0] === 1 }
  }
}
