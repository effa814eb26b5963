// A clear-text port for HTTP/2 that has an answer for whatever else arrives: programs configured for the other OTLP port are
// the usual case, and without an answer all they report is a lost connection.
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import type { Clock } from '../../runtime/clock.ts'

/** What arrived instead of HTTP/2. */
export type Stranger = 'http1' | 'tls' | 'unknown'

export interface Http2PortOptions {
  readonly clock: Clock
  /** How long a connection may take to say what it speaks, ms. */
  readonly headMs: number
  /** What a client that speaks HTTP/1 is told. */
  readonly advice: string
  readonly onHttp2: (socket: Socket) => void
  readonly onStranger: (stranger: Stranger) => void
}

const preface = Buffer.from('PRI * HTTP/2.0')
const tlsHandshake = 0x16
const lingerMs = 2_000

/** Looks at the first bytes of each connection and passes it on with them unread, or answers it. */
export function createHttp2Port(options: Http2PortOptions): Server {
  return createServer({ noDelay: true }, (socket) => {
    let seen: Buffer = Buffer.alloc(0)
    socket.on('error', () => undefined)
    const deadline = options.clock.after(options.headMs, () => socket.destroy())
    socket.once('close', () => deadline.cancel())
    const look = (chunk: Buffer): void => {
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk])
      const known = Math.min(seen.length, preface.length)
      const matches = seen.compare(preface, 0, known, 0, known) === 0
      if (matches && known < preface.length) return
      socket.off('data', look)
      deadline.cancel()
      if (matches) {
        socket.pause()
        socket.unshift(seen)
        options.onHttp2(socket)
        return
      }
      const stranger = strangerOf(seen)
      options.onStranger(stranger)
      if (stranger === 'http1') answerHttp1(socket, options.advice, options.clock)
      else socket.destroy()
    }
    socket.on('data', look)
  })
}

function strangerOf(bytes: Buffer): Stranger {
  if (bytes[0] === tlsHandshake) return 'tls'
  return /^[A-Z]{1,10}(?: |$)/.test(bytes.toString('latin1', 0, 16)) ? 'http1' : 'unknown'
}

/** Answers an HTTP/1 request with 400 and a sentence, and reads what else comes so that the answer is not lost to a reset. */
export function answerHttp1(socket: Socket, advice: string, clock: Clock): void {
  const body = Buffer.from(`${advice}\n`)
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\n` +
      `X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body.toString('latin1')}`,
    'latin1',
  )
  socket.resume()
  const cut = clock.after(lingerMs, () => socket.destroy())
  socket.once('close', () => cut.cancel())
}
