/** One Ctrl-C reaches a program twice when npm passes on what the terminal sent to both: so close together it is one. */
const sameSignalMs = 500

/**
 * What the system asks of a process, from the moment this is made: nothing that comes before somebody listens is lost, and
 * no hangup ends the process.
 */
export class Signals {
  /** Settles on SIGINT or SIGTERM. */
  readonly stop: Promise<void>
  private hangup: (() => void) | undefined
  private cameEarly = false

  /** `leave` is called when a second SIGINT or SIGTERM shows that somebody does not want to wait. */
  constructor(process: Pick<NodeJS.EventEmitter, 'on'>, leave: () => void) {
    process.on('SIGHUP', () => {
      if (this.hangup === undefined) this.cameEarly = true
      else this.hangup()
    })
    this.stop = new Promise((resolve) => {
      let askedAt: number | undefined
      for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => {
          if (askedAt !== undefined && performance.now() - askedAt > sameSignalMs) leave()
          askedAt ??= performance.now()
          resolve()
        })
      }
    })
  }

  /** Calls at each SIGHUP, and once now when any came before. */
  onHangup(call: () => void): void {
    this.hangup = call
    if (this.cameEarly) call()
  }
}
