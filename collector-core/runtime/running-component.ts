import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ComponentNode } from '../graph/graph.ts'
import { redactUrls } from '../language/redact-url.ts'
import type { Health, QueueState, TargetCounts, TrialScrape } from '../protocol.ts'
import type { ClosableMetricScope } from '../telemetry/registry.ts'
import type { Component, ComponentContext, ComponentType, DebugInfo } from './component.ts'
import type { Environment } from './environment.ts'
import { argumentsEqual } from '../schema/arguments-equal.ts'
import { HealthLog } from './health-log.ts'
import { mergeHealth } from './health.ts'
import type { Gate } from './edge.ts'
import type { NamedEdge } from './edges.ts'
import { settlesWithin } from './settles-within.ts'

export type Arguments = Readonly<Record<string, unknown>>
export type Exports = Readonly<Record<string, unknown>>

/** What evaluating a node gives: arguments, and the edges they hold. */
export interface Evaluation {
  readonly args: Arguments
  readonly edges: readonly NamedEdge[]
}

const validArguments = 'the arguments are valid'

/** What a component whose stop is hurried has left, milliseconds. */
export const leastStopMs = 300

/** One built component with its life: arguments, exports, health, drops; and the gate of all edges that lead to it. */
export class RunningComponent implements Gate {
  /** The node of the newest applied config. */
  node: ComponentNode
  /** The arguments in force; those of `node` unless health says otherwise. */
  args: Arguments
  /** The edges the arguments in force hold. */
  edges: readonly NamedEdge[]
  closed: string | undefined
  exports: Exports = {}
  readonly type: ComponentType
  readonly drops = new Map<string, number>()
  private readonly environment: Environment
  private readonly scope: ClosableMetricScope
  private readonly component: Component<unknown>
  private readonly onExports: (running: RunningComponent) => void
  private readonly stopping = new AbortController()
  private finished: Promise<void> | undefined
  private evaluation: Health
  private run: Health
  private own: Health | undefined
  /** The arguments in force, or those that are to be. */
  private newest: Arguments
  private waiting: Evaluation | undefined
  private taking = false

  constructor(
    node: ComponentNode,
    type: ComponentType,
    { args, edges }: Evaluation,
    environment: Environment,
    onExports: (running: RunningComponent) => void,
  ) {
    this.node = node
    this.type = type
    this.args = args
    this.newest = args
    this.edges = edges
    this.environment = environment
    this.onExports = onExports
    this.scope = environment.registry.scope({ component_id: node.id, component_path: '/' })
    this.evaluation = this.healthNow('healthy', validArguments)
    this.run = this.healthNow('unknown', 'not started yet')
    try {
      this.component = type.build(args, this.context())
    } catch (error) {
      this.scope.close()
      throw error
    }
  }

  get id(): string {
    return this.node.id
  }

  get health(): Health {
    return mergeHealth({ evaluation: this.evaluation, run: this.run, own: this.own })
  }

  /** True when the component ended without being asked to. */
  get exited(): boolean {
    return this.run.state === 'exited'
  }

  start(): void {
    this.run = this.healthNow('healthy', 'running')
    const ended = (message: string): void => {
      if (this.stopping.signal.aborted) return
      this.run = this.healthNow('exited', message)
      this.closed = `${this.id} has exited: ${message}`
    }
    this.finished = this.component.run(this.stopping.signal).then(
      () => ended('the component ended by itself'),
      (error: unknown) => {
        ended(messageOf(error))
        this.environment
          .logFor(this.id)
          .error('the component failed', { error: messageOf(error), next_step: nextStepOf(error) })
      },
    )
  }

  /** Settles when the component listens, after `deadlineMs`, or when `hurry` aborts. */
  async started(deadlineMs: number, hurry: AbortSignal): Promise<void> {
    await settlesWithin(this.environment.clock, this.component.started ?? Promise.resolve(), deadlineMs, hurry)
  }

