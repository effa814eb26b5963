// The collector's process under a host: does what the host says, tells what happens, and when the host is gone stops by
// itself, with everything queued on disk.
import { describeComponent } from '../../collector-core/http-api/component-info.ts'
import { describePipeline } from '../../collector-core/http-api/pipeline.ts'
import type { ListenAddress } from '../../collector-core/net/server.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { CollectorService } from '../collector-service.ts'
import type { LogLine } from '../contract/collector-report.ts'
import type { Failure } from '../contract/transport.ts'
import { openPage } from '../page-files.ts'
import { FrameWatchers } from './frame-watchers.ts'
import type { FramePort } from './frame-watchers.ts'
import { logLineOf, newestLines } from './log-lines.ts'
import type { ToCollector } from './messages.ts'
import type { ParentLink } from './parent-link.ts'
import { TapRelay } from './tap-relay.ts'

export interface CollectorChildOptions {
  readonly listen: ListenAddress
  readonly storagePath: string
}

const logEveryMs = 100
/** Items a second a tap shows when its viewer does not say. */
const usualItems = 50

/** Runs until the host says so, or is gone; resolves with the exit code. */
export async function runCollectorChild(options: CollectorChildOptions, parent: ParentLink): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    parent.onGone(resolve)
    parent.onMessage((message, port) => {
      if (message.kind === 'stop') resolve()
      else child?.hear(message, port)
    })
    process.on('SIGTERM', () => resolve())
    // Ctrl-C reaches the host too, which stops its collector in order.
    process.on('SIGINT', () => undefined)
    process.on('SIGHUP', () => undefined)
  })
  let child: CollectorChild | undefined
  try {
    child = new CollectorChild(options, parent)
    await child.open()
  } catch (error) {
    await new Promise<void>((resolve) => parent.send({ kind: 'cannot-open', failure: failureFrom(error) }, resolve))
    return 1
  }
  await stopped
  await child.stop()
  // The line to the host, or a component that was left behind, does not keep the process: what it held is on disk.
  setTimeout(() => process.exit(0), 100)
  return 0
}

class CollectorChild {
  private readonly parent: ParentLink
  private readonly service: CollectorService
  private readonly taps = new TapRelay((id, frame, sent) => this.parent.send({ kind: 'tapped', id, frame }, sent))
  private readonly watchers: FrameWatchers
  private leaveHost: (() => void) | undefined
  private lines: readonly LogLine[] = []
  private logTimer: NodeJS.Timeout | undefined

  constructor(options: CollectorChildOptions, parent: ParentLink) {
    this.parent = parent
    this.service = new CollectorService({
      ...options,
      freePortIfTaken: true,
      skipUnsupported: true,
      page: openPage(),
      writeLog: (_, record) => this.log(logLineOf(record)),
    })
    this.watchers = new FrameWatchers({
      frame: () => this.service.collector.frame(),
      picture: () => describePipeline(this.service.collector),
    })
  }

  async open(): Promise<void> {
    await this.service.open()
    this.parent.send({ kind: 'open', address: this.service.address })
  }

  async stop(): Promise<void> {
    this.watch(false)
    this.taps.closeAll()
    await this.service.stop()
    this.sendLog()
  }

  hear(message: ToCollector, port?: FramePort): void {
    switch (message.kind) {
      case 'apply':
        void this.apply(message)
        return
      case 'component': {
        const info = describeComponent(this.service.collector, message.component)
        this.parent.send({ kind: 'component', id: message.id, info })
        return
      }
      case 'scrape-once':
        void this.scrapeOnce(message)
        return
      case 'watch':
        this.watch(message.watched)
        return
      case 'watch-through':
        if (port !== undefined) this.watchers.addPort(port)
        return
      case 'tap': {
        const { perSecond = usualItems, ...ends } = message.selection
        this.taps.open(message.id, this.service.collector.tap(ends, perSecond))
        return
      }
      case 'untap':
        this.taps.close(message.id)
        return
      case 'stop':
        return
    }
  }

  private async apply({ id, file, text, secrets }: ToCollector & { kind: 'apply' }): Promise<void> {
    try {
      this.service.useSecrets(secrets)
      const result = await this.service.apply(() => [{ file, text }])
      this.parent.send({ kind: 'applied', id, ...result })
      this.watchers.look()
    } catch (error) {
      this.parent.send({ kind: 'failed', id, failure: failureFrom(error) })
    }
  }

  private async scrapeOnce({ id, component, url }: ToCollector & { kind: 'scrape-once' }): Promise<void> {
    try {
      const found = await this.service.collector.component(component)?.scrapeOnce(url)
      this.parent.send({ kind: 'scraped-once', id, found })
    } catch (error) {
      this.parent.send({ kind: 'failed', id, failure: failureFrom(error) })
    }
  }

  /** Whether the host watches. */
  private watch(watched: boolean): void {
    this.leaveHost?.()
    this.leaveHost = watched
      ? this.watchers.add((frame, taken) => this.parent.send({ kind: 'frame', frame }, taken))
      : undefined
  }

  private log(line: LogLine): void {
    this.lines = newestLines(this.lines, [line])
    this.logTimer ??= setTimeout(() => this.sendLog(), logEveryMs)
  }

  private sendLog(): void {
    clearTimeout(this.logTimer)
    this.logTimer = undefined
    if (this.lines.length > 0) this.parent.send({ kind: 'log', lines: this.lines })
    this.lines = []
  }
}

function failureFrom(error: unknown): Failure {
  if (error instanceof WeirError) return { code: error.code, message: error.message, nextStep: error.nextStep }
  const words = error instanceof Error ? error.message : String(error)
  return { code: 'collector-failed', message: `The collector failed: ${words}`, nextStep: 'The log may say more.' }
}
