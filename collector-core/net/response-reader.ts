// Turns the bytes of one response, in whatever pieces they arrive, into a head and a body. Knows nothing of sockets, so
// that every split and every mutation can be tested on it.
import { ChunkDecoder } from './chunk-decoder.ts'
import type { ResponseHead } from './http-message.ts'
import type { BodySink } from './response-body.ts'
import { responseFraming } from './response-framing.ts'
import type { Framing } from './response-framing.ts'
import { findHeadEnd, parseResponseHead } from './response-head.ts'

/** Gives the sink for the body, or a reason not to read it. `declared` is the length the head names. */
export type OpenBody = (head: ResponseHead, declared: number | undefined) => BodySink | { readonly tooLarge: number }

export type ReaderFailure =
  | { readonly code: 'malformed_response'; readonly reason: string }
  | { readonly code: 'response_too_large'; readonly reason: string }
  | { readonly code: 'closed'; readonly reason: string }

const maxInterimResponses = 16
const empty = new Uint8Array(0)

/** Reads one response to a request with the given method. */
export class ResponseReader {
  state: 'head' | 'body' | 'done' | 'failed' = 'head'
  /** Set in state `failed`. */
  failure: ReaderFailure | undefined
  head: ResponseHead | undefined
  /** In state `done`: another request may follow on the connection. */
  keepAlive = false
  keepAliveMs: number | undefined
  /** Any byte arrived. */
  started = false
  readonly #method: string
  readonly #headLimit: number
  readonly #open: OpenBody
  #pending: Uint8Array = empty
  #pendingLength = 0
  #searched = 0
  #interim = 0
  #framing: Framing | undefined
  #remaining = 0
  #sink: BodySink | undefined
  #chunks: ChunkDecoder | undefined

  constructor(method: string, headLimit: number, open: OpenBody) {
    this.#method = method
    this.#headLimit = headLimit
    this.#open = open
  }

  /** Memory the next bytes may be read into directly; they are then announced by `filled` instead of `read`. */
  room(): Uint8Array | undefined {
    if (this.state !== 'body' || this.#framing?.kind !== 'length') return undefined
    return this.#sink?.room?.(this.#remaining)
  }

  filled(count: number): void {
    this.#sink?.filled?.(count)
    this.#remaining -= count
    if (this.#remaining === 0) this.#finish(this.#framing!.keepAlive)
  }

  /**
   * Takes `bytes[0, end)`, which may be changed. A promise means the consumer is still busy with a part of `bytes`; call
   * again only when it is settled.
   */
  read(bytes: Uint8Array, end: number): Promise<void> | undefined {
    this.started = true
    let start = 0
    while (this.state === 'head') {
      start = this.#readHead(bytes, start, end)
      if (start === -1) return undefined
    }
    if (this.state === 'body') return start < end ? this.#readBody(bytes, start, end) : undefined
    if (this.state === 'done' && start < end) this.keepAlive = false
    return undefined
  }

  /** The other side sends no more. */
  end(): void {
    if (this.state === 'body' && this.#framing?.kind === 'close') this.#finish(false)
    else if (this.state === 'head')
      this.#fail('closed', this.started ? 'in the middle of the headers' : 'without an answer')
    else if (this.state === 'body') this.#fail('closed', 'in the middle of the body')
  }

  /** Gives the index after the head, or -1 when it is not complete or not acceptable. */
  #readHead(bytes: Uint8Array, start: number, end: number): number {
    if (this.#pendingLength === 0 && start === 0) {
      const headEnd = findHeadEnd(bytes, 0, end)
      if (headEnd !== -1) return this.#acceptHead(bytes, 0, headEnd) ? headEnd : -1
    }
    const before = this.#pendingLength
    this.#keep(bytes, start, end)
    const headEnd = findHeadEnd(this.#pending, this.#searched, this.#pendingLength)
    this.#searched = Math.max(0, this.#pendingLength - 2)
    if (headEnd === -1) {
      if (this.#pendingLength > this.#headLimit) this.#refuse(`its headers are longer than ${this.#headLimit} bytes`)
      return -1
    }
    const head = this.#pending
    this.#pendingLength = 0
    this.#searched = 0
    return this.#acceptHead(head, 0, headEnd) ? start + headEnd - before : -1
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const length = this.#pendingLength + end - start
    if (length > this.#pending.length) {
      const larger = new Uint8Array(Math.max(length, this.#pending.length * 2, 1024))
      larger.set(this.#pending.subarray(0, this.#pendingLength))
      this.#pending = larger
    }
    this.#pending.set(bytes.subarray(start, end), this.#pendingLength)
    this.#pendingLength = length
  }

  #acceptHead(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > this.#headLimit) return this.#refuse(`its headers are longer than ${this.#headLimit} bytes`)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
    const head = parseResponseHead(text)
    if (typeof head === 'string') return this.#refuse(head)
    if (head.status < 200) {
      if (head.status === 101) return this.#refuse('it switches to a protocol nobody asked for')
      if (++this.#interim > maxInterimResponses) return this.#refuse('it sends interim responses without end')
      return true
    }
    const framing = responseFraming(this.#method, head)
    if (typeof framing === 'string') return this.#refuse(framing)
    this.head = { status: head.status, headers: head.headers }
    this.#pending = empty
    this.#framing = framing
    this.keepAliveMs = framing.keepAliveMs
    const declared = framing.kind === 'length' ? framing.length : framing.kind === 'none' ? 0 : undefined
    const sink = this.#open(this.head, declared)
    if ('tooLarge' in sink) {
      return this.#fail('response_too_large', `it declares ${declared ?? 0} bytes, the limit is ${sink.tooLarge}`)
    }
    this.#sink = sink
    if (framing.kind === 'none') {
      this.#finish(framing.keepAlive)
    } else {
      this.state = 'body'
      this.#remaining = framing.length
      if (framing.kind === 'chunked') this.#chunks = new ChunkDecoder()
    }
    return true
  }

  #readBody(bytes: Uint8Array, start: number, end: number): Promise<void> | undefined {
    const framing = this.#framing!
    let bodyEnd = end
    let contentEnd = end
    let complete = false
    const chunks = this.#chunks
    if (chunks !== undefined) {
      contentEnd = start + chunks.decode(bytes, start, end)
      if (chunks.error !== undefined) {
        this.#refuse(chunks.error)
        return undefined
      }
      complete = chunks.done
      bodyEnd = chunks.consumed
    } else if (framing.kind === 'length') {
      bodyEnd = Math.min(end, start + this.#remaining)
      contentEnd = bodyEnd
      this.#remaining -= bodyEnd - start
      complete = this.#remaining === 0
    }
    const outcome = contentEnd > start ? this.#sink!.write(bytes.subarray(start, contentEnd)) : undefined
    if (outcome === 'full') this.#finish(false)
    else if (complete) this.#finish(framing.keepAlive && bodyEnd === end)
    return outcome instanceof Promise ? outcome : undefined
  }

  #finish(keepAlive: boolean): void {
    this.state = 'done'
    this.keepAlive = keepAlive
  }

  #refuse(reason: string): false {
    return this.#fail('malformed_response', reason)
  }

  #fail(code: ReaderFailure['code'], reason: string): false {
    this.state = 'failed'
    this.failure = { code, reason }
    return false
  }
}
