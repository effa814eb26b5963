import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ComponentNode } from '../graph/graph.ts'
import type { Health } from '../protocol.ts'
import type { ClosableMetricScope } from '../telemetry/registry.ts'
import type { Component, ComponentContext, ComponentType, DebugInfo } from './component.ts'
import type { Environment } from './environment.ts'
import { HealthLog } from './health-log.ts'
import { mergeHealth } from './health.ts'

export type Arguments = Readonly<Record<string, unknown>>
export type Exports = Readonly<Record<string, unknown>>

/** One built component with its life: arguments, exports, health, drops. Created by `buildComponent`. */
export class RunningComponent {
  /** The node of the newest applied config. */
  node: ComponentNode
  args: Arguments
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

  constructor(
    node: ComponentNode,
    type: ComponentType,
    args: Arguments,
    environment: Environment,
    onExports: (running: RunningComponent) => void,
  ) {
    this.node = node
    this.type = type
    this.args = args
    this.environment = environment
    this.onExports = onExports
    this.scope = environment.registry.scope({ component_id: node.id, component_path: '/' })
    this.evaluation = this.healthNow('healthy', 'the arguments are valid')
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

  start(): void {
    this.run = this.healthNow('healthy', 'running')
    this.finished = this.component.run(this.stopping.signal).then(
      () => {
        if (!this.stopping.signal.aborted) this.run = this.healthNow('exited', 'the component ended by itself')
      },
      (error: unknown) => {
        this.run = this.healthNow('exited', messageOf(error))
        this.environment
          .logFor(this.id)
          .error('the component failed', { error: messageOf(error), next_step: nextStepOf(error) })
      },
    )
  }

  /** Settles when the component listens, or after `deadlineMs`. */
  async started(deadlineMs: number): Promise<void> {
    await Promise.race([this.component.started ?? Promise.resolve(), this.environment.clock.sleep(deadlineMs)])
  }

  /** Hands new arguments to the component; on failure the old ones hold and health says why. */
  async update(node: ComponentNode, args: Arguments): Promise<void> {
    try {
      await this.component.update(args)
      this.node = node
      this.args = args
      this.evaluation = this.healthNow('healthy', 'the arguments are valid')
    } catch (error) {
      this.refuse(messageOf(error))
    }
  }

  /** Records that the newest arguments could not be used. */
  refuse(reason: string): void {
    this.evaluation = this.healthNow('unhealthy', reason)
    this.environment.logFor(this.id).error('the arguments were not applied', { error: reason })
  }

  /** Asks the component to stop and waits for `deadlineMs` at most. Its metrics disappear. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping.abort()
    if (this.finished !== undefined) {
      const late = Symbol('late')
      const ended = new AbortController()
      const deadline = this.environment.clock.sleep(deadlineMs, ended.signal).then(() => late)
      if ((await Promise.race([this.finished, deadline])) === late) {
        this.environment.logFor(this.id).error('the component did not stop in time and was left behind')
      }
      ended.abort()
    }
    this.run = this.healthNow('exited', 'stopped')
    this.scope.close()
  }

  debugInfo(): DebugInfo {
    return this.component.debugInfo?.() ?? []
  }

  handle(path: string): ReturnType<NonNullable<Component<unknown>['handle']>> {
    return this.component.handle?.(path)
  }

  private healthNow(state: Health['state'], message: string): Health {
    return { state, message, since: this.environment.clock.now() }
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
        if (this.own?.state === state && this.own.message === message) return
        this.own = this.healthNow(state, message)
        healthLog.heard(this.own)
      },
    }
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function nextStepOf(error: unknown): string | undefined {
  return error instanceof Error && 'nextStep' in error ? String(error.nextStep) : undefined
}
