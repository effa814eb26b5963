import { createHash } from 'node:crypto'
import type { EndpointArguments } from './definition.ts'

/** What stays the same about an endpoint across reloads and restarts, and with it its queues on disk. */
export interface EndpointIdentity {
  readonly name: string
  /** Name of its directory. */
  readonly directory: string
}

/**
 * Identities of the endpoints of one component, in order. A configured name is the identity. An endpoint without one that
 * stands alone keeps its queues when its url changes, so a mistyped url loses nothing; among several the url decides.
 */
export function endpointIdentities(endpoints: readonly EndpointArguments[]): readonly EndpointIdentity[] {
  const seen = new Map<string, number>()
  return endpoints.map(({ name, url, basic_auth: basic }) => {
    if (name === undefined && endpoints.length === 1) return { name: 'default', directory: 'default' }
    const text = name === undefined ? JSON.stringify([url, basic?.username ?? '']) : JSON.stringify(['named', name])
    const nth = seen.get(text) ?? 0
    seen.set(text, nth + 1)
    const hash = createHash('sha256').update(`${text}\u0000${nth}`).digest('hex')
    const shown = name ?? hash.slice(0, 6)
    return { name: shown, directory: `${shown.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 40)}-${hash.slice(0, 8)}` }
  })
}

const plainBytes = /[a-z0-9_]/

/** A tenant as a file name: lower-case letters, digits and `_` as they are, other bytes as `-` and two hex digits. */
export function encodeTenant(tenant: string): string {
  let out = ''
  for (const byte of Buffer.from(tenant)) {
    const char = String.fromCharCode(byte)
    out += plainBytes.test(char) ? char : `-${byte.toString(16).padStart(2, '0')}`
  }
  return out
}

export function decodeTenant(encoded: string): string {
  const bytes: number[] = []
  for (const [, hex, char] of encoded.matchAll(/-([0-9a-f]{2})|([a-z0-9_])/g) as Iterable<
    readonly (string | undefined)[]
  >) {
    bytes.push(hex === undefined ? char!.charCodeAt(0) : Number.parseInt(hex, 16))
  }
  return Buffer.from(bytes).toString()
}
