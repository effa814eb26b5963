// Ports on which frames go from the collector straight to the windows that watch, past the shell, which only hands them
// out: one per window, and a new one whenever a collector begins.
import { channels } from './channels.ts'

/** The part of a page's contents used to give it a port. */
export interface PortTaker<Port> {
  readonly id: number
  postMessage(channel: string, message: null, transfer: Port[]): void
  isDestroyed(): boolean
}

/** The ends of a new channel; what is sent into one comes out of the other. */
export interface PortPair<Port> {
  readonly port1: Port
  readonly port2: Port
}

export class FramePorts<Port> {
  private readonly pair: () => PortPair<Port>
  private readonly watching = new Map<number, PortTaker<Port>>()
  private collector: ((port: Port) => void) | undefined

  constructor(pair: () => PortPair<Port>) {
    this.pair = pair
  }

  /** A window watches from now on, over every collector that is to come. */
  watch(window: PortTaker<Port>): void {
    this.watching.set(window.id, window)
    this.connect(window)
  }

  /** The window does not watch further; it has closed its end, or that is gone with its page. */
  leave(id: number): void {
    this.watching.delete(id)
  }

  /** `give` hands a port to a collector that is open. */
  collectorOpened(give: (port: Port) => void): void {
    this.collector = give
    for (const window of this.watching.values()) this.connect(window)
  }

  collectorEnded(): void {
    this.collector = undefined
  }

  private connect(window: PortTaker<Port>): void {
    if (this.collector === undefined || window.isDestroyed()) return
    const { port1, port2 } = this.pair()
    this.collector(port1)
    window.postMessage(channels.frames, null, [port2])
  }
}
