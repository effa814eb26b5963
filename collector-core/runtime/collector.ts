// The engine: takes a checked config, works out what has to change, and changes it whole or not at all.
import type { CheckedConfig } from '../graph/check.ts'
import type { ComponentNode, ConfigBlockNode, Graph } from '../graph/graph.ts'
import { planChange } from '../graph/plan.ts'
import type { PlannedNode } from '../graph/plan.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import { hasErrors } from '../language/diagnostic.ts'
import type { Health, StatsFrame } from '../protocol.ts'
import { WeirError } from '../weir-error.ts'
import type { ComponentType } from './component.ts'
import { Edge } from './edge.ts'
import { Connections, edgeFrame } from './edges.ts'
import type { NamedEdge } from './edges.ts'
import type { Environment } from './environment.ts'
import { engineMetrics } from './engine-metrics.ts'
import type { EngineMetrics } from './engine-metrics.ts'
import { evaluateNode } from './evaluate-node.ts'
import { leastStopMs, messageOf, RunningComponent } from './running-component.ts'
import type { Arguments, Evaluation } from './running-component.ts'
import { stopInOrder } from './stop-in-order.ts'
import { TapSession } from './tap/tap-session.ts'
import type { TapSelection } from './tap/tap-session.ts'

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
  readonly updates: ReadonlyMap<string, Evaluation>
}

/** How long a load waits for ports to open, milliseconds. */
const startDeadlineMs = 2_000

/** How long a load waits for a component to take new arguments, milliseconds. */
const updateDeadlineMs = 5_000

/** How long stopping may take in all, and how long the last to stop have at least, milliseconds. */
const stopDeadlineMs = 4_300

/** The running components and the edges between them: `load` any number of times, then `stop` once. */
export class Collector {
  private readonly environment: Environment
  private readonly options: CollectorOptions
  /** Running components in dependency order: receivers before those who send to them. */
  private running = new Map<string, RunningComponent>()
  private configBlockEdges: readonly NamedEdge[] = []
  private readonly changed = new Set<string>()
  private work: Promise<unknown> = Promise.resolve()
  private config: CheckedConfig | undefined
  /** Aborts when the stop is asked for: nothing waits for long from then on. */
  private readonly stopping = new AbortController()
  private stopped: Promise<void> | undefined
  private readonly metrics: EngineMetrics

  constructor(options: CollectorOptions) {
    this.options = options
    this.environment = options.environment
    const { registry, clock } = this.environment
    this.metrics = engineMetrics(
      registry,
      () => clock.monotonic(),
      () => this.frame(),
    )
  }

  /** True once a config has been applied, until the stop. */
  get ready(): boolean {
    return this.config !== undefined && this.stopped === undefined
  }

  /**
   * Applies a config. With any error nothing changes and what runs keeps running. Throws a `WeirError` once the stop was
   * asked for.
   */
  load(config: CheckedConfig): Promise<LoadResult> {
    return this.exclusively(() => this.loadNow(config))
  }

  /** Stops everything, sources first, for good. */
  stop(): Promise<void> {
    if (this.stopped !== undefined) return this.stopped
    const { clock } = this.environment
    const deadline = clock.monotonic() + stopDeadlineMs
    this.stopping.abort()
    this.stopped = this.exclusively(async () => {
      await stopInOrder([...this.running.values()].reverse(), (component) =>
        component.stop(Math.max(leastStopMs, deadline - clock.monotonic())),
      )
      this.running.clear()
      this.configBlockEdges = []
    })
    return this.stopped
  }

  components(): ComponentStatus[] {
    return [...this.running.values()].map((running) => ({ node: running.node, health: running.health, running }))
  }

  component(id: string): RunningComponent | undefined {
    return this.running.get(id)
  }

  /** The edges whose ends hold them now. */
  edgeList(): readonly NamedEdge[] {
    return [...[...this.running.values()].flatMap(({ edges }) => edges), ...this.configBlockEdges]
  }

