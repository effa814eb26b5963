// The page that a collector serves by itself, with no host beside it: everything live works, nothing can be changed.
// Settings stay in the browser.
import { WeirError } from '../../collector-core/weir-error.ts'
import type { Pipeline } from '../../collector-core/protocol.ts'
import type { HostConnection, SubscriptionMoments, WeirClient } from '../../host/contract/client.ts'
import { defaultSettings } from '../../host/contract/project.ts'
import type { Settings } from '../../host/contract/project.ts'
import type {
  CallAnswer,
  CallArgs,
  CallName,
  StreamArgs,
  StreamEvent,
  StreamName,
} from '../../host/contract/weir-api.ts'
import type { CollectorRequests } from './collector-requests.ts'

export interface CollectorClientOptions {
  readonly requests: CollectorRequests
  /** Waits; rejects when the signal fires. */
  readonly sleep: (ms: number, stop: AbortSignal) => Promise<void>
  readonly now: () => number
  /** Where the collector is, as people read it. */
  readonly address: string
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
}

type Calls = { readonly [Name in CallName]?: (args: CallArgs<Name>) => Promise<CallAnswer<Name>> }
type Streams = {
  readonly [Name in StreamName]?: (
    args: StreamArgs<Name>,
    emit: (event: StreamEvent<Name>) => void,
    stop: AbortSignal,
  ) => Promise<void>
}

const firstPauseMs = 500
const longestPauseMs = 5_000
const lookAgainMs = 5_000
const settingsKey = 'weir.settings'

export class CollectorClient implements WeirClient {
  private readonly options: CollectorClientOptions
  private readonly watchers = new Set<(connection: HostConnection) => void>()
  private connection: HostConnection = { kind: 'connecting' }

  constructor(options: CollectorClientOptions) {
    this.options = options
  }

  call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<CallAnswer<Name>> {
    const answer = this.calls[name]
    return answer === undefined ? Promise.reject(withoutHost()) : answer(args)
  }

  subscribe<Name extends StreamName>(
    name: Name,
    args: StreamArgs<Name>,
    onEvent: (event: StreamEvent<Name>) => void,
    moments: SubscriptionMoments = {},
  ): () => void {
    const over = new AbortController()
    const source = this.streams[name]
    if (source === undefined) queueMicrotask(() => moments.ended?.(withoutHost()))
    else void this.keepGoing((emit, stop) => source(args, emit, stop), onEvent, moments, over.signal)
    return () => over.abort()
  }

  watchConnection(onChange: (connection: HostConnection) => void): () => void {
    const watcher = (connection: HostConnection): void => onChange(connection)
    this.watchers.add(watcher)
    watcher(this.connection)
    return () => void this.watchers.delete(watcher)
  }

  private async keepGoing<Event>(
    source: (emit: (event: Event) => void, stop: AbortSignal) => Promise<void>,
    onEvent: (event: Event) => void,
    { restarted }: SubscriptionMoments,
    stop: AbortSignal,
  ): Promise<void> {
    let pauseMs = firstPauseMs
    let broken = false
    const emit = (event: Event): void => {
      if (stop.aborted) return
      if (broken) restarted?.()
      broken = false
      pauseMs = firstPauseMs
      onEvent(event)
    }
    const ended = (): boolean => stop.aborted
    while (!ended()) {
      try {
        await source(emit, stop)
      } catch {
        if (ended()) return
        broken = true
        this.lose()
      }
      await this.options.sleep(pauseMs, stop).catch(() => undefined)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
  }

  private become(connection: HostConnection): void {
    this.connection = connection
    for (const watcher of [...this.watchers]) watcher(connection)
  }

  private lose(): void {
    if (this.connection.kind !== 'lost') this.become({ kind: 'lost', since: this.options.now() })
  }

  private answered(): void {
    if (this.connection.kind !== 'open') this.become({ kind: 'open', version: '' })
  }

  private readonly calls: Calls = {
    component: async ({ id }) => {
      const info = await this.options.requests.component(id, new AbortController().signal)
      if (info !== undefined) return info
      throw new WeirError('not-running', `${id} does not run.`, 'Apply a config that has it.')
    },
    settings: () => Promise.resolve(this.readSettings()),
    saveSettings: (changes) => {
      const settings = { ...this.readSettings(), ...changes }
      this.options.storage.setItem(settingsKey, JSON.stringify(settings))
      return Promise.resolve(settings)
    },
  }

  private readonly streams: Streams = {
    frames: (_, emit, stop) => this.follow(emit, stop),
    tap: async (args, emit, stop) => {
      for await (const frame of this.options.requests.tap(args, stop)) {
        this.answered()
        emit(frame)
      }
    },
    collectorState: (_, emit, stop) =>
      new Promise((resolve) => {
        const leave = this.watchConnection(({ kind }) => {
          if (kind !== 'open') return
          emit({ kind: 'running', address: this.options.address, since: this.options.now(), demo: false })
        })
        stop.addEventListener('abort', () => {
          leave()
          resolve()
        })
      }),
  }

  /** Frames as they come; the pipeline first, and again whenever other components run or some time has passed. */
  private async follow(emit: (event: StreamEvent<'frames'>) => void, stop: AbortSignal): Promise<void> {
    let known: string | undefined
    let running: string | undefined
    let readAt = -Infinity
    const read = async (): Promise<void> => {
      readAt = this.options.now()
      const pipeline: Pipeline | undefined = await this.options.requests.pipeline(stop)
      this.answered()
      const text = JSON.stringify(pipeline)
      if (pipeline !== undefined && text !== known) emit(pipeline)
      known = text
    }
    await read()
    for await (const frame of this.options.requests.frames(stop)) {
      this.answered()
      const ids = frame.components.map(({ id }) => id).join()
      if (ids !== running || this.options.now() - readAt >= lookAgainMs) await read()
      running = ids
      emit(frame)
    }
    throw new Error('the collector ended the stream of frames')
  }

  private readSettings(): Settings {
    try {
      return {
        ...defaultSettings,
        ...(JSON.parse(this.options.storage.getItem(settingsKey) ?? '{}') as Partial<Settings>),
      }
    } catch {
      return defaultSettings
    }
  }
}

function withoutHost(): WeirError {
  return new WeirError(
    'no-host',
    'This page is served by a collector alone and can only watch.',
    'Run "weir ui FILE" to edit the config in a browser.',
  )
}
