// Keeps the page in step with what runs: the pipeline when it changes, the numbers as they come. While the page is hidden
// nothing arrives; when the host or the collector goes away the last picture stays.
import type { Pipeline } from '../../collector-core/protocol.ts'
import type { HostConnection, WeirClient } from '../../host/contract/client.ts'
import type { CollectorState } from '../../host/contract/collector-report.ts'
import { Cell } from '../model/cell.ts'
import { History } from './history.ts'
import { LiveNumbers } from './live-numbers.ts'

/** `waiting`: the collector runs, but has not applied a config; the other words are the host's and the collector's. */
export type ConnectionState =
  Exclude<HostConnection['kind'], 'open'> | Exclude<CollectorState['kind'], 'running'> | 'waiting' | 'live'

export interface ConnectionOptions {
  readonly client: WeirClient
  /** A collector alone can be watched; with a host the config can be edited too. */
  readonly servedBy: 'host' | 'collector'
  readonly visible: Cell<boolean>
}

export class Connection {
  readonly client: WeirClient
  readonly servedBy: ConnectionOptions['servedBy']
  readonly visible: Cell<boolean>
  readonly state = new Cell<ConnectionState>('connecting')
  readonly host = new Cell<HostConnection>({ kind: 'connecting' })
  readonly collector = new Cell<CollectorState | undefined>(undefined)
  /** What runs, or ran last. */
  readonly pipeline = new Cell<Pipeline | undefined>(undefined)
  readonly numbers = new LiveNumbers()
  readonly history = new History()

  constructor({ client, servedBy, visible }: ConnectionOptions) {
    this.client = client
    this.servedBy = servedBy
    this.visible = visible
  }

  /** Follows until the returned function is called. */
  start(): () => void {
    let leaveFrames: (() => void) | undefined
    const look = (): void => {
      leaveFrames?.()
      leaveFrames = this.visible.get() ? this.followFrames() : undefined
    }
    const stops = [
      this.client.watchConnection((host) => {
        this.host.set(host)
        this.conclude()
      }),
      this.client.subscribe('collectorState', {}, (state) => {
        // It is told once more when something beside it changes.
        const ended = state.kind === 'stopped' && this.collector.get()?.kind !== 'stopped'
        if (ended) this.numbers.end(Date.now())
        this.collector.set(state)
        this.conclude()
      }),
      this.visible.subscribe(look),
    ]
    look()
    return () => {
      leaveFrames?.()
      for (const stop of stops) stop()
    }
  }

  private followFrames(): () => void {
    return this.client.subscribe('frames', {}, (event) => {
      if (event.kind === 'stats') {
        this.numbers.apply(event)
        this.history.record(event.at, this.numbers)
      } else if (JSON.stringify(event) !== JSON.stringify(this.pipeline.get())) this.pipeline.set(event)
      this.conclude()
    })
  }

  private conclude(): void {
    const next = this.conclusion()
    if (next !== this.state.get()) this.state.set(next)
  }

  private conclusion(): ConnectionState {
    const host = this.host.get().kind
    if (host !== 'open') return host
    const collector = this.collector.get()?.kind
    if (collector === undefined) return 'connecting'
    if (collector !== 'running') return collector
    return this.pipeline.get() === undefined ? 'waiting' : 'live'
  }
}
