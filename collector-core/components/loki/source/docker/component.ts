import { setMaxListeners } from 'node:events'
import type { ContainerEvent, DockerEngine, EngineFailure } from '../../../../docker/engine.ts'
import { sameAccess } from '../../../../docker/engine-access.ts'
import { openEngine } from '../../../../docker/open-engine.ts'
import { watchEngine } from '../../../../docker/watch.ts'
import { implement } from '../../../../runtime/component.ts'
import type { Component, ComponentContext, DebugInfo } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import { fanOut } from '../../../../signal/fan-out.ts'
import type { Receiver } from '../../../../signal/receiver.ts'
import { compileRelabel } from '../../../../signal/relabel/relabel.ts'
import type { Relabel } from '../../../../signal/relabel/relabel.ts'
import { Delivery } from '../../../../tail/delivery.ts'
import { openPositions } from '../../../../tail/position-file.ts'
import type { PositionFile } from '../../../../tail/position-file.ts'
import { BlockPools } from './block-pools.ts'
import { ContainerTailer } from './container-tailer.ts'
import { definition } from './definition.ts'
import type { LineCounts } from './log-session.ts'
import type { ContainerPosition } from './position.ts'
import { decodeRemembered, followedId, isPosition, isTarget, targetKey } from './remembered.ts'
import type { Remembered } from './remembered.ts'
import { containersOf } from './target-set.ts'
import type { ContainerLabels } from './target-set.ts'

type Arguments = DefinitionArguments<typeof definition>
type Context = ComponentContext<typeof definition>

/** Bytes read and not yet accepted downstream, for all containers together and at least for each. */
const windowBytes = 64 * 1024 * 1024
const leastWindowBytes = 192 * 1024
const mostWindowBytes = 1024 * 1024

interface Tail {
  readonly tailer: ContainerTailer
  readonly delivery: Delivery<ContainerPosition>
  readonly done: Promise<void>
}

export const lokiSourceDocker = implement(definition, (args, context) => new DockerLogs(args, context))

export class DockerLogs implements Component<Arguments> {
  private args: Arguments
  private receiver: Receiver<'logs'>
  private wanted: ReadonlyMap<string, ContainerLabels>
  private readonly context: Context
  private readonly open: typeof openEngine
  private readonly metrics: ReturnType<typeof registerMetrics>
  private readonly pools = new BlockPools()
  private readonly tails = new Map<string, Tail>()
  /** Containers the engine did not list the last time, and whose position is forgotten if that repeats. */
  private missing = new Set<string>()
  private restart = new AbortController()
  private life: { readonly engine: DockerEngine; readonly stop: AbortSignal } | undefined
  private positions: PositionFile<Remembered> | undefined

  constructor(args: Arguments, context: Context, open: typeof openEngine = openEngine) {
    this.args = args
    this.context = context
    this.open = open
    this.metrics = registerMetrics(context)
    this.receiver = fanOut('logs', args.forward_to)
    this.wanted = wantedContainers(args)
  }

  async run(stop: AbortSignal): Promise<void> {
    const { context } = this
    this.positions = openPositions({
      directory: context.dataDirectory,
      clock: context.clock,
      log: context.log,
      decode: decodeRemembered,
    })
    while (!stop.aborted) {
      this.restart = new AbortController()
      await this.runOnEngine(AbortSignal.any([stop, this.restart.signal]))
    }
    await this.positions.close()
  }

  update(args: Arguments): void {
    const before = this.args
    const wanted = wantedContainers(args)
    this.args = args
    this.receiver = fanOut('logs', args.forward_to)
    this.wanted = wanted
    const sameEngine =
      before.host === args.host &&
      before.refresh_interval === args.refresh_interval &&
      sameAccess(before.http_client_config, args.http_client_config)
    if (sameEngine) this.reconcile()
    else this.restart.abort()
  }

