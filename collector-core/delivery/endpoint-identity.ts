// What stays the same about an endpoint across reloads and restarts, and with it its queues on disk.
// docs/decisions/0005-whose-queue.md has the rule and the reasons.
import { createHash } from 'node:crypto'
import { isThisMachine } from '../net/this-machine.ts'

export interface EndpointIdentity {
  /** For metrics, logs and people. */
  readonly name: string
  /** Name of its directory. */
  readonly directory: string
}

/** Where an endpoint sends to and as whom: what makes it another endpoint when it changes, unless it has a name. */
export interface Destination {
  /** As configured. */
  readonly name?: string
  /** An http(s) URL, or `host:port`. */
  readonly address: string
  /** User and tenant it sends as. */
  readonly account: readonly string[]
}

/** Identities of the endpoints of one component, in order. */
export function endpointIdentities(destinations: readonly Destination[]): readonly EndpointIdentity[] {
  const servers = destinations.map(({ address, account }) => JSON.stringify([serverOf(address), account]))
  const seen = new Map<string, number>()
  return destinations.map(({ name: configured, address, account }, index) => {
    const shared = servers.filter((server, other) => server === servers[index] && !destinations[other].name).length > 1
    const text =
      configured !== undefined
        ? JSON.stringify(['named', configured])
        : shared
          ? JSON.stringify([address, account])
          : servers[index]
    const nth = seen.get(text) ?? 0
    seen.set(text, nth + 1)
    const hash = createHash('sha256').update(`${text}\u0000${nth}`).digest('hex')
    const name = configured ?? hash.slice(0, 6)
    return { name, directory: `${name.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 40)}-${hash.slice(0, 8)}` }
  })
}

/** The directory of the queue for one kind of data on its way to a destination. */
export function kindDirectory(kind: string, destination: Destination): string {
  const [{ directory }] = endpointIdentities([destination])
  return `${kind}-${directory.slice(-8)}`
}

/** Whether a directory may be that of an endpoint. */
export function isEndpointDirectory(name: string): boolean {
  return /-[0-9a-f]{8}$/.test(name)
}

/** Host and port, all names of this machine being one. */
function serverOf(address: string): string {
  const text = address.includes('://') ? address : `http://${address}`
  if (!URL.canParse(text)) return address
  const url = new URL(text)
  const host = isThisMachine(url.hostname) ? 'localhost' : url.hostname
  return `${host}:${url.port}`
}
