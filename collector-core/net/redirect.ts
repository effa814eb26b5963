import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import type { ResponseHead } from './http-message.ts'
import { isLinkLocal } from './link-local.ts'
import { redactUrl } from '../language/redact-url.ts'

export const mostRedirects = 10

/** Where to ask next. */
export interface NextHop {
  readonly kind: 'hop'
  readonly url: string
  /** Another scheme, host or port: what was meant for the first server alone must not be sent along. */
  readonly foreign: boolean
}

/**
 * Where an answer sends the request on to, or undefined when it is to be taken as it is. A request with a body follows
 * only 307 and 308: the others would turn it into a GET, whose success would look like a delivery.
 */
export function nextHop(method: string, from: string, head: ResponseHead): NextHop | TransportFailure | undefined {
  const { status } = head
  const location = head.headers.get('location')
  if (location === undefined) return undefined
  const safe = method === 'GET' || method === 'HEAD'
  if (!(status === 307 || status === 308 || (safe && (status === 301 || status === 302 || status === 303))))
    return undefined
  const refuse = (reason: string): TransportFailure =>
    failure(
      'redirect',
      `${redactUrl(from)}: ${reason}`,
      'Set the URL to the address that is meant, or set follow_redirects = false.',
    )
  const base = new URL(from)
  let url: URL
  try {
    url = new URL(location, base)
  } catch {
    return refuse('it redirects to something that is no URL')
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refuse(`it redirects to the scheme ${url.protocol.slice(0, -1)}`)
  if (base.protocol === 'https:' && url.protocol === 'http:') return refuse('it redirects from https to plaintext http')
  const upgraded =
    base.protocol === 'http:' &&
    url.protocol === 'https:' &&
    base.hostname === url.hostname &&
    base.port === '' &&
    url.port === ''
  const foreign = url.origin !== base.origin && !upgraded
  if (foreign && isLinkLocal(url.hostname)) return refuse('it redirects to a link-local address')
  url.username = ''
  url.password = ''
  url.hash = ''
  return { kind: 'hop', url: url.href, foreign }
}