  debugInfo(): DebugInfo {
    return [...this.tails].map(([id, { tailer, delivery }]) => ({
      kind: 'block',
      name: 'targets_info',
      body: [
        { kind: 'attribute', name: 'id', value: id },
        { kind: 'attribute', name: 'last_error', value: lastErrorOf(tailer) },
        { kind: 'attribute', name: 'labels', value: tailer.labels.target.toString() },
        { kind: 'attribute', name: 'is_running', value: tailer.running },
        { kind: 'attribute', name: 'read_offset', value: tailer.offset },
        { kind: 'attribute', name: 'unacknowledged_bytes', value: delivery.unacknowledgedBytes },
      ],
    }))
  }

  private async runOnEngine(stop: AbortSignal): Promise<void> {
    const { clock, random } = this.context
    // Every container listens for the stop.
    setMaxListeners(0, stop)
    const engine = this.open(this.args.host, this.args.http_client_config, this.context)
    this.life = { engine, stop }
    this.reconcile()
    await watchEngine(
      {
        engine,
        clock,
        random,
        refreshMs: this.args.refresh_interval,
        onReconcile: () => {
          this.reconcile()
          for (const { tailer } of this.tails.values()) tailer.wake()
          void this.takeStock({ engine, stop })
        },
        onEvent: (event) => this.onEvent(event),
        onLost: (failure) => this.unhealthy(failure),
      },
      stop,
    )
    this.life = undefined
    await Promise.all([...this.tails.values()].map(({ done }) => done))
    engine.close()
  }

  private onEvent({ type, containerId }: ContainerEvent): void {
    if (type !== 'container') return
    const tail = this.tails.get(containerId)
    if (tail) tail.tailer.wake()
    else if (this.wanted.has(containerId)) this.reconcile()
  }

  /** Brings the running tailers in line with the wanted containers. */
  private reconcile(): void {
    const { life, wanted } = this
    if (life === undefined || life.stop.aborted) return
    for (const [id, labels] of wanted) {
      const tail = this.tails.get(id)
      if (!tail) {
        this.follow(id, labels, life)
      } else {
        if (!tail.tailer.labels.target.equals(labels.target)) this.rememberTarget(id, labels)
        tail.tailer.retain(labels)
      }
    }
    for (const [id, { tailer }] of this.tails) if (!wanted.has(id)) tailer.release(life.stop)
  }

  private follow(id: string, labels: ContainerLabels, life: { engine: DockerEngine; stop: AbortSignal }): void {
    const { clock, random, log } = this.context
    const positions = this.positions!
    const position = positions.get(id)
    this.rememberTarget(id, labels)
    const delivery = new Delivery<ContainerPosition>({
      receiver: () => this.receiver,
      clock,
      random,
      windowBytes: () => Math.max(leastWindowBytes, Math.min(mostWindowBytes, windowBytes / this.tails.size)),
      onPosition: (position) => positions.set(id, position),
      onRejected: (items, reason) => {
        this.context.drop(items, 'rejected')
        log.error('the next component will never take these lines, they are dropped', { lines: items, reason })
      },
    })
    const tailer = new ContainerTailer(
      {
        id,
        host: this.args.host,
        engine: life.engine,
        clock,
        random,
        log,
        pools: this.pools,
        delivery,
        position: isPosition(position) ? position : undefined,
        onCounts: (counts) => this.count(counts),
      },
      labels,
    )
    const stopDelivery = (): void => delivery.stop()
    life.stop.addEventListener('abort', stopDelivery, { once: true })
    const done = tailer.run(life.stop).then(async (end) => {
      await delivery.drained()
      life.stop.removeEventListener('abort', stopDelivery)
      this.tails.delete(id)
      // Wanted again while it was finishing.
      if (end === 'finished' && this.wanted.has(id)) this.reconcile()
    })
    this.tails.set(id, { tailer, delivery, done })
  }

  private rememberTarget(id: string, { target }: ContainerLabels): void {
    this.positions?.set(targetKey(id), { host: this.args.host, target })
  }

