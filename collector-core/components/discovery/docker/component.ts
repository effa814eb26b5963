import type { DockerEngine, EngineFailure } from '../../../docker/engine.ts'
import { openEngine } from '../../../docker/open-engine.ts'
import { watchEngine } from '../../../docker/watch.ts'
import { implement } from '../../../runtime/component.ts'
import type { Component, ComponentContext } from '../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import type { Labels } from '../../../signal/labels.ts'
import { defaultBuckets } from '../../../telemetry/metric-scope.ts'
import { containerTargets } from './container-targets.ts'
import { definition } from './definition.ts'
import { RefreshGate } from './refresh-gate.ts'

type Arguments = DefinitionArguments<typeof definition>
type Context = ComponentContext<typeof definition>

const mechanism = ['docker'] as const

export const discoveryDocker = implement(definition, (args, context) => new DockerDiscovery(args, context))

export class DockerDiscovery implements Component<Arguments> {
  private args: Arguments
  private readonly context: Context
  private readonly open: typeof openEngine
  private readonly metrics: ReturnType<typeof registerMetrics>
  private restart = new AbortController()
  private published: readonly Labels[] = []

  constructor(args: Arguments, context: Context, open: typeof openEngine = openEngine) {
    this.args = args
    this.context = context
    this.open = open
    this.metrics = registerMetrics(context)
    context.publish({ targets: [] })
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      this.restart = new AbortController()
      const generation = AbortSignal.any([stop, this.restart.signal])
      const engine = this.open(this.args.host, this.args, this.context)
      await this.watch(engine, generation)
      engine.close()
    }
  }

  update(args: Arguments): void {
    this.args = args
    this.restart.abort()
  }

  private async watch(engine: DockerEngine, stop: AbortSignal): Promise<void> {
    const { clock, random } = this.context
    const refresh = new RefreshGate(clock, stop, () => this.refresh(engine, stop))
    await watchEngine(
      {
        engine,
        clock,
        random,
        refreshMs: this.args.refresh_interval,
        onReconcile: () => refresh.request(),
        onEvent: () => refresh.request(),
        onLost: (failure) => this.unhealthy(failure),
      },
      stop,
    )
    await refresh.idle()
  }

  private async refresh(engine: DockerEngine, stop: AbortSignal): Promise<'done' | 'failed'> {
    const { clock } = this.context
    const { args, metrics } = this
    const started = clock.monotonic()
    const filters = new Map<string, readonly string[]>()
    for (const { name, values } of args.filter) filters.set(name, [...(filters.get(name) ?? []), ...values])
    const containers = await engine.containers({ filters }, stop)
    const networks = containers.kind === 'answer' ? await engine.networks(stop) : containers
    if (stop.aborted) return 'done'
    if (containers.kind === 'failure' || networks.kind === 'failure') {
      metrics.failures.add(1, [...mechanism, this.context.id])
      this.unhealthy(containers.kind === 'failure' ? containers : (networks as EngineFailure))
      return 'failed'
    }
    const seconds = (clock.monotonic() - started) / 1000
    metrics.duration.observe(seconds, [...mechanism, this.context.id])
    metrics.durationHistogram.observe(seconds, mechanism)
    this.context.report({ state: 'healthy', message: `${containers.value.length} containers` })
    this.publish(
      containerTargets(containers.value, networks.value, {
        port: args.port,
        hostNetworkingHost: args.host_networking_host,
        matchFirstNetwork: args.match_first_network,
      }),
    )
    return 'done'
  }

  private publish(targets: readonly Labels[]): void {
    const before = this.published
    if (before.length === targets.length && targets.every((target, index) => target.equals(before[index]))) return
    this.published = targets
    this.context.publish({ targets })
  }

  /** The last good list stays published: an engine that is down says nothing about its containers. */
  private unhealthy(failure: EngineFailure): void {
    if (failure.code === 'stopped') return
    this.context.report({ state: 'unhealthy', message: `${failure.message}. ${failure.nextStep}` })
    this.context.log.debug('cannot list the containers, the last known ones stay', { error: failure.message })
  }
}

function registerMetrics({ metrics }: Context) {
  return {
    failures: metrics.counter('prometheus_sd_refresh_failures_total', 'Lists of targets that could not be refreshed.', [
      'mechanism',
      'config',
    ]),
    duration: metrics.summary('prometheus_sd_refresh_duration_seconds', 'How long a refresh of the targets took.', [
      'mechanism',
      'config',
    ]),
    durationHistogram: metrics.histogram(
      'prometheus_sd_refresh_duration_histogram_seconds',
      'How long a refresh of the targets took.',
      defaultBuckets,
      ['mechanism'],
    ),
  }
}
