import type { IncomingMessage } from 'node:http'
import type { HttpArguments } from './http-endpoint.ts'

/**
 * The headers that let a page of `origin` send here, or undefined when it may not (nothing is allowed unless configured).
 * In an allowed origin a `*` stands for any run of characters.
 */
export function corsHeaders(
  cors: HttpArguments['cors'],
  origin: string | undefined,
  request: IncomingMessage,
): Record<string, string> | undefined {
  if (cors === undefined || origin === undefined) return undefined
  if (!cors.allowed_origins.some((pattern) => matchesWildcard(pattern, origin))) return undefined
  const headers: Record<string, string> = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }
  if (cors.exposed_headers.length > 0) headers['Access-Control-Expose-Headers'] = cors.exposed_headers.join(', ')
  if (request.method === 'OPTIONS') {
    headers['Access-Control-Allow-Methods'] = 'POST'
    const allowed = cors.allowed_headers.includes('*')
      ? request.headers['access-control-request-headers']
      : ['Content-Type', 'Content-Encoding', 'X-Requested-With', ...cors.allowed_headers].join(', ')
    if (allowed !== undefined) headers['Access-Control-Allow-Headers'] = allowed
    if (cors.max_age > 0) headers['Access-Control-Max-Age'] = String(cors.max_age)
  }
  return headers
}

/** Matches without a regular expression: the parts between the stars occur in order, the first and last at the ends. */
function matchesWildcard(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  if (parts.length === 1) return pattern === text
  const first = parts[0]
  const last = parts[parts.length - 1]
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0 || found + part.length > text.length - last.length) return false
    at = found + part.length
  }
  return true
}
