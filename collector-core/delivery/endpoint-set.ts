import { readdir } from 'node:fs/promises'
import type { QueueState } from '../protocol.ts'
import { untilStopped } from '../runtime/component.ts'
import type { ComponentContext, DebugInfo, DebugStatement } from '../runtime/component.ts'
import { sumQueues } from './queue-state.ts'
import { isEndpointDirectory } from './endpoint-identity.ts'
import type { EndpointIdentity } from './endpoint-identity.ts'

/** What a set does with its endpoints; `A` are the arguments of one. */
export interface SetEndpoint<A> {
  readonly identity: EndpointIdentity
  /** Why the endpoint needs attention. */
  readonly problem: string | undefined
  /** Sends until `stop`; again does nothing. */
  start(): void | Promise<void>
  stop(): Promise<void>
  /** Applies arguments of the same identity; the queues go on. */
  update(args: A): void
  debugInfo(): DebugStatement
  queueState(): QueueState
}

/** The endpoints of an exporter. Those that stay over a reload keep their queues; the health of all is one report. */
export class EndpointSet<A, E extends SetEndpoint<A>> {
  private readonly context: ComponentContext
  private readonly create: (identity: EndpointIdentity, args: A, onHealth: () => void) => E
  private endpoints: readonly E[] = []
  private removed: E[] = []
  private running = false
  private ended = false

  constructor(context: ComponentContext, create: (identity: EndpointIdentity, args: A, onHealth: () => void) => E) {
    this.context = context
    this.create = create
  }

  /** In the order of the configuration. */
  get all(): readonly E[] {
    return this.endpoints
  }

  get stopped(): boolean {
    return this.ended
  }

  /** The endpoints for new arguments, which take effect at once; `settle` starts and stops what has to be. */
  choose(identities: readonly EndpointIdentity[], args: readonly A[]): readonly E[] {
    const before = this.endpoints
    this.endpoints = args.map((endpointArgs, index) => {
      const identity = identities[index]
      const old = before.find((endpoint) => endpoint.identity.directory === identity.directory)
      old?.update(endpointArgs)
      return old ?? this.create(identity, endpointArgs, () => this.reportHealth())
    })
    this.removed.push(...before.filter((endpoint) => !this.endpoints.includes(endpoint)))
    return this.endpoints
  }

  async settle(): Promise<void> {
    const removed = this.removed.splice(0)
    if (this.running) await Promise.all(this.endpoints.map(async (endpoint) => endpoint.start()))
    await Promise.all(removed.map((endpoint) => endpoint.stop()))
    this.reportHealth()
    await this.mentionOrphans()
  }

  async run(stop: AbortSignal): Promise<void> {
    this.running = true
    await Promise.all(this.endpoints.map(async (endpoint) => endpoint.start()))
    await this.mentionOrphans()
    await untilStopped(stop)
    this.ended = true
    await Promise.all(this.endpoints.map((endpoint) => endpoint.stop()))
  }

  queue(): QueueState {
    return sumQueues(this.endpoints.map((endpoint) => endpoint.queueState()))
  }

  debugInfo(): DebugInfo {
    return this.endpoints.map((endpoint) => endpoint.debugInfo())
  }

  private reportHealth(): void {
    const problems = this.endpoints.flatMap(({ problem }) => problem ?? [])
    if (problems.length === 0) this.context.report({ state: 'healthy', message: 'sending' })
    else this.context.report({ state: 'unhealthy', message: problems.join('; ') })
  }

  /** Queues of endpoints that are no longer configured stay on disk; say so. */
  private async mentionOrphans(): Promise<void> {
    const { dataDirectory, log } = this.context
    const known = new Set(this.endpoints.map(({ identity }) => identity.directory))
    const directories = await readdir(dataDirectory).catch(() => [])
    const orphans = directories.filter((name) => isEndpointDirectory(name) && !known.has(name))
    if (orphans.length === 0) return
    log.info('queues of endpoints that are no longer configured stay on disk, with what was not sent', {
      directory: dataDirectory,
      queues: orphans.join(', '),
      next_step: 'configure such an endpoint again to send the rest, or delete the directory',
    })
  }
}
