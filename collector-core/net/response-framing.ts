import type { ParsedHead } from './response-head.ts'

/** How the end of a response's body is found, and whether the connection lives on after it. */
export interface Framing {
  readonly kind: 'none' | 'length' | 'chunked' | 'close'
  /** Bytes of the body, for `length`. */
  readonly length: number
  readonly keepAlive: boolean
  /** How long the server keeps an idle connection, if it says so. */
  readonly keepAliveMs: number | undefined
}

/**
 * RFC 9112 section 6.3 for responses, without its leniencies: two different lengths, a length next to a transfer
 * coding, or any coding but a single `chunked` gives the reason for refusal.
 */
export function responseFraming(method: string, head: ParsedHead): Framing | string {
  const connection = (head.headers.get('connection') ?? '').toLowerCase().split(',')
  const says = (option: string): boolean => connection.some((given) => given.trim() === option)
  const persistent = head.http10 ? says('keep-alive') && !says('close') : !says('close')
  const keepAlive = persistent && !head.bareLineFeeds
  const timeout = /(?:^|[,\s])timeout=(\d{1,6})(?:$|[,\s])/i.exec(head.headers.get('keep-alive') ?? '')
  const keepAliveMs = timeout === null ? undefined : Number(timeout[1]) * 1000
  const coding = head.headers.get('transfer-encoding')
  const declared = head.headers.get('content-length')
  let length = 0
  if (declared !== undefined) {
    const [first, ...others] = declared.split(', ')
    if (!/^\d{1,15}$/.test(first)) return 'its Content-Length is not a number'
    if (others.some((other) => other !== first)) return 'it has two different Content-Length headers'
    length = Number(first)
  }
  if (coding !== undefined) {
    if (declared !== undefined) return 'it has both Content-Length and Transfer-Encoding'
    if (coding.toLowerCase() !== 'chunked') return 'its Transfer-Encoding is not "chunked"'
    if (head.http10 || head.bareLineFeeds) return 'it uses Transfer-Encoding where HTTP/1.1 does not allow it'
  }
  const { status } = head
  if (method === 'HEAD' || status === 304) return { kind: 'none', length: 0, keepAlive, keepAliveMs }
  if (status === 204 || status < 200) {
    return { kind: 'none', length: 0, keepAlive: keepAlive && length === 0 && coding === undefined, keepAliveMs }
  }
  if (coding !== undefined) return { kind: 'chunked', length: 0, keepAlive, keepAliveMs }
  if (declared === undefined) return { kind: 'close', length: 0, keepAlive: false, keepAliveMs }
  return { kind: length === 0 ? 'none' : 'length', length, keepAlive, keepAliveMs }
}
