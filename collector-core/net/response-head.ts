// Reads the head of an HTTP/1.1 response (RFC 9112). The sender is not trusted: whatever two readers could take
// differently is refused, with one exception for hand-made servers: lines may end in a bare line feed if all of them do,
// and then the connection is not used again.
import type { ResponseHeaders } from './http-message.ts'

export interface ParsedHead {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly http10: boolean
  readonly bareLineFeeds: boolean
}

const lineFeed = 10
const carriageReturn = 13
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/
const maxHeaders = 256

/**
 * The index after the empty line that ends a head in `bytes[0, end)`, or -1; `from` is where an earlier search of the
 * same bytes stopped.
 */
export function findHeadEnd(bytes: Uint8Array, from: number, end: number): number {
  const filled = bytes.length === end ? bytes : bytes.subarray(0, end)
  let at = filled.indexOf(lineFeed, from)
  while (at !== -1) {
    if (filled[at + 1] === lineFeed) return at + 2
    if (filled[at + 1] === carriageReturn && filled[at + 2] === lineFeed) return at + 3
    at = filled.indexOf(lineFeed, at + 1)
  }
  return -1
}

/**
 * head = status-line *( field-name ":" OWS field-value OWS line-end ) line-end.
 * `text` is the whole head in Latin-1, the empty line included. Gives the reason when it is not acceptable.
 */
export function parseResponseHead(text: string): ParsedHead | string {
  const bareLineFeeds = !text.includes('\r')
  const lineEnd = bareLineFeeds ? '\n' : '\r\n'
  if (!text.endsWith(lineEnd + lineEnd)) return 'its lines end in different ways'
  const lines = text.split(lineEnd)
  const status = statusLine.exec(lines[0])
  if (status === null) return 'it does not start with an HTTP/1.1 status line'
  const headers = new Map<string, string>()
  const count = lines.length - 2
  if (count > maxHeaders) return `it has more than ${maxHeaders} headers`
  for (let index = 1; index < count; index++) {
    const line = lines[index]
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0))
    if (!headerName.test(name)) return `header line ${index} does not start with a header name and a colon`
    const value = trimBlanks(line.slice(colon + 1))
    if (!headerValue.test(value)) return `header line ${index} holds a control character`
    const lower = name.toLowerCase()
    const earlier = headers.get(lower)
    headers.set(lower, earlier === undefined ? value : `${earlier}, ${value}`)
  }
  return { status: Number(status[2]), headers, http10: status[1] === '0', bareLineFeeds }
}

function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

const isBlank = (code: number): boolean => code === 32 || code === 9
