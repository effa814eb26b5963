/** Hands each event to everybody who listens; tells its owner when the first comes and the last goes. */
export class Broadcast<Event> {
  private readonly listeners = new Set<(event: Event) => void>()
  private readonly onWatched: (watched: boolean) => void

  constructor(onWatched: (watched: boolean) => void = () => undefined) {
    this.onWatched = onWatched
  }

  get watched(): boolean {
    return this.listeners.size > 0
  }

  send(event: Event): void {
    for (const listener of [...this.listeners]) listener(event)
  }

  /** Listens until the returned function is called. */
  listen(listener: (event: Event) => void): () => void {
    const own = (event: Event): void => listener(event)
    this.listeners.add(own)
    if (this.listeners.size === 1) this.onWatched(true)
    return () => {
      if (this.listeners.delete(own) && this.listeners.size === 0) this.onWatched(false)
    }
  }
}
