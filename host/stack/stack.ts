// The local stack as one value that changes: orders are taken one at a time, cards are refreshed while somebody looks.
import { WeirError } from '../../collector-core/weir-error.ts'
import type {
  BackendCard,
  BackendLogLine,
  BackendName,
  Preflight,
  Proof,
  RemoteEndpoint,
  RemoteName,
  StackAnswer,
  StackPhase,
  StackState,
} from '../contract/stack.ts'
import { openProvider } from './open-provider.ts'
import type { OpenedProvider } from './open-provider.ts'
import { failedWith, problemOf } from './problem.ts'
import { remoteHeaders } from './remote/remote-access.ts'
import { readRemotes, writeRemotes } from './remote/remote-file.ts'
import { changeSettings, readSettings, writeSettings } from './settings.ts'
import type { SettingsChange } from './settings.ts'
import type { StackOptions } from './stack-options.ts'
import type { Order } from './stack-provider.ts'

const refreshEveryMs = 2000
const notifyEveryMs = 250

export class Stack {
  private readonly options: StackOptions
  private opened: OpenedProvider
  private current: StackState
  private readonly listeners = new Set<(state: StackState) => void>()
  private order: AbortController | undefined
  private headers: Partial<Record<RemoteName, Readonly<Record<string, string>>>> = {}
  private wanted: 'up' | 'down' | undefined
  private collectorMadeWay = false
  private refreshing: Promise<void> | undefined
  private refreshTimer: NodeJS.Timeout | undefined
  private notifyTimer: NodeJS.Timeout | undefined
  private watching: AbortController | undefined

  private constructor(options: StackOptions, opened: OpenedProvider, state: StackState) {
    this.options = options
    this.opened = opened
    this.current = state
  }

  /** Reads the settings, finds an engine and looks at what runs; starts nothing. */
  static async open(options: StackOptions): Promise<Stack> {
    const settings = readSettings(options.folder)
    const remotes = readRemotes(options.folder)
    const opened = await openProvider(options, settings, remotes)
    const stack = new Stack(options, opened, {
      phase: 'down',
      provider: opened.provider.provider,
      why: opened.why,
      settings,
      engine: opened.search,
      cards: [],
      pull: undefined,
      doing: undefined,
      problem: undefined,
      endpoints: opened.provider.endpoints,
      remotes,
      proof: undefined,
    })
    await stack.refresh()
    return stack
  }

  get state(): StackState {
    return this.current
  }

  /** Access headers by remote backend, as of the last look at them; empty for backends that run here. */
  get access(): Readonly<Partial<Record<RemoteName, Readonly<Record<string, string>>>>> {
    return this.current.provider === 'remote' ? this.headers : {}
  }

  /** Calls back with the state now and at every change, at most four times a second; answers with how to end it. */
  subscribe(listener: (state: StackState) => void): () => void {
    const mine = (state: StackState): void => listener(state)
    this.listeners.add(mine)
    listener(this.current)
    if (this.listeners.size === 1) this.beginWatching()
    return () => {
      this.listeners.delete(mine)
      if (this.listeners.size === 0) this.endWatching()
    }
  }

  preflight(): Promise<Preflight> {
    return this.opened.provider.preflight()
  }

  async start(): Promise<StackAnswer> {
    return this.run('starting', async (order) => {
      await this.reopenIfLost()
      const { findings, canStart } = await this.preflight()
      if (!canStart) {
        const first = findings.find(({ severity }) => severity === 'error')
        throw new WeirError(
          `preflight-${first?.check}`,
          first?.message ?? 'the stack cannot start',
          fixWords(first?.fix),
        )
      }
      await this.startInPlace(order)
      this.wanted = 'up'
      return 'the stack is ready'
    })
  }

  /** Ends what goes on; the order then answers `cancelled`. */
  cancel(): void {
    this.order?.abort()
  }

  stop(): Promise<StackAnswer> {
    this.wanted = 'down'
    return this.run('stopping', async (order) => {
      await this.opened.provider.stop(order)
      await this.takeCollectorBack()
      return 'the stack is stopped; its data is kept'
    })
  }

  restart(backend: BackendName): Promise<StackAnswer> {
    return this.run('starting', async (order) => {
      await this.opened.provider.restart(backend, order)
      return `${backend} was restarted`
    })
  }

