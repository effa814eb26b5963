// One connection and the exchange that runs on it. Bytes are read into the connection's own buffer, or straight into the
// body where its length is known.
import type { Socket } from 'node:net'
import { classifyFailure, failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import { returnReadBuffer, takeReadBuffer } from './read-buffer.ts'
import type { ResponseReader } from './response-reader.ts'

/** What `net.connect` takes as `onread`. */
export interface OnRead {
  buffer(): Uint8Array
  callback(count: number, buffer: Uint8Array): boolean
}

/** Opens a socket; `onOpen` is called once when it is ready to send: connected, certificate checked. */
export type OpenSocket = (onRead: OnRead, onOpen: () => void) => Socket

/** How an exchange ended. `failure` is absent when the reader is done. */
export interface ExchangeEnd {
  readonly failure?: TransportFailure
  /** What a consumer of the body threw. */
  readonly thrown?: { readonly error: unknown }
}

export function cancelled(display: string): TransportFailure {
  return failure('aborted', `${display}: the request was cancelled`, 'Nothing to do; it was stopped on purpose.')
}

export function tooLate(display: string, timeoutMs: number): TransportFailure {
  return failure(
    'timeout',
    `${display}: no complete answer within ${Number((timeoutMs / 1000).toPrecision(3))} s`,
    'Check that the server is running and not overloaded, or allow it more time.',
  )
}

const itsLog = 'the log of the server or of a proxy between'

/** What to do about a server that ended a connection; `silent` when it had not said anything yet. */
function afterClose(display: string, silent: boolean): string {
  if (silent && display.startsWith('https:')) return `If it takes clear text, write http://; else look into ${itsLog}.`
  if (silent && display.startsWith('http:')) return `If it speaks TLS, write https://; else look into ${itsLog}.`
  return `Look into ${itsLog}; it ended the connection.`
}

const noBuffer = Buffer.alloc(0)

/** Carries one exchange at a time; after `dead` it is of no more use. */
export class HttpConnection {
  readonly key: string
  /** No exchange may start on it any more. */
  dead = false
  /** Exchanges finished on it. */
  served = 0
  /** When it became idle, on the pool's clock, and how long it may stay so. */
  idleSince = 0
  idleLimitMs = 0
  /** Called when the connection ends while no exchange runs on it. */
  onIdleEnd: () => void = () => undefined
  readonly #display: string
  readonly #socket: Socket
  #buffer = takeReadBuffer()
  #direct = false
  #reader: ResponseReader | undefined
  #settle: ((end: ExchangeEnd) => void) | undefined
  #opened: ((failure?: TransportFailure) => void) | undefined
  #busy = false
  #held: Buffer[] = []
  #ended = false
  #sending = false
  #activity: (() => void) | undefined

  /** Starts connecting; `opened` is called once, with the failure if there is one. */
  constructor(key: string, display: string, open: OpenSocket, opened: (failure?: TransportFailure) => void) {
    this.key = key
    this.#display = display
    this.#opened = opened
    this.#socket = open({ buffer: () => this.#nextBuffer(), callback: (count) => this.#onBytes(count) }, () => {
      const report = this.#opened
      this.#opened = undefined
      report?.()
    })
    this.#socket.on('end', () => this.#onEnd())
    this.#socket.on('error', (error) => this.#onError(error))
    this.#socket.on('close', () => {
      this.#onEnd()
      returnReadBuffer(this.#buffer)
      this.#buffer = noBuffer
    })
  }

  /** Sends a request and feeds its response to `reader`. `activity` is called for every read. */
  exchange(
    head: Buffer,
    body: readonly Uint8Array[],
    reader: ResponseReader,
    activity?: () => void,
  ): Promise<ExchangeEnd> {
    this.#reader = reader
    this.#activity = activity
    return new Promise((resolve) => {
      this.#settle = resolve
      this.#send(head, body)
    })
  }

  /** Ends the connection now; a running exchange ends with `reason`. */
  destroy(reason?: TransportFailure): void {
    const ended = reason ?? cancelled(this.#display)
    const report = this.#opened
    this.#opened = undefined
    this.#kill()
    if (this.#settle !== undefined) this.#finish({ failure: ended })
    report?.(ended)
  }

  /** An idle connection alone does not keep the process alive. */
  hold(busy: boolean): void {
    if (busy) this.#socket.ref()
    else this.#socket.unref()
  }

  #send(head: Buffer, body: readonly Uint8Array[]): void {
    const socket = this.#socket
    this.#sending = true
    const sent = (): void => {
      this.#sending = false
    }
    if (body.length === 0) {
      socket.write(head, sent)
      return
    }
    socket.cork()
    socket.write(head)
    body.forEach((part, index) => socket.write(part, index === body.length - 1 ? sent : undefined))
    socket.uncork()
  }

  #nextBuffer(): Uint8Array {
    const direct = this.#reader?.room()
    this.#direct = direct !== undefined
    return direct ?? this.#buffer
  }

  #onBytes(count: number): boolean {
    const reader = this.#reader
    if (reader === undefined) {
      // Bytes nobody asked for: the other side is out of step, so nothing it sends later can be trusted.
      this.#onIdleEnd()
      return false
    }
    this.#activity?.()
    if (this.#direct) {
      reader.filled(count)
      this.#afterRead(reader)
      return true
    }
    if (this.#busy) {
      this.#held.push(Buffer.from(this.#buffer.subarray(0, count)))
      return false
    }
    this.#consume(reader, this.#buffer, count)
    return !this.#busy
  }

  #consume(reader: ResponseReader, bytes: Buffer, count: number): void {
    let waiting: Promise<void> | undefined
    try {
      waiting = reader.read(bytes, count)
    } catch (error) {
      this.#finish({ thrown: { error } })
      this.#kill()
      return
    }
    if (waiting === undefined) {
      this.#afterRead(reader)
      return
    }
    this.#busy = true
    // What is read meanwhile must not land in the bytes the consumer still holds.
    const lent = bytes === this.#buffer
    if (lent) this.#buffer = takeReadBuffer()
    waiting.then(
      () => {
        if (lent) returnReadBuffer(bytes)
        this.#busy = false
        if (this.#settle !== undefined) this.#resume(reader)
      },
      (error: unknown) => {
        this.#finish({ thrown: { error } })
        this.#kill()
      },
    )
  }

  #resume(reader: ResponseReader): void {
    while (!this.#busy && this.#held.length > 0 && this.#settle !== undefined) {
      const next = this.#held.shift()!
      this.#consume(reader, next, next.length)
    }
    if (this.#busy || this.#settle === undefined) return
    this.#afterRead(reader)
    if (this.#ended) this.#endOfInput(reader)
    else if (this.#reader !== undefined) this.#socket.resume()
  }

  #afterRead(reader: ResponseReader): void {
    if (reader.state === 'done') {
      if (!reader.keepAlive || this.#sending || this.#ended) this.#kill()
      this.#finish({})
    } else if (reader.state === 'failed') {
      this.#failReader(reader)
    }
  }

  #failReader(reader: ResponseReader): void {
    const reason = reader.failure!
    this.#kill()
    this.#finish({ failure: this.#explain(reason.code, reason.reason, this.served === 0 && !reader.started) })
  }

  #explain(
    code: 'malformed_response' | 'response_too_large' | 'closed',
    reason: string,
    silent: boolean,
  ): TransportFailure {
    switch (code) {
      case 'closed': {
        const message = `${this.#display}: the server closed the connection ${reason}`
        return failure('closed', message, afterClose(this.#display, silent))
      }
      case 'malformed_response':
        return failure(
          'malformed_response',
          `${this.#display}: the answer is not valid HTTP: ${reason}`,
          'Check that the port belongs to an HTTP server.',
        )
      case 'response_too_large':
        return failure(
          'response_too_large',
          `${this.#display}: the answer is too large: ${reason}`,
          'Raise the size limit if such answers are meant, or correct the address.',
        )
    }
  }

  #finish(end: ExchangeEnd): void {
    const settle = this.#settle
    this.#settle = undefined
    this.#reader = undefined
    this.#activity = undefined
    this.served++
    settle?.(end)
  }

  #onError(error: unknown): void {
    const classified = classifyFailure(error, this.#display)
    this.#kill()
    const report = this.#opened
    this.#opened = undefined
    report?.(classified)
    if (this.#settle !== undefined) this.#finish({ failure: classified })
    else this.onIdleEnd()
  }

  #onEnd(): void {
    if (this.#ended) return
    this.#ended = true
    const report = this.#opened
    this.#opened = undefined
    report?.(this.#explain('closed', 'before it was ready', true))
    const reader = this.#reader
    if (reader === undefined) this.#onIdleEnd()
    else if (!this.#busy) this.#endOfInput(reader)
  }

  #onIdleEnd(): void {
    this.#kill()
    this.onIdleEnd()
  }

  #endOfInput(reader: ResponseReader): void {
    reader.end()
    this.#afterRead(reader)
  }

  #kill(): void {
    if (this.dead) return
    this.dead = true
    this.#held = []
    this.#socket.destroy()
  }
}