  /** What has to be known of all containers, stopped ones included, to bring what is remembered in line with it. */
  private async takeStock(life: { engine: DockerEngine; stop: AbortSignal }): Promise<void> {
    const listed = await life.engine.containers({ all: true }, life.stop)
    if (listed.kind === 'failure' || life.stop.aborted) return
    this.context.report({ state: 'healthy', message: `following ${this.tails.size} containers` })
    const present = new Set(listed.value.map(({ id }) => id))
    this.finishInterrupted(present, life)
    this.forgetRemoved(present)
  }

  /** Containers that were followed when Weir ended and stopped since are no targets any more; their rest is read. */
  private finishInterrupted(present: ReadonlySet<string>, life: { engine: DockerEngine; stop: AbortSignal }): void {
    const { positions, args } = this
    for (const key of positions!.keys()) {
      const id = followedId(key)
      const remembered = positions!.get(key)
      if (id === undefined || !isTarget(remembered) || remembered.host !== args.host || this.tails.has(id)) continue
      const labels = containersOf([remembered.target], args.labels, relabelOf(args)).get(id)
      if (!present.has(id) || labels === undefined) {
        positions!.delete(key)
        continue
      }
      this.follow(id, labels, life)
      this.tails.get(id)?.tailer.release(life.stop)
    }
  }

  /** Positions live as long as their container; one miss may be a race with its creation. */
  private forgetRemoved(present: ReadonlySet<string>): void {
    const positions = this.positions!
    const missing = new Set<string>()
    for (const id of positions.keys()) {
      const position = positions.get(id)
      if (!isPosition(position) || position.host !== this.args.host) continue
      if (present.has(id) || this.tails.has(id)) continue
      if (this.missing.has(id)) positions.delete(id)
      else missing.add(id)
    }
    this.missing = missing
  }

  private count({ entries, empty, unparsable, tooLong, dropped }: LineCounts): void {
    const { metrics, context } = this
    if (entries > 0) metrics.entries.add(entries)
    if (empty > 0) metrics.empty.add(empty)
    if (unparsable > 0) {
      metrics.parsingErrors.add(unparsable)
      context.drop(unparsable, 'unparsable')
    }
    if (dropped > 0) context.drop(dropped, 'relabel')
    if (tooLong > 0) {
      context.drop(tooLong, 'line_too_long')
      context.log.error('lines longer than 1 MiB were left out', { lines: tooLong })
    }
  }

  private unhealthy(failure: EngineFailure): void {
    if (failure.code === 'stopped') return
    this.context.report({ state: 'unhealthy', message: `${failure.message}. ${failure.nextStep}` })
    this.context.log.debug('the Docker engine is not reachable, reading goes on when it is back', {
      error: failure.message,
      next_step: failure.nextStep,
    })
  }
}

function wantedContainers(args: Arguments): ReadonlyMap<string, ContainerLabels> {
  return containersOf(args.targets, args.labels, relabelOf(args))
}

const relabelOf = (args: Arguments): Relabel | undefined =>
  args.relabel_rules.length === 0 ? undefined : compileRelabel(args.relabel_rules)

function lastErrorOf(tailer: ContainerTailer): string {
  if (tailer.lastError) return `${tailer.lastError.message}. ${tailer.lastError.nextStep}`
  const { channels } = tailer.labels
  return channels[0] === undefined && channels[1] === undefined ? 'relabel_rules drop every line of this container' : ''
}

function registerMetrics({ metrics }: Context) {
  return {
    entries: metrics.counter('loki_source_docker_target_entries_total', 'Lines read from containers and handed on.'),
    parsingErrors: metrics.counter(
      'loki_source_docker_target_parsing_errors_total',
      'Lines left out because their timestamp could not be read.',
    ),
    empty: metrics.counter('loki_source_docker_target_empty_lines_total', 'Empty lines, which are left out.'),
  }
}
