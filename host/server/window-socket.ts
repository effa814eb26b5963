// One window's WebSocket: JSON text messages, bounded both ways, and closed when the window breaks the protocol, stops
// reading or is gone without a word.
import type { WebSocket } from 'ws'
import type { HostMessage } from '../contract/transport.ts'
import { Session } from '../session/session.ts'
import type { SessionOptions } from '../session/session.ts'

/** Bytes waiting for a window that does not read. */
const mostWaitingBytes = 64 * 1024 * 1024
const pingEveryMs = 30_000

const brokenProtocol = 1008
const tooSlow = 1013

export function serveWindow(socket: WebSocket, options: Omit<SessionOptions, 'send'>): void {
  const send = (message: HostMessage): void => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > mostWaitingBytes) socket.close(tooSlow, 'the window does not read')
    else socket.send(JSON.stringify(message))
  }
  const session = new Session({ ...options, send })
  session.begin()
  let answered = true
  const ping = setInterval(() => {
    if (!answered) socket.terminate()
    answered = false
    socket.ping()
  }, pingEveryMs)
  socket.on('pong', () => (answered = true))
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parse((data as Buffer).toString('utf8'))
    if (!session.hear(message)) socket.close(brokenProtocol, 'not a message of the protocol')
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearInterval(ping)
    session.end()
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
