import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import type { HeaderPairs } from './http-message.ts'
import type { HttpTarget } from './http-target.ts'

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Printable Latin-1, spaces and tabs; what a header value may hold without changing the message around it. */
const cleanValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** Headers the connection itself answers for. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

function invalid(target: HttpTarget, reason: string): TransportFailure {
  return failure('invalid_request', `${target.display}: ${reason}`, 'Correct the headers in the configuration.')
}

/**
 * The request line and headers as bytes. Refuses what would let a value break out of its header; values are not named
 * in the failure, they may be secret.
 */
export function writeRequestHead(
  method: string,
  target: HttpTarget,
  headers: HeaderPairs,
  bodyBytes: number | undefined,
): Buffer | TransportFailure {
  if (!token.test(method) || method === 'CONNECT') return invalid(target, 'the method is not valid')
  let host = target.hostHeader
  let text = ''
  for (const [name, value] of headers) {
    if (!token.test(name)) return invalid(target, 'a header name holds a character that is not allowed')
    if (!cleanValue.test(value))
      return invalid(target, `the value of header ${name} holds a character that is not allowed`)
    const lower = name.toLowerCase()
    if (ownHeaders.has(lower)) return invalid(target, `the header ${name} may not be set`)
    if (lower === 'host') host = value
    else text += `${name}: ${value}\r\n`
  }
  const length =
    bodyBytes === undefined
      ? methodsWithBody.has(method)
        ? 'Content-Length: 0\r\n'
        : ''
      : `Content-Length: ${bodyBytes}\r\n`
  return Buffer.from(`${method} ${target.path} HTTP/1.1\r\nHost: ${host}\r\n${text}${length}\r\n`, 'latin1')
}