  /** Watches what crosses the selected edges, at most `perSecond` items a second; to be closed when nobody looks any more. */
  tap(selection: TapSelection, perSecond: number): TapSession {
    return new TapSession(selection, perSecond, this.environment.clock, () => this.edgeList().map(({ edge }) => edge))
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
        queue: running.queue(),
        targets: running.targets(),
      })),
      edges: this.edgeList().map(edgeFrame),
    }
  }

  private evaluate(
    node: ComponentNode | ConfigBlockNode,
    lookup: (id: string) => RunningComponent | undefined,
    current: readonly NamedEdge[] = [],
  ): Evaluation & { readonly diagnostics: readonly Diagnostic[] } {
    const connections = new Connections(current, (ends, receiver) => {
      const onFailure = (error: unknown): void =>
        this.environment.logFor(ends.to).error('the component failed on a batch', { error: messageOf(error) })
      return new Edge(ends, receiver, this.environment.clock, onFailure, lookup(ends.to))
    })
    const { args, diagnostics } = this.metrics.evaluation(() =>
      evaluateNode(node, lookup, this.environment.system, connections),
    )
    return { args, diagnostics, edges: connections.edges }
  }

  /** Loads, re-evaluations and the stop take turns. */
  private exclusively<T>(action: () => Promise<T>): Promise<T> {
    const result = this.work.then(action, action)
    this.work = result.catch(() => undefined)
    return result
  }

  private async loadNow(config: CheckedConfig): Promise<LoadResult> {
    if (this.stopping.signal.aborted) {
      throw new WeirError('stopped', 'the collector has stopped and takes no config', 'Start it again to run one.')
    }
    if (hasErrors(config.diagnostics)) return { applied: false, diagnostics: config.diagnostics }
    const diagnostics = [...config.diagnostics]
    const candidate = this.prepare(config, diagnostics)
    if (hasErrors(diagnostics)) {
      for (const built of candidate.built.values()) await built.stop(0)
      return { applied: false, diagnostics }
    }
    await this.apply(config, candidate)
    return { applied: true, diagnostics }
  }

  /** Evaluates every component of a config and builds the new ones, touching nothing that runs. */
  private prepare(config: CheckedConfig, diagnostics: Diagnostic[]): Candidate {
    const built = new Map<string, RunningComponent>()
    const updates = new Map<string, Evaluation>()
    const wanted = config.order
      .map((id) => config.graph.byId.get(id)!)
      .filter((node) => this.options.types.has(node.name))
    const lookup = (id: string): RunningComponent | undefined => built.get(id) ?? this.running.get(id)
    for (const node of wanted) {
      const running = this.running.get(node.id)
      const evaluated = this.evaluate(node, lookup, running?.edges)
      diagnostics.push(...unsaid(evaluated.diagnostics, config))
      if (hasErrors(evaluated.diagnostics)) continue
      if (running?.node.name === node.name && !running.exited) {
        updates.set(node.id, evaluated)
        continue
      }
      running?.forgetMetrics()
      try {
        built.set(node.id, this.build(node, evaluated))
        // Whatever it has published by now, its dependants are about to see.
        this.changed.delete(node.id)
      } catch (error) {
        const { block, file } = node
        const message = `${node.id} cannot be built: ${messageOf(error)}`
        diagnostics.push({ severity: 'error', code: 'build-failed', message, span: block.name.span, file })
      }
    }
    for (const block of config.graph.configBlocks) {
      diagnostics.push(...unsaid(this.evaluate(block, lookup).diagnostics, config))
    }
    return { wanted, built, updates }
  }

  private build(node: ComponentNode, evaluation: Evaluation): RunningComponent {
    const type = this.options.types.get(node.name)!
    return new RunningComponent(node, type, evaluation, this.environment, ({ id }) => this.exportsChanged(id))
  }

  /**
   * Takes the candidate into service: removed sources stop, new receivers start, what stays gets its new arguments,
   * removed receivers stop, and new sources start last. So nothing is ever sent to a component that does not run.
   */
  private async apply(config: CheckedConfig, { wanted, built, updates }: Candidate): Promise<void> {
    const before = this.running
    const plan = planChange([...before.values()].map(planned), wanted.map(planned))
    const hurry = this.stopping.signal
    const stopping = plan.stop.map((id) => before.get(id)!)
    const starting = plan.start.map((id) => built.get(id)!)
    await this.stopSome(stopping.filter(isSource))

    this.config = config
    this.running = new Map(wanted.map(({ id }) => [id, built.get(id) ?? before.get(id)!]))
    for (const component of starting) if (!isSource(component)) component.start()
    this.configure(config)
    for (const id of plan.update) {
      await this.running.get(id)!.update(config.graph.byId.get(id)!, updates.get(id)!, updateDeadlineMs, hurry)
    }
    await this.stopSome(stopping.filter((component) => !isSource(component)))
    for (const component of starting) if (isSource(component)) component.start()
    await Promise.all(starting.map((component) => component.started(startDeadlineMs, hurry)))
  }

  /** Stops components a config no longer has, all of them within one span of time. */
  private async stopSome(components: readonly RunningComponent[]): Promise<void> {
    const { clock } = this.environment
    const deadline = clock.monotonic() + stopDeadlineMs
    await stopInOrder(components, (component) =>
      component.stop(Math.max(leastStopMs, deadline - clock.monotonic()), this.stopping.signal),
    )
  }

  /** Puts the root blocks into effect, or none of them when one cannot be evaluated. */
  private configure(config: CheckedConfig): void {
    const blocks = config.graph.configBlocks.map((block) => ({
      id: block.id,
      ...this.evaluate(block, (id) => this.running.get(id), this.configBlockEdges),
    }))
    const problems = blocks.flatMap(({ diagnostics }) => diagnostics)
    if (hasErrors(problems)) {
      this.environment.log.error('the root blocks keep their settings', { error: sentences(problems) })
      return
    }
    this.configBlockEdges = blocks.flatMap(({ edges }) => edges)
    this.options.onConfigBlock('', {})
    for (const { id, args } of blocks) this.options.onConfigBlock(id, args)
  }

  /** Evaluates the dependants of components whose exports changed, once per burst of changes. */
  private exportsChanged(id: string): void {
    if (this.changed.size === 0) queueMicrotask(() => void this.exclusively(() => this.evaluateDependants()))
    this.changed.add(id)
  }

  private async evaluateDependants(): Promise<void> {
    const changed = new Set(this.changed)
    this.changed.clear()
    const isConcerned = ({ references }: ComponentNode | ConfigBlockNode): boolean =>
      references.some(({ target }) => changed.has(target))
    for (const running of this.running.values()) {
      if (this.stopping.signal.aborted) return
      if (!isConcerned(running.node)) continue
      const evaluated = this.evaluate(running.node, (id) => this.running.get(id), running.edges)
      if (hasErrors(evaluated.diagnostics)) running.refuse(sentences(evaluated.diagnostics))
      else await running.update(running.node, evaluated, updateDeadlineMs, this.stopping.signal)
    }
    if (this.config?.graph.configBlocks.some(isConcerned)) this.configure(this.config)
  }
}

function planned(node: ComponentNode | RunningComponent): PlannedNode {
  if (node instanceof RunningComponent) return { ...planned(node.node), exited: node.exited }
  return { id: node.id, name: node.name, references: node.references.map(({ target }) => target) }
}

/** What only the evaluation with running components could tell. */
function unsaid(found: readonly Diagnostic[], { diagnostics }: CheckedConfig): Diagnostic[] {
  return found.filter(
    ({ code, span, file }) =>
      !diagnostics.some((known) => known.code === code && known.span.start === span.start && known.file === file),
  )
}

const sentences = (diagnostics: readonly Diagnostic[]): string => diagnostics.map(({ message }) => message).join('; ')

/** True when no other component can send data into this one. */
function isSource({ node }: RunningComponent): boolean {
  return !Object.values(node.definition?.exports ?? {}).some(({ shape }) => shape.kind === 'receiver')
}
