import type { Pipeline, StatsFrame } from '../collector-core/protocol.ts'

/** The part of a page's message port used here. */
export interface PagePort {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  postMessage(message: null): void
  start(): void
  close(): void
}

type Frame = Pipeline | StatsFrame

/** A page's end of the line on which frames come from the collector itself; asked for while somebody on the page watches. */
export class FrameLine {
  private readonly ask: (watched: boolean) => void
  private readonly watchers = new Set<(frame: Frame) => void>()
  private port: PagePort | undefined
  private picture: Frame | undefined

  /** `ask` tells the shell whether the page watches; it answers with a port, and with a new one after each restart. */
  constructor(ask: (watched: boolean) => void) {
    this.ask = ask
  }

  /** Takes the port of the collector that runs now in place of an earlier one's. */
  take(port: PagePort): void {
    this.drop()
    if (this.watchers.size === 0) {
      port.close()
      return
    }
    this.port = port
    port.addEventListener('message', ({ data }) => this.hear(port, data as Frame))
    port.addEventListener('close', () => {
      if (this.port === port) this.drop()
    })
    port.start()
  }

  subscribe(onFrame: (frame: Frame) => void): () => void {
    const watcher = (frame: Frame): void => onFrame(frame)
    this.watchers.add(watcher)
    if (this.watchers.size === 1) this.ask(true)
    else if (this.picture !== undefined) watcher(this.picture)
    return () => {
      if (!this.watchers.delete(watcher) || this.watchers.size > 0) return
      this.drop()
      this.ask(false)
    }
  }

  private hear(port: PagePort, frame: Frame): void {
    if (this.port !== port) return
    // The collector goes on once a frame is taken, also when a listener throws.
    port.postMessage(null)
    if (frame.kind === 'pipeline') this.picture = frame
    for (const watcher of [...this.watchers]) watcher(frame)
  }

  private drop(): void {
    this.port?.close()
    this.port = undefined
    this.picture = undefined
  }
}
