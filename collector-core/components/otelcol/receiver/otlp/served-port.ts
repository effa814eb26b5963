import type { Server } from 'node:net'
import { listen, parseListenAddress } from '../../../../net/server.ts'
import type { Listening } from '../../../../net/server.ts'
import type { Clock } from '../../../../runtime/clock.ts'
import { WeirError } from '../../../../weir-error.ts'

/** A server about to listen; `goAway` asks its clients to hang up. */
export interface Served {
  readonly server: Server
  goAway?(): void
}

const againMs = 5_000
/** How long running requests may take to finish when a server stops. */
const closeGraceMs = 2_000

/** One port of the receiver: listens, goes on trying when that fails, and lets go. */
export class ServedPort {
  private readonly clock: Clock
  private readonly onChange: () => void
  private open: { readonly listening: Listening; readonly served: Served } | undefined
  private failed: WeirError | undefined
  private trying: AbortController | undefined

  constructor(clock: Clock, onChange: () => void) {
    this.clock = clock
    this.onChange = onChange
  }

  /** Where it listens. */
  get address(): string | undefined {
    if (this.open === undefined) return undefined
    const { host, port } = this.open.listening
    return `${host.includes(':') ? `[${host}]` : host}:${port}`
  }

  /** Why it does not, while it should. */
  get problem(): WeirError | undefined {
    return this.failed
  }

  /** Settles after the first attempt to listen. */
  async start(endpoint: string, make: () => Promise<Served>): Promise<void> {
    const trying = (this.trying = new AbortController())
    await this.attempt(endpoint, make, trying.signal)
    if (this.failed !== undefined) void this.keepTrying(endpoint, make, trying.signal)
  }

  async stop(): Promise<void> {
    this.trying?.abort()
    this.failed = undefined
    const { open } = this
    this.open = undefined
    open?.served.goAway?.()
    await open?.listening.close(closeGraceMs)
  }

  private async keepTrying(endpoint: string, make: () => Promise<Served>, stop: AbortSignal): Promise<void> {
    const wanted = (): boolean => this.failed !== undefined && !stop.aborted
    while (wanted()) {
      await this.clock.sleep(againMs, stop)
      if (wanted()) await this.attempt(endpoint, make, stop)
    }
  }

  private async attempt(endpoint: string, make: () => Promise<Served>, stop: AbortSignal): Promise<void> {
    const outcome = await attemptToListen(endpoint, make)
    if (stop.aborted) {
      if (!(outcome instanceof WeirError)) await outcome.listening.close(0)
      return
    }
    this.failed = outcome instanceof WeirError ? outcome : undefined
    this.open = outcome instanceof WeirError ? undefined : outcome
    this.onChange()
  }
}

async function attemptToListen(
  endpoint: string,
  make: () => Promise<Served>,
): Promise<{ readonly listening: Listening; readonly served: Served } | WeirError> {
  const address = parseListenAddress(endpoint)
  if (address === undefined) {
    const message = `"${endpoint}" is not an address to listen on`
    return new WeirError('bad-address', message, 'Write host:port, as in 0.0.0.0:4317.')
  }
  try {
    const served = await make()
    const listening = await listen(served.server, address)
    return listening instanceof WeirError ? listening : { listening, served }
  } catch (error) {
    if (error instanceof WeirError) return error
    const reason = error instanceof Error ? error.message : String(error)
    return new WeirError('listen_failed', `cannot serve ${endpoint}: ${reason}`, 'Check the tls block.')
  }
}
