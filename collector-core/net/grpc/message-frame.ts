/** Bytes in front of each gRPC message: one flag byte (1 = compressed) and a big-endian length. */
export const framePrefixBytes = 5

/** Frames one message. */
export function frameMessage(message: Uint8Array, compressed: boolean): Buffer {
  const frame = Buffer.allocUnsafe(framePrefixBytes + message.length)
  frame[0] = compressed ? 1 : 0
  frame.writeUInt32BE(message.length, 1)
  frame.set(message, framePrefixBytes)
  return frame
}

/** A whole unary message, or what is wrong with the body so far. */
export type Unframed =
  | { readonly message: Uint8Array; readonly compressed: boolean }
  | { readonly problem: 'too-large' | 'malformed'; readonly detail: string }

/** Gathers the DATA of a unary call: exactly one message, its announced length checked before anything is kept. */
export class MessageCollector {
  private readonly chunks: Uint8Array[] = []
  private readonly maxBytes: number
  private received = 0
  private expected: number | undefined
  private prefix: Uint8Array = new Uint8Array(0)

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  /** Bytes held at the moment. */
  get held(): number {
    return this.received
  }

  /** Takes a chunk (which must stay untouched); a problem is final. */
  add(chunk: Uint8Array): Unframed | undefined {
    this.chunks.push(chunk)
    this.received += chunk.length
    if (this.expected === undefined && this.received >= framePrefixBytes) {
      this.prefix = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks).subarray(0, framePrefixBytes)
      const view = new DataView(this.prefix.buffer, this.prefix.byteOffset, framePrefixBytes)
      this.expected = view.getUint32(1)
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
  finish(): Unframed {
    if (this.expected === undefined || this.received < this.expected + framePrefixBytes) {
      return { problem: 'malformed', detail: 'the message is shorter than announced' }
    }
    const whole = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks, this.received)
    return { message: whole.subarray(framePrefixBytes), compressed: this.prefix[0] === 1 }
  }
}