  reset(backend: BackendName): Promise<StackAnswer> {
    return this.run('starting', async (order) => {
      await this.opened.provider.reset(backend, order)
      return `${backend} is empty`
    })
  }

  upgrade(): Promise<StackAnswer> {
    return this.run('starting', async (order) => {
      await this.opened.provider.upgrade(order)
      return 'every backend runs the version this Weir is written for'
    })
  }

  uninstall(images: boolean): Promise<StackAnswer> {
    this.wanted = 'down'
    return this.run('stopping', async (order) => {
      await this.opened.provider.uninstall({ images }, order)
      await this.takeCollectorBack()
      return 'containers, network and data are removed'
    })
  }

  importImages(path: string): Promise<StackAnswer> {
    return this.run('pulling', async (order) => {
      await this.opened.provider.importImages(path, order)
      return 'the images are imported'
    })
  }

  /** Keeps the change; a running stack takes it at its next start. */
  async change(change: SettingsChange): Promise<StackAnswer> {
    return this.run('checking', async () => {
      const settings = changeSettings(this.current.settings, change)
      writeSettings(this.options.folder, settings)
      this.set({ settings })
      await this.reopen()
      return 'kept'
    })
  }

  async saveRemote(remote: RemoteEndpoint): Promise<void> {
    await this.keepRemotes([...this.current.remotes.filter(({ name }) => name !== remote.name), remote])
  }

  async deleteRemote(name: RemoteName): Promise<void> {
    await this.keepRemotes(this.current.remotes.filter((remote) => remote.name !== name))
  }

  /** What has to be sent along to a backend; empty for those that run here. */
  async headersFor(name: RemoteName): Promise<Readonly<Record<string, string>>> {
    const remote = this.current.remotes.find((candidate) => candidate.name === name)
    if (this.current.provider !== 'remote' || remote === undefined) return {}
    const headers = await remoteHeaders(remote, this.options.secret)
    this.headers = { ...this.headers, [name]: headers }
    return headers
  }

  showProof(proof: Proof): void {
    this.set({ proof })
  }

  followLogs(
    backend: BackendName,
    onLines: (lines: readonly BackendLogLine[]) => void,
    stop: AbortSignal,
  ): Promise<void> {
    return this.opened.provider.followLogs(backend, onLines, stop)
  }

  /** Ends what lives in this process; containers go on unless the settings say otherwise. */
  async close(): Promise<void> {
    this.order?.abort()
    this.collectorMadeWay = false
    if (this.wanted === 'up' && !this.current.settings.keepRunning && this.opened.provider.provider === 'docker') {
      await this.stop()
    }
    this.listeners.clear()
    this.endWatching()
    clearTimeout(this.notifyTimer)
    await this.opened.provider.close()
  }

  /** Brings the cards up to date; a lost engine becomes the state's problem. */
  refresh(): Promise<void> {
    this.refreshing ??= this.readCards().finally(() => (this.refreshing = undefined))
    return this.refreshing
  }

  /** Starts it, an Alloy of it in place of the collector. */
  private async startInPlace(order: Order): Promise<void> {
    const { collector } = this.options
    const replaced = this.current.provider === 'docker' && this.current.settings.extras.includes('alloy')
    if (replaced && collector?.running === true) {
      order.doing("stopping Weir's own pipeline, which Alloy replaces")
      await collector.stop()
      this.collectorMadeWay = true
    }
    try {
      await this.opened.provider.start(order)
    } catch (error) {
      await this.takeCollectorBack()
      throw error
    }
    if (!replaced) await this.takeCollectorBack()
  }

  private async takeCollectorBack(): Promise<void> {
    if (!this.collectorMadeWay) return
    this.collectorMadeWay = false
    await this.options.collector?.start()
  }

  private async readCards(): Promise<void> {
    try {
      const cards = await this.opened.provider.cards()
      await Promise.all(this.current.remotes.map(({ name }) => this.headersFor(name).catch(() => undefined)))
      const lost = this.current.problem !== undefined && isLost(this.current.problem.code)
      this.set({
        cards,
        ...(this.order === undefined && { phase: phaseOf(cards) }),
        ...(lost && { problem: undefined }),
      })
    } catch (error) {
      const problem = problemOf(error)
      const cards = this.current.cards.map((card): BackendCard => ({
        ...card,
        state: 'unready',
        readiness: problem.message,
      }))
      this.set({ cards, problem, ...(this.order === undefined && { phase: 'failed' }) })
    }
  }

