import { mostEventsUnderWay } from '../contract/transport.ts'

/**
 * Events of one subscription on their way to a window: a few at a time. While the window has not taken them, further ones
 * are merged, so that a slow window misses steps and never fills memory.
 */
export class EventFlow<Event> {
  private readonly post: (event: Event) => void
  private readonly merge: (waiting: readonly Event[], next: Event) => readonly Event[]
  private waiting: readonly Event[] = []
  private underWay = 0

  constructor(post: (event: Event) => void, merge: (waiting: readonly Event[], next: Event) => readonly Event[]) {
    this.post = post
    this.merge = merge
  }

  send(event: Event): void {
    this.waiting = this.merge(this.waiting, event)
    this.drain()
  }

  /** The window has handled one event. */
  taken(): void {
    if (this.underWay > 0) this.underWay--
    this.drain()
  }

  private drain(): void {
    while (this.underWay < mostEventsUnderWay && this.waiting.length > 0) {
      const [next, ...rest] = this.waiting
      this.waiting = rest
      this.underWay++
      this.post(next)
    }
  }
}
