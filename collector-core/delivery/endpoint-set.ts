import type { QueueState } from '../protocol.ts'
import { untilStopped } from '../runtime/component.ts'
import type { ComponentContext, DebugInfo, DebugStatement } from '../runtime/component.ts'
import { sumQueues } from './queue-state.ts'
import type { EndpointIdentity } from './endpoint-identity.ts'
import type { LeftQueues } from './left-queues.ts'

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
  private readonly left: LeftQueues | undefined
  private running = false
  private ended = false

  /** `left` looks after the queues of former endpoints, where they are on the disk of this machine. */
  constructor(
    context: ComponentContext,
    left: LeftQueues | undefined,
    create: (identity: EndpointIdentity, args: A, onHealth: () => void) => E,
  ) {
    this.context = context
    this.create = create
    this.left = left
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
    await Promise.all(removed.map((endpoint) => endpoint.stop()))
    if (this.running) await this.start()
    this.reportHealth()
  }

  async run(stop: AbortSignal): Promise<void> {
    this.running = true
    await this.start()
    if (this.left?.sentence !== undefined) this.reportHealth()
    await untilStopped(stop)
    this.ended = true
    await Promise.all(this.endpoints.map((endpoint) => endpoint.stop()))
  }

  queue(): QueueState {
    return sumQueues(this.endpoints.map((endpoint) => endpoint.queueState()))
  }

  debugInfo(): DebugInfo {
    return [...this.endpoints.map((endpoint) => endpoint.debugInfo()), ...(this.left?.debugInfo() ?? [])]
  }

  private reportHealth(): void {
    const problems = this.endpoints.flatMap(({ problem }) => problem ?? [])
    const sentence = this.left?.sentence ?? []
    const message = (problems.length === 0 ? ['sending'] : problems).concat(sentence).join('; ')
    this.context.report({ state: problems.length === 0 ? 'healthy' : 'unhealthy', message })
  }

  private async start(): Promise<void> {
    const owned = this.endpoints.map(({ identity }) => identity.directory)
    await this.left?.claim(owned, [() => true])
    await Promise.all(this.endpoints.map(async (endpoint) => endpoint.start()))
  }
}
