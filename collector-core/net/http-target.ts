import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import { redactUrl } from '../language/redact-url.ts'

/** Where a request goes. Connections are shared between targets of equal `key`. */
export interface HttpTarget {
  readonly kind: 'target'
  readonly key: string
  readonly secure: boolean
  /** Without brackets for IPv6; `localhost` for a socket file. */
  readonly host: string
  readonly port: number
  /** The socket file or named pipe to connect to instead of `host` and `port`. */
  readonly socketPath?: string
  readonly hostHeader: string
  readonly path: string
  /** The target for messages; no password, no query. */
  readonly display: string
}

/** Bytes a request line can carry: no spaces, control characters or anything outside ASCII. */
const cleanPath = /^\/[\x21-\x7e]*$/

function invalid(url: string, reason: string): TransportFailure {
  return failure('invalid_request', `${redactUrl(url)}: ${reason}`, 'Correct the URL in the configuration.')
}

/** Reads a URL (`http`, `https`, `tcp`, `unix`, `npipe`) and the path that overrides its own. */
export function parseTarget(text: string, path?: string): HttpTarget | TransportFailure {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return invalid(text, 'this is not a URL')
  }
  if (path !== undefined && !cleanPath.test(path)) return invalid(text, 'the path holds a space or a control character')
  if (url.protocol === 'unix:' || url.protocol === 'npipe:') {
    let socketPath: string
    try {
      socketPath = decodeURIComponent(url.pathname)
    } catch {
      return invalid(text, 'the path of the socket is not well encoded')
    }
    if (url.host !== '' || socketPath.length < 2 || socketPath.includes('\0')) {
      return invalid(text, `a socket is named by an absolute path, such as ${url.protocol}///run/some.socket`)
    }
    if (url.protocol === 'npipe:') socketPath = socketPath.replaceAll('/', '\\')
    return {
      kind: 'target',
      key: `${url.protocol}${socketPath}`,
      secure: false,
      host: 'localhost',
      port: 0,
      socketPath,
      hostHeader: 'localhost',
      path: path ?? '/',
      display: text,
    }
  }
  const secure = url.protocol === 'https:'
  if (!secure && url.protocol !== 'http:' && url.protocol !== 'tcp:') {
    return invalid(text, `the scheme ${url.protocol.slice(0, -1)} is not supported`)
  }
  if (url.hostname === '') return invalid(text, 'the host is missing')
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const authority = url.host
  const ownPath = url.pathname === '' ? '/' : url.pathname
  return {
    kind: 'target',
    key: `${secure ? 'https' : 'http'}://${url.hostname}:${port}`,
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    hostHeader: authority,
    path: path ?? ownPath + url.search,
    display: `${url.protocol}//${authority}${path === undefined ? ownPath : path.replace(/\?.*/, '')}`,
  }
}
