import { lookup } from 'node:dns/promises'
import type { Server } from 'node:net'
import { listen, listenOnFile, parseListenAddress } from '../../../../net/server.ts'
import type { Listening, ListeningOnFile } from '../../../../net/server.ts'
import type { Clock } from '../../../../runtime/clock.ts'
import type { Transport } from '../../../../schema/otelcol-fields.ts'
import { WeirError } from '../../../../weir-error.ts'

/** A server about to listen; `goAway` asks its clients to hang up. */
export interface Served {
  readonly server: Server
  goAway?(): void
}

/** Where to listen; `endpoint` is a path for the transport "unix", else `host:port`. */
export interface Place {
  readonly endpoint: string
  readonly transport: Transport
}

interface Open {
  readonly listening: Listening | ListeningOnFile
  readonly served: Served
}

const againMs = 5_000
/** How long running requests may take to finish when a server stops. */
const closeGraceMs = 2_000

/** One port of the receiver: listens, goes on trying when that fails, and lets go. */
export class ServedPort {
  private readonly clock: Clock
  private readonly onChange: () => void
  private open: Open | undefined
  private failed: WeirError | undefined
  private trying: AbortController | undefined

  constructor(clock: Clock, onChange: () => void) {
    this.clock = clock
    this.onChange = onChange
  }

  /** Where it listens. */
  get address(): string | undefined {
    if (this.open === undefined) return undefined
    if ('path' in this.open.listening) return this.open.listening.path
    const { host, port } = this.open.listening
    return `${host.includes(':') ? `[${host}]` : host}:${port}`
  }

  /** Why it does not, while it should. */
  get problem(): WeirError | undefined {
    return this.failed
  }

  /** Settles after the first attempt to listen. */
  async start(place: Place, make: () => Promise<Served>): Promise<void> {
    const trying = (this.trying = new AbortController())
    await this.attempt(place, make, trying.signal)
    if (this.failed !== undefined) void this.keepTrying(place, make, trying.signal)
  }

  async stop(): Promise<void> {
    this.trying?.abort()
    this.failed = undefined
    const { open } = this
    this.open = undefined
    open?.served.goAway?.()
    await open?.listening.close(closeGraceMs)
  }

  private async keepTrying(place: Place, make: () => Promise<Served>, stop: AbortSignal): Promise<void> {
    const wanted = (): boolean => this.failed !== undefined && !stop.aborted
    while (wanted()) {
      await this.clock.sleep(againMs, stop)
      if (wanted()) await this.attempt(place, make, stop)
    }
  }

  private async attempt(place: Place, make: () => Promise<Served>, stop: AbortSignal): Promise<void> {
    const outcome = await attemptToListen(place, make)
    if (stop.aborted) {
      if (!(outcome instanceof WeirError)) await outcome.listening.close(0)
      return
    }
    this.failed = outcome instanceof WeirError ? outcome : undefined
    this.open = outcome instanceof WeirError ? undefined : outcome
    this.onChange()
  }
}

async function attemptToListen(place: Place, make: () => Promise<Served>): Promise<Open | WeirError> {
  try {
    const served = await make()
    const listening = await listenAt(served.server, place)
    return listening instanceof WeirError ? listening : { listening, served }
  } catch (error) {
    if (error instanceof WeirError) return error
    const reason = error instanceof Error ? error.message : String(error)
    return new WeirError('listen_failed', `cannot serve ${place.endpoint}: ${reason}`, 'Check the tls block.')
  }
}

async function listenAt(
  server: Server,
  { endpoint, transport }: Place,
): Promise<Listening | ListeningOnFile | WeirError> {
  if (transport === 'unix') return listenOnFile(server, endpoint)
  const address = parseListenAddress(endpoint)
  if (address === undefined) {
    const message = `"${endpoint}" is not an address to listen on`
    return new WeirError('bad-address', message, 'Write host:port, as in 0.0.0.0:4317.')
  }
  if (transport === 'tcp') return listen(server, address)
  const family = transport === 'tcp4' ? 4 : 6
  const host = address.host === '' ? { 4: '0.0.0.0', 6: '::' }[family] : await addressOf(address.host, family)
  if (host !== undefined) return listen(server, { host, port: address.port, ipv6Only: family === 6 })
  const message = `${address.host} has no IPv${family} address, which transport = "${transport}" asks for`
  return new WeirError('bad-address', message, 'Change the endpoint or the transport.')
}

function addressOf(host: string, family: 4 | 6): Promise<string | undefined> {
  return lookup(host, { family }).then(
    // An address written out is not looked up.
    ({ address, family: found }) => (found === family ? address : undefined),
    () => undefined,
  )
}
