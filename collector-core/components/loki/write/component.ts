import { endpointIdentities } from '../../../delivery/endpoint-identity.ts'
import { EndpointSet } from '../../../delivery/endpoint-set.ts'
import { httpDestination } from '../../../delivery/destination.ts'
import { LeftQueues } from '../../../delivery/left-queues.ts'
import { realWorld } from '../../../delivery/exporter-world.ts'
import type { ExporterWorld } from '../../../delivery/exporter-world.ts'
import { implement } from '../../../runtime/component.ts'
import type { Component, ComponentContext, ComponentType } from '../../../runtime/component.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import type { LogBatch, LogLines } from '../../../signal/log-batch.ts'
import { logItems } from '../../../signal/log-batch.ts'
import { accepted, refused } from '../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../signal/receiver.ts'
import { definition } from './definition.ts'
import type { EndpointArguments } from './definition.ts'
import { Endpoint } from './endpoint.ts'
import { PushBatcher } from './push-batcher.ts'
import type { LokiStream } from './push-batcher.ts'
import { streamLabels } from './stream-labels.ts'
import { WriteMetrics } from './write-metrics.ts'

export type LokiWriteArguments = ArgumentsOf<(typeof definition)['arguments']>

interface Route {
  readonly endpoint: Endpoint
  readonly batcher: PushBatcher
}

/** The component in a world of the caller's choice. */
export function buildLokiWrite(
  worldOf: (context: ComponentContext) => ExporterWorld,
): ComponentType<typeof definition>['build'] {
  return (args, context) => new LokiWrite(args, context, worldOf(context))
}

export const lokiWrite = implement(definition, buildLokiWrite(realWorld))

const emptyLabels =
  'a stream without labels cannot be stored by Loki; add one, for example with external_labels = { job = "…" }'

class LokiWrite implements Component<LokiWriteArguments> {
  private readonly context: ComponentContext
  private readonly endpoints: EndpointSet<EndpointArguments, Endpoint>
  private labelsOf: ReturnType<typeof streamLabels>
  private routes: readonly Route[]

  constructor(args: LokiWriteArguments, context: ComponentContext<typeof definition>, world: ExporterWorld) {
    this.context = context
    const metrics = new WriteMetrics(context.metrics)
    this.endpoints = new EndpointSet(
      context,
      world.files === undefined ? new LeftQueues(context) : undefined,
      (identity, own, onHealth) => new Endpoint(identity, own, context, world, metrics, onHealth),
    )
    this.labelsOf = streamLabels(args.external_labels)
    this.routes = this.routesOf(args)
    const receiver: Receiver<'logs'> = { signal: 'logs', accept: (batch) => this.accept(batch) }
    context.publish({ receiver })
  }

  run(stop: AbortSignal): Promise<void> {
    return this.endpoints.run(stop)
  }

  update(args: LokiWriteArguments): Promise<void> {
    this.labelsOf = streamLabels(args.external_labels)
    this.routes = this.routesOf(args)
    return this.endpoints.settle()
  }

  queue() {
    return this.endpoints.queue()
  }

  debugInfo() {
    return this.endpoints.debugInfo()
  }

  private async accept(batch: LogBatch): Promise<Acceptance> {
    if (this.endpoints.stopped) return refused(`${this.context.id} has been stopped`)
    const streams = this.lokiStreams(batch)
    if (streams.length === 0) return logItems(batch) === 0 ? accepted : refused(emptyLabels, false)
    const answers = this.routes.map(({ endpoint, batcher }) => batcher.offer(streams, endpoint))
    return mergeAcceptances(await Promise.all(answers))
  }

  /** The streams Loki can store; the others are counted, unless they are all there is. */
  private lokiStreams({ streams }: LogBatch): LokiStream[] {
    const usable: LokiStream[] = []
    let without: LogLines[] = []
    for (const { labels, lines } of streams) {
      if (lines.length === 0) continue
      const stream = this.labelsOf(labels)
      if (stream.empty) without.push(lines)
      else usable.push({ ...stream, lines })
    }
    if (usable.length === 0) without = []
    for (const lines of without) {
      for (const { endpoint } of this.routes) endpoint.giveUp(undefined, lines.length, 0, 'empty_labels', emptyLabels)
    }
    return usable
  }

  /** Routes for new arguments; endpoints that stay the same are taken over with their queues. */
  private routesOf(args: LokiWriteArguments): readonly Route[] {
    const { clock } = this.context
    const endpoints = this.endpoints.choose(endpointIdentities(args.endpoint.map(httpDestination)), args.endpoint)
    return endpoints.map((endpoint, index) => ({
      endpoint,
      batcher: new PushBatcher(args.endpoint[index], args.max_streams, clock),
    }))
  }
}
