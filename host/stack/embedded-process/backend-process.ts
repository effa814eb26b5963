import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { WeirError } from '../../../collector-core/weir-error.ts'
import type { BackendLogLine } from '../../contract/stack.ts'
import type { BackendChild, LaunchBackend } from './launch-backend.ts'

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A process that lived so long starts its pauses anew. */
const soundAfterMs = 60_000
const graceMs = 10_000
const keptLines = 500

/** A supervised child process and the newest lines of its log. */
export class BackendProcess {
  private readonly launchChild: () => BackendChild
  private child: BackendChild | undefined
  private wanted = false
  private failures = 0
  private timer: NodeJS.Timeout | undefined
  private readonly lines: BackendLogLine[] = []
  private readonly listeners = new Set<() => void>()
  private readonly logListeners = new Set<(lines: readonly BackendLogLine[]) => void>()
  since: number | undefined
  restarts = 0
  /** Why it ended by itself; cleared by the next successful minute or a stop. */
  ended: WeirError | undefined

  constructor(launch: LaunchBackend, flags: readonly string[]) {
    this.launchChild = () => launch(flags)
  }

  get running(): boolean {
    return this.child !== undefined
  }

  get pid(): number | undefined {
    return this.child?.pid
  }

  /** Does nothing when it runs already. */
  start(): void {
    this.wanted = true
    if (this.child !== undefined) return
    clearTimeout(this.timer)
    this.failures = 0
    this.restarts = 0
    this.ended = undefined
    this.launch()
  }

  /** Asks it to end; after ten seconds it is killed where its id is known. */
  async stop(): Promise<void> {
    this.wanted = false
    this.ended = undefined
    clearTimeout(this.timer)
    const { child } = this
    if (child === undefined) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    const late = await Promise.race([ended.then(() => false), sleep(graceMs, true, { ref: false })])
    if (late && child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    await ended
  }

  /** Calls back when it starts or ends, until `stop` says so. */
  async watch(onChange: () => void, stop: AbortSignal): Promise<void> {
    this.listeners.add(onChange)
    await aborted(stop)
    this.listeners.delete(onChange)
  }

  async followLog(onLines: (lines: readonly BackendLogLine[]) => void, stop: AbortSignal): Promise<void> {
    onLines([...this.lines])
    this.logListeners.add(onLines)
    await aborted(stop)
    this.logListeners.delete(onLines)
  }

  private launch(): void {
    const child = this.launchChild()
    this.child = child
    this.since = Date.now()
    for (const channel of ['stdout', 'stderr'] as const) {
      const input = child[channel]
      if (input === null) continue
      createInterface({ input }).on('line', (text) => this.keep({ at: Date.now(), channel, text }))
    }
    child.once('exit', (code) => this.over(child, code === null ? 'by a signal' : `with code ${code}`))
    this.tell()
  }

  private over(child: BackendChild, how: string): void {
    if (this.child !== child) return
    this.child = undefined
    const lived = Date.now() - (this.since ?? 0)
    this.since = undefined
    if (this.wanted) {
      if (lived > soundAfterMs) this.failures = 0
      const last = this.lines
        .slice(-10)
        .map(({ text }) => text)
        .join('\n')
      this.ended = new WeirError(
        'backend-exited',
        `the embedded backend ended ${how}${last === '' ? '' : `; its last lines:\n${last}`}`,
        'It is started again; if that goes on, the lines above say why.',
      )
      const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** this.failures++)
      this.timer = setTimeout(() => {
        this.restarts++
        this.launch()
      }, pause)
    }
    this.tell()
  }

  private keep(line: BackendLogLine): void {
    this.lines.push({ ...line, text: line.text.slice(0, 16 * 1024) })
    if (this.lines.length > keptLines) this.lines.shift()
    for (const listener of this.logListeners) listener([line])
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
