// Connections to the HTTP port that HTTP/1 cannot make sense of.
import type { Duplex } from 'node:stream'
import type { RequestIntake } from './request-intake.ts'

const http2Preface = 'PRI * HTTP/2.0'
const tlsHandshake = 0x16
const advice = 'this port speaks OTLP over HTTP; send gRPC to the gRPC port (4317 by default), or use OTLP over HTTP'

interface ParseError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

/** Answers in the language of the client where that can be told from its first bytes, counts it, and hangs up. */
export function answerStray(error: ParseError, socket: Duplex, intake: RequestIntake): void {
  const bytes = error.rawPacket ?? Buffer.alloc(0)
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  if (bytes.toString('latin1', 0, http2Preface.length) === http2Preface) {
    intake.turnedAway('http', 'http2', advice)
    socket.end(goAway(advice))
    return
  }
  if (bytes[0] === tlsHandshake) {
    const detail = 'a TLS connection came to a port without TLS; write a tls block, or make the sender use http://'
    intake.turnedAway('http', 'tls', detail)
    socket.destroy()
    return
  }
  const [status, reason] = statusOf(error.code)
  intake.turnedAway('http', reason, `the request was cut off or is not HTTP (${error.code ?? error.message})`)
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function statusOf(code: string | undefined): readonly [string, string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['431 Request Header Fields Too Large', 'too_large']
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['408 Request Timeout', 'too_slow']
    default:
      return ['400 Bad Request', 'bad_request']
  }
}

/** An HTTP/2 SETTINGS frame, then GOAWAY with error HTTP_1_1_REQUIRED and a sentence that gRPC libraries show. */
function goAway(sentence: string): Buffer {
  const data = Buffer.from(sentence)
  const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])
  const head = Buffer.alloc(17)
  head.writeUIntBE(8 + data.length, 0, 3)
  head[3] = 7
  head.writeUInt32BE(0xd, 13)
  return Buffer.concat([settings, head, data])
}
