// The engine: takes a checked config, works out what has to change, and changes it whole or not at all.
import type { CheckedConfig } from '../graph/check.ts'
import type { Decoded } from '../graph/arguments.ts'
import type { ComponentNode, ConfigBlockNode, Graph } from '../graph/graph.ts'
import { argumentsEqual } from '../schema/arguments-equal.ts'
import { planChange } from '../graph/plan.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import { hasErrors } from '../language/diagnostic.ts'
import type { Health, StatsFrame } from '../protocol.ts'
import type { ComponentType } from './component.ts'
import { Edges } from './edges.ts'
import type { NamedEdge } from './edges.ts'
import type { Environment } from './environment.ts'
import { engineMetrics } from './engine-metrics.ts'
import type { EngineMetrics } from './engine-metrics.ts'
import { evaluateNode } from './evaluate-node.ts'
import type { Lookup } from './evaluate-node.ts'
import { messageOf, RunningComponent } from './running-component.ts'
import type { Arguments } from './running-component.ts'

/** What a load did, or why it did nothing. `diagnostics` holds warnings too. */
export interface LoadResult {
  readonly applied: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** One component as seen from outside. */
export interface ComponentStatus {
  readonly node: ComponentNode
  readonly health: Health
  readonly running: RunningComponent
}

export interface CollectorOptions {
  readonly environment: Environment
  readonly types: ReadonlyMap<string, ComponentType>
  /** Called with the decoded arguments of each root config block of an applied config, defaults where it is absent. */
  readonly onConfigBlock: (name: string, args: Arguments) => void
}

/** Prepared but not applied: everything `apply` needs, checked. */
interface Candidate {
  readonly wanted: readonly ComponentNode[]
  readonly built: ReadonlyMap<string, RunningComponent>
  readonly updates: ReadonlyMap<string, { node: ComponentNode; args: Arguments }>
}

/** How long a load waits for ports to open, milliseconds. */
const startDeadlineMs = 2_000

/** How long stopping may take in all, and how long the last to stop have at least, milliseconds. */
const stopDeadlineMs = 4_300
const leastStopMs = 300

export class Collector {
  private readonly environment: Environment
  private readonly options: CollectorOptions
  private readonly edges: Edges
  /** Running components in dependency order: receivers before those who send to them. */
  private running = new Map<string, RunningComponent>()
  private readonly changed = new Set<string>()
  private work: Promise<unknown> = Promise.resolve()
  private config: CheckedConfig | undefined
  private readonly metrics: EngineMetrics

  constructor(options: CollectorOptions) {
    this.options = options
    this.environment = options.environment
    this.edges = new Edges(this.environment.clock, (consumer, error) => {
      this.environment.logFor(consumer).error('the component failed on a batch', { error: messageOf(error) })
    })
    const { registry, clock } = this.environment
    this.metrics = engineMetrics(
      registry,
      () => clock.monotonic(),
      () => this.frame(),
    )
  }

  /** True once a config has been applied. */
  get ready(): boolean {
    return this.config !== undefined
  }

  /** Applies a config. With any error nothing changes and what runs keeps running. */
  load(config: CheckedConfig): Promise<LoadResult> {
    return this.exclusively(() => this.loadNow(config))
  }

  /** Stops everything, sources first. */
  stop(): Promise<void> {
    return this.exclusively(async () => {
      const order = [...this.running.values()].reverse()
      await this.stopInOrder(order)
      this.running.clear()
      this.edges.begin()
      this.edges.commit()
    })
  }

  components(): ComponentStatus[] {
    return [...this.running.values()].map((running) => ({ node: running.node, health: running.health, running }))
  }

  component(id: string): RunningComponent | undefined {
    return this.running.get(id)
  }

  edgeList(): readonly NamedEdge[] {
    return this.edges.all()
  }

  /** The graph of the applied config, with the components that cannot run; undefined before the first. */
  get graph(): Graph | undefined {
    return this.config?.graph
  }

  /** Ids of the components data flows to from `id`, by the edges of the config. */
  dataFlowFrom(id: string): string[] {
    const edges = this.config?.graph.edges ?? []
    return [...new Set(edges.filter(({ from }) => from === id).map(({ to }) => to))]
  }

  frame(): StatsFrame {
    return {
      kind: 'stats',
      at: this.environment.clock.now(),
      components: [...this.running.values()].map((running) => ({
        id: running.id,
        health: running.health,
        dropped: Object.fromEntries(running.drops),
      })),
      edges: this.edges.frames(),
    }
  }

  private evaluate(node: ComponentNode | ConfigBlockNode, lookup: Lookup): Decoded {
    return this.metrics.evaluation(() => evaluateNode(node, lookup, this.environment.system, this.edges))
  }

  /** Loads, re-evaluations and the stop take turns. */
  private exclusively<T>(action: () => Promise<T>): Promise<T> {
    const result = this.work.then(action, action)
    this.work = result.catch(() => undefined)
    return result
  }

  private async loadNow(config: CheckedConfig): Promise<LoadResult> {
    if (hasErrors(config.diagnostics)) return { applied: false, diagnostics: config.diagnostics }
    const diagnostics = [...config.diagnostics]
    this.edges.begin()
    const candidate = this.prepare(config, diagnostics)
    if (hasErrors(diagnostics)) {
      this.edges.rollback()
      for (const built of candidate.built.values()) await built.stop(stopDeadlineMs)
      return { applied: false, diagnostics }
    }
    await this.apply(config, candidate)
    return { applied: true, diagnostics }
  }