  /**
   * Hands new arguments to the component unless it has them; on failure the old ones hold and health says why. One that
   * does not settle within `deadlineMs` is unhealthy until it does; then it gets the newest arguments there are.
   */
  async update(node: ComponentNode, evaluation: Evaluation, deadlineMs: number, hurry: AbortSignal): Promise<void> {
    this.node = node
    if (argumentsEqual(this.newest, evaluation.args)) {
      if (!this.taking && this.evaluation.state !== 'healthy')
        this.evaluation = this.healthNow('healthy', validArguments)
      return
    }
    this.newest = evaluation.args
    this.waiting = evaluation
    const isBusy = this.taking
    const inTime = !isBusy && (await settlesWithin(this.environment.clock, this.takeWaiting(), deadlineMs, hurry))
    if (inTime || hurry.aborted) return
    this.refuse(`still busy with new arguments${isBusy ? '' : ` after ${deadlineMs / 1000} s`}; the newest wait for it`)
  }

  /** Records that the newest arguments could not be used. */
  refuse(reason: string): void {
    this.evaluation = this.healthNow('unhealthy', reason)
    this.environment.logFor(this.id).error('the arguments were not applied', { error: reason })
  }

  /**
   * Closes the gate, asks the component to stop and waits for `deadlineMs` at most, or little once `hurry` aborts. Its
   * metrics disappear.
   */
  async stop(deadlineMs: number, hurry?: AbortSignal): Promise<void> {
    this.closed ??= `${this.id} has stopped`
    this.stopping.abort()
    if (this.finished !== undefined) {
      const { clock } = this.environment
      let inTime = await settlesWithin(clock, this.finished, deadlineMs, hurry)
      if (!inTime && hurry?.aborted) inTime = await settlesWithin(clock, this.finished, leastStopMs)
      if (!inTime) this.environment.logFor(this.id).error('the component did not stop in time and was left behind')
    }
    this.run = this.healthNow('exited', 'stopped')
    this.forgetMetrics()
  }

  /** Takes the component's metrics back, so that another of the same id can have its own. */
  forgetMetrics(): void {
    this.scope.close()
  }

  debugInfo(): DebugInfo {
    return this.component.debugInfo?.() ?? []
  }

  queue(): QueueState | undefined {
    return this.component.queue?.()
  }

  targets(): TargetCounts | undefined {
    return this.component.targets?.()
  }

  async scrapeOnce(url: string): Promise<TrialScrape | undefined> {
    return this.component.scrapeOnce?.(url)
  }

  handle(path: string): ReturnType<NonNullable<Component<unknown>['handle']>> {
    return this.component.handle?.(path)
  }

  private async takeWaiting(): Promise<void> {
    this.taking = true
    for (let next = this.waiting; next !== undefined; next = this.waiting) {
      this.waiting = undefined
      try {
        await this.component.update(next.args)
        this.args = next.args
        this.edges = next.edges
        this.evaluation = this.healthNow('healthy', validArguments)
      } catch (error) {
        if (this.newest === next.args) this.newest = this.args
        this.refuse(messageOf(error))
      }
    }
    this.taking = false
  }

  private healthNow(state: Health['state'], message: string): Health {
    return { state, message: redactUrls(message), since: this.environment.clock.now() }
  }

  private context(): ComponentContext {
    const { environment, node } = this
    const log = environment.logFor(node.id)
    const healthLog = new HealthLog(log)
    return {
      id: node.id,
      log,
      clock: environment.clock,
      random: environment.random,
      get dataDirectory() {
        const directory = join(environment.storagePath, node.id)
        mkdirSync(directory, { recursive: true, mode: 0o700 })
        return directory
      },
      metrics: this.scope,
      userAgent: environment.userAgent,
      ownAddress: environment.ownAddress,
      exposition: () => environment.registry.exposition(),
      publish: (exports: unknown) => {
        this.exports = { ...this.exports, ...(exports as Exports) }
        this.onExports(this)
      },
      drop: (count, reason) => void this.drops.set(reason, (this.drops.get(reason) ?? 0) + count),
      report: ({ state, message }) => {
        const health = this.healthNow(state, message)
        if (this.own?.state === state && this.own.message === health.message) return
        this.own = health
        healthLog.heard(this.own)
      },
    }
  }
}

/** What an error says, without passwords in URLs. */
export function messageOf(error: unknown): string {
  return redactUrls(error instanceof Error ? error.message : String(error))
}

function nextStepOf(error: unknown): string | undefined {
  return error instanceof Error && 'nextStep' in error ? String(error.nextStep) : undefined
}