  private async run(phase: StackPhase, work: (order: Order) => Promise<string>): Promise<StackAnswer> {
    if (this.order !== undefined) {
      const error = new WeirError(
        'busy',
        `something else goes on: ${this.current.doing ?? this.current.phase}`,
        'Wait for it to end, or cancel it.',
      )
      return failedWith(error)
    }
    const order = new AbortController()
    this.order = order
    this.set({ phase, doing: 'looking at what is there', problem: undefined })
    let answer: StackAnswer
    try {
      const words = await work({
        cancel: order.signal,
        doing: (doing) => this.set({ doing }),
        pulling: (pull) => this.set({ pull, phase: pull === undefined ? phase : 'pulling' }),
      })
      answer = { kind: 'done', words }
    } catch (error) {
      answer = failedWith(error)
    }
    this.order = undefined
    this.set({ doing: undefined, pull: undefined, problem: answer.kind === 'failed' ? answer.problem : undefined })
    await this.refreshing
    await this.refresh()
    return answer
  }

  private async keepRemotes(remotes: readonly RemoteEndpoint[]): Promise<void> {
    writeRemotes(this.options.folder, remotes)
    this.set({ remotes })
    if (this.current.settings.provider === 'remote') await this.reopen()
  }

  private async reopen(): Promise<void> {
    const before = this.opened.provider
    this.opened = await openProvider(this.options, this.current.settings, this.current.remotes)
    await before.close()
    const { provider, why, search } = this.opened
    this.set({ provider: provider.provider, why, engine: search, endpoints: provider.endpoints })
    if (this.watching !== undefined) this.watchProvider()
  }

  /** An engine that was started meanwhile, or replaced by another one, is found again. */
  private async reopenIfLost(): Promise<void> {
    if (this.opened.provider.provider !== 'docker') return
    const failed = await this.opened.provider.cards().then(
      () => false,
      () => true,
    )
    if (failed) await this.reopen()
  }

  private beginWatching(): void {
    const tick = (): void => {
      void this.refresh()
        .then(() => this.recover())
        .finally(() => {
          if (this.watching !== undefined) this.refreshTimer = setTimeout(tick, refreshEveryMs)
        })
    }
    this.watchProvider()
    tick()
  }

  private watchProvider(): void {
    this.watching?.abort()
    const watching = new AbortController()
    this.watching = watching
    // Cards are also refreshed by the clock, so a watch that fails costs promptness only.
    this.opened.provider.watch(() => void this.refresh(), watching.signal).catch(() => undefined)
  }

  private endWatching(): void {
    this.watching?.abort()
    this.watching = undefined
    clearTimeout(this.refreshTimer)
  }

  /** After the engine came back, a stack that was up is brought up again. */
  private async recover(): Promise<void> {
    const { problem } = this.current
    if (this.order !== undefined || problem === undefined || !isLost(problem.code)) return
    await this.reopen()
    await this.refresh()
    if (this.current.problem === undefined && this.wanted === 'up') await this.start()
  }

  private set(change: Partial<StackState>): void {
    this.current = { ...this.current, ...change }
    if (this.notifyTimer !== undefined || this.listeners.size === 0) return
    this.notifyTimer = setTimeout(() => {
      this.notifyTimer = undefined
      for (const listener of this.listeners) listener(this.current)
    }, notifyEveryMs)
  }
}

const isLost = (code: string): boolean => code.startsWith('engine-')

function phaseOf(cards: readonly BackendCard[]): StackPhase {
  if (cards.length === 0 || cards.every(({ state }) => state === 'absent' || state === 'stopped')) return 'down'
  if (cards.every(({ state }) => state === 'ready')) return 'up'
  return cards.some(({ state }) => state === 'starting') ? 'starting' : 'degraded'
}

function fixWords(fix: Preflight['findings'][number]['fix']): string {
  switch (fix?.kind) {
    case 'use-port':
      return `Use port ${fix.port} in its place: \`weir stack up --port ${fix.name}=${fix.port}\`.`
    case 'use-provider':
      return `Use \`weir stack up --provider ${fix.provider}\`.`
    case 'by-hand':
      return fix.words
    case undefined:
      return '`weir stack preflight` shows everything that is in the way.'
  }
}