  /** Evaluates every component of a config and builds the new ones, touching nothing that runs. */
  private prepare(config: CheckedConfig, diagnostics: Diagnostic[]): Candidate {
    const built = new Map<string, RunningComponent>()
    const updates = new Map<string, { node: ComponentNode; args: Arguments }>()
    const wanted = config.order
      .map((id) => config.graph.byId.get(id)!)
      .filter((node) => this.options.types.has(node.name))
    const lookup = (id: string): RunningComponent | undefined => built.get(id) ?? this.running.get(id)
    for (const node of wanted) {
      const type = this.options.types.get(node.name)!
      const evaluated = this.evaluate(node, lookup)
      diagnostics.push(...evaluated.diagnostics)
      if (hasErrors(evaluated.diagnostics)) continue
      const running = this.running.get(node.id)
      if (running?.node.name === node.name) {
        updates.set(node.id, { node, args: evaluated.args })
        continue
      }
      try {
        built.set(
          node.id,
          new RunningComponent(node, type, evaluated.args, this.environment, (changed) => this.exportsChanged(changed)),
        )
      } catch (error) {
        const { block, file } = node
        const message = `${node.id} cannot be built: ${messageOf(error)}`
        diagnostics.push({ severity: 'error', code: 'build-failed', message, span: block.name.span, file })
      }
    }
    for (const block of config.graph.configBlocks) diagnostics.push(...this.evaluate(block, lookup).diagnostics)
    return { wanted, built, updates }
  }

  /**
   * Takes the candidate into service: removed sources stop, new receivers start, what stays gets its new arguments,
   * removed receivers stop, and new sources start last. So nothing is ever sent to a component that does not run.
   */
  private async apply(config: CheckedConfig, { wanted, built, updates }: Candidate): Promise<void> {
    const before = this.running
    const plan = planChange(
      [...before.values()].map(({ node }) => planned(node)),
      wanted.map(planned),
    )
    const isSource = (node: ComponentNode): boolean => !sendable(node)
    const stopping = plan.stop.map((id) => before.get(id)!)
    await this.stopInOrder(stopping.filter(({ node }) => isSource(node)))

    this.config = config
    this.running = new Map(wanted.map(({ id }) => [id, built.get(id) ?? before.get(id)!]))
    this.options.onConfigBlock('', {})
    for (const block of config.graph.configBlocks) {
      this.options.onConfigBlock(block.id, this.evaluate(block, (id) => this.running.get(id)).args)
    }
    for (const id of plan.start) if (!isSource(built.get(id)!.node)) built.get(id)!.start()
    this.edges.commit()
    for (const id of plan.update) {
      const running = this.running.get(id)!
      const { node, args } = updates.get(id)!
      if (argumentsEqual(running.args, args)) running.node = node
      else await running.update(node, args)
    }
    await this.stopInOrder(stopping.filter(({ node }) => !isSource(node)))
    for (const id of plan.start) if (isSource(built.get(id)!.node)) built.get(id)!.start()
    await Promise.all(plan.start.map((id) => built.get(id)!.started(startDeadlineMs)))
  }

  /** Stops components, each once all of these that refer to it have stopped, and all of them within one span of time. */
  private async stopInOrder(components: readonly RunningComponent[]): Promise<void> {
    const { clock } = this.environment
    const deadline = clock.monotonic() + stopDeadlineMs
    const stopped = new Map<string, Promise<void>>()
    const stop = (component: RunningComponent): Promise<void> => {
      const begun = stopped.get(component.id)
      if (begun !== undefined) return begun
      const senders = components.filter(({ node }) => node.references.some(({ target }) => target === component.id))
      const ended = Promise.all(senders.map(stop)).then(() =>
        component.stop(Math.max(leastStopMs, deadline - clock.monotonic())),
      )
      stopped.set(component.id, ended)
      return ended
    }
    await Promise.all(components.map(stop))
  }

  /** Evaluates the dependants of components whose exports changed, once per burst of changes. */
  private exportsChanged(component: RunningComponent): void {
    if (this.running.get(component.id) !== component) return
    if (this.changed.size === 0) queueMicrotask(() => void this.exclusively(() => this.evaluateDependants()))
    this.changed.add(component.id)
  }

  private async evaluateDependants(): Promise<void> {
    const changed = new Set(this.changed)
    this.changed.clear()
    for (const running of [...this.running.values()]) {
      if (!running.node.references.some(({ target }) => changed.has(target))) continue
      const { args, diagnostics } = this.evaluate(running.node, (id) => this.running.get(id))
      if (hasErrors(diagnostics)) running.refuse(diagnostics.map(({ message }) => message).join('; '))
      else if (!argumentsEqual(running.args, args)) await running.update(running.node, args)
    }
  }
}

function planned(node: ComponentNode): { id: string; name: string; references: readonly string[] } {
  return { id: node.id, name: node.name, references: node.references.map(({ target }) => target) }
}

/** True when other components can send data into this one. */
function sendable(node: ComponentNode): boolean {
  return Object.values(node.definition?.exports ?? {}).some(({ shape }) => shape.kind === 'receiver')
}
