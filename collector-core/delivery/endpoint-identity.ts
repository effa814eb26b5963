import { createHash } from 'node:crypto'

/** What stays the same about an endpoint across reloads and restarts, and with it its queues on disk. */
export interface EndpointIdentity {
  /** For metrics, logs and people. */
  readonly name: string
  /** Name of its directory. */
  readonly directory: string
}

/** What an identity is made of; the same `marks`, which go through JSON, make the same identity. */
export interface EndpointMarks {
  /** As configured; names the directory too. */
  readonly name?: string
  readonly marks: readonly unknown[]
}

/** The identity of an endpoint that needs nothing to tell it from others. */
export const onlyEndpoint: EndpointIdentity = { name: 'default', directory: 'default' }

/** Identities of the endpoints of one component, in order; endpoints with equal marks are told apart by their order. */
export function endpointIdentities(endpoints: readonly EndpointMarks[]): readonly EndpointIdentity[] {
  const seen = new Map<string, number>()
  return endpoints.map(({ name: configured, marks }) => {
    const text = JSON.stringify(marks)
    const nth = seen.get(text) ?? 0
    seen.set(text, nth + 1)
    const hash = createHash('sha256').update(`${text}\u0000${nth}`).digest('hex')
    const name = configured ?? hash.slice(0, 6)
    return { name, directory: `${name.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 40)}-${hash.slice(0, 8)}` }
  })
}

/** Whether a directory may be that of an endpoint. */
export function isEndpointDirectory(name: string): boolean {
  return name === onlyEndpoint.directory || /-[0-9a-f]{8}$/.test(name)
}
