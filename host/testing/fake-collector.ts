// A collector process that does what a test says, and remembers what it was told.
import type { LaunchCollector, LaunchListener } from '../collector-supervisor/launch.ts'
import type { ToCollector } from '../collector-supervisor/messages.ts'

export class FakeCollector {
  readonly args: readonly string[]
  readonly heard: ToCollector[] = []
  killed = false
  private readonly listener: LaunchListener
  /** What it makes of a text; accepts everything until told otherwise. */
  accepts: (text: string) => boolean

  constructor(args: readonly string[], listener: LaunchListener, accepts: (text: string) => boolean) {
    this.args = args
    this.listener = listener
    this.accepts = accepts
  }

  hear(message: ToCollector): void {
    this.heard.push(message)
    if (message.kind === 'apply') {
      const applied = this.accepts(message.text)
      const text = applied ? '' : `${message.file}: broken`
      this.says({ kind: 'applied', id: message.id, applied, diagnostics: [], text })
    }
    if (message.kind === 'stop') this.ends('')
  }

  says(message: Parameters<LaunchListener['message']>[0]): void {
    this.listener.message(message)
  }

  opens(address = '127.0.0.1:40001'): void {
    this.says({ kind: 'open', address })
  }

  ends(words: string): void {
    this.listener.exited(words)
  }

  /** Texts it was told to run. */
  get texts(): readonly string[] {
    return this.heard.flatMap((message) => (message.kind === 'apply' ? [message.text] : []))
  }
}

/** Starts fake collectors; each opens at once unless `opens` is false. */
export function fakeCollectors(): {
  readonly launch: LaunchCollector
  readonly launched: FakeCollector[]
  opens: boolean
  accepts: (text: string) => boolean
} {
  const fakes = {
    launched: [] as FakeCollector[],
    opens: true,
    accepts: (_text: string): boolean => true,
    launch: ((args, listener) => {
      const collector = new FakeCollector(args, listener, (text) => fakes.accepts(text))
      fakes.launched.push(collector)
      if (fakes.opens) queueMicrotask(() => collector.opens())
      return {
        send: (message) => queueMicrotask(() => collector.hear(message)),
        kill() {
          collector.killed = true
          collector.ends('killed')
        },
      }
    }) as LaunchCollector,
  }
  return fakes
}
