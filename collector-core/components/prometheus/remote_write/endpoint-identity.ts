import { createHash } from 'node:crypto'
import type { EndpointArguments } from './definition.ts'

/** What stays the same about an endpoint across reloads and restarts, and with it its queue on disk. */
export interface EndpointIdentity {
  /** The `remote_name` of its metrics. */
  readonly name: string
  /** Name of its directory. */
  readonly directory: string
}

/**
 * Identities of the endpoints of one component, in order. A configured name is the identity; else it follows from url,
 * headers and user name, so that changing rules, limits or passwords keeps the queue. The message version belongs to it
 * because queued requests are already encoded.
 */
export function endpointIdentities(endpoints: readonly EndpointArguments[]): readonly EndpointIdentity[] {
  const seen = new Map<string, number>()
  return endpoints.map((endpoint) => {
    const text = identityText(endpoint)
    const nth = seen.get(text) ?? 0
    seen.set(text, nth + 1)
    const hash = createHash('sha256').update(`${text}\u0000${nth}`).digest('hex')
    const name = endpoint.name ?? hash.slice(0, 6)
    const readable = name.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 40)
    return { name, directory: `${readable}-${hash.slice(0, 8)}` }
  })
}

function identityText(endpoint: EndpointArguments): string {
  const { name, url, headers, basic_auth: basic, protobuf_message: message } = endpoint
  if (name !== undefined) return JSON.stringify(['named', name, message])
  return JSON.stringify([url, [...headers].sort(), basic?.username ?? '', message])
}
