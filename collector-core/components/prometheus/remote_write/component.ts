import { endpointIdentities } from '../../../delivery/endpoint-identity.ts'
import { EndpointSet } from '../../../delivery/endpoint-set.ts'
import { httpDestination } from '../../../delivery/destination.ts'
import { inTurns } from '../../../delivery/in-turns.ts'
import { LeftQueues } from '../../../delivery/left-queues.ts'
import { realWorld } from '../../../delivery/exporter-world.ts'
import type { ExporterWorld } from '../../../delivery/exporter-world.ts'
import { implement } from '../../../runtime/component.ts'
import type { Component, ComponentContext, ComponentType } from '../../../runtime/component.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import type { MetricBatch } from '../../../signal/metric-batch.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { refused } from '../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../signal/receiver.ts'
import { definition } from './definition.ts'
import type { EndpointArguments } from './definition.ts'
import { Encoding, encodingKey } from './encoding.ts'
import type { EncodedBatch } from './encoding.ts'
import { Endpoint } from './endpoint.ts'
import { ExemplarFilter } from './exemplar-filter.ts'
import { IntakeMetrics } from './intake-metrics.ts'
import { QueueMetrics } from './queue-metrics.ts'

export type RemoteWriteArguments = ArgumentsOf<(typeof definition)['arguments']>

interface Route {
  readonly endpoint: Endpoint
  readonly encoding: Encoding
}

/** The component in a world of the caller's choice. */
export function buildRemoteWrite(
  worldOf: (context: ComponentContext) => ExporterWorld,
): ComponentType<typeof definition>['build'] {
  return (args, context) => new RemoteWrite(args, context, worldOf(context))
}

export const prometheusRemoteWrite = implement(definition, buildRemoteWrite(realWorld))

class RemoteWrite implements Component<RemoteWriteArguments> {
  private readonly context: ComponentContext
  private readonly endpoints: EndpointSet<EndpointArguments, Endpoint>
  private readonly intake: IntakeMetrics
  private readonly exemplars = new ExemplarFilter()
  private routes: readonly Route[] = []

  constructor(args: RemoteWriteArguments, context: ComponentContext<typeof definition>, world: ExporterWorld) {
    this.context = context
    const queueMetrics = new QueueMetrics(context.metrics)
    this.endpoints = new EndpointSet(
      context,
      world.files === undefined ? new LeftQueues(context) : undefined,
      (identity, own, onHealth) => new Endpoint(identity, own, context, world, queueMetrics, onHealth),
    )
    this.intake = new IntakeMetrics(context.metrics)
    context.metrics.beforeScrape(() => {
      for (const endpoint of this.endpoints.all) endpoint.reportState()
    })
    this.routes = this.routesOf(args)
    const receiver: Receiver<'metrics'> = { signal: 'metrics', accept: (batch) => this.accept(batch) }
    context.publish({ receiver })
  }

  run(stop: AbortSignal): Promise<void> {
    return this.endpoints.run(stop)
  }

  update(args: RemoteWriteArguments): Promise<void> {
    this.routes = this.routesOf(args)
    return this.endpoints.settle()
  }

  queue() {
    return this.endpoints.queue()
  }

  debugInfo() {
    return this.endpoints.debugInfo()
  }

  private async accept(batch: MetricBatch): Promise<Acceptance> {
    if (this.endpoints.stopped) return refused(`${this.context.id} has been stopped`)
    const { fresh, tooLong } = this.exemplars.pick(batch.exemplars)
    if (tooLong > 0) this.context.drop(tooLong, 'exemplar_too_long')
    const input = { ...batch, exemplars: fresh }
    this.intake.count(input)
    const { clock } = this.context
    const now = clock.now()
    const monotonic = (): number => clock.monotonic()
    const { routes } = this
    const encoded = new Map<Encoding, EncodedBatch>()
    for (const { encoding } of routes) {
      if (encoded.has(encoding)) continue
      encoded.set(encoding, await inTurns(encoding.encode(input, now, this.groupsOf(encoding)), monotonic))
    }
    const answers = routes.map(({ endpoint, encoding }) => endpoint.offer(encoded.get(encoding)!))
    for (const { drops } of encoded.values()) for (const { count, reason } of drops) this.context.drop(count, reason)
    const acceptance = mergeAcceptances(await Promise.all(answers))
    if (acceptance.kind === 'accepted') {
      this.exemplars.remember(fresh)
      for (const { taken } of encoded.values()) taken()
    }
    return acceptance
  }

  /** Groups of lanes that are enough for all endpoints of an encoding. */
  private groupsOf(encoding: Encoding): number {
    return this.routes.reduce(
      (most, route) => (route.encoding === encoding ? Math.max(most, route.endpoint.groups) : most),
      1,
    )
  }

  /** Routes for new arguments; endpoints and encodings that stay the same are taken over. */
  private routesOf(args: RemoteWriteArguments): readonly Route[] {
    const encodings = new Map(this.routes.map(({ encoding }) => [encoding.key, encoding]))
    const endpoints = this.endpoints.choose(endpointIdentities(args.endpoint.map(httpDestination)), args.endpoint)
    return endpoints.map((endpoint, index) => {
      const endpointArgs = args.endpoint[index]
      const key = encodingKey(args.external_labels, endpointArgs)
      const encoding = encodings.get(key) ?? new Encoding(args.external_labels, endpointArgs)
      encodings.set(key, encoding)
      return { endpoint, encoding }
    })
  }
}
