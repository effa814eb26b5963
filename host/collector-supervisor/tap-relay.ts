import type { TapSession } from '../../collector-core/runtime/tap/tap-session.ts'
import type { TapFrame } from '../../collector-core/protocol.ts'

const everyMs = 250

/** Tap sessions whose frames go to the host; frames in which nothing crossed are not sent. */
export class TapRelay {
  private readonly send: (id: number, frame: TapFrame, sent: () => void) => void
  private readonly taps = new Map<number, { readonly session: TapSession; readonly timer: NodeJS.Timeout }>()

  constructor(send: (id: number, frame: TapFrame, sent: () => void) => void) {
    this.send = send
  }

  open(id: number, session: TapSession): void {
    this.close(id)
    let underWay = false
    const timer = setInterval(() => {
      if (underWay) return
      const frame = session.frame()
      if (frame.seen === 0) return
      underWay = true
      this.send(id, frame, () => (underWay = false))
    }, everyMs)
    this.taps.set(id, { session, timer })
  }

  close(id: number): void {
    const tap = this.taps.get(id)
    if (tap === undefined) return
    this.taps.delete(id)
    clearInterval(tap.timer)
    tap.session.close()
  }

  closeAll(): void {
    for (const id of [...this.taps.keys()]) this.close(id)
  }
}
