import { readdir } from 'node:fs/promises'
import { createHttpClient } from '../../../net/http-arguments.ts'
import { implement, untilStopped } from '../../../runtime/component.ts'
import type { Component, ComponentContext, ComponentType } from '../../../runtime/component.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import type { MetricBatch } from '../../../signal/metric-batch.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { refused } from '../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../signal/receiver.ts'
import { definition } from './definition.ts'
import { Encoding, encodingKey } from './encoding.ts'
import { endpointIdentities } from './endpoint-identity.ts'
import { Endpoint } from './endpoint.ts'
import type { EndpointWorld } from './endpoint.ts'
import { ExemplarFilter } from './exemplar-filter.ts'
import { IntakeMetrics } from './intake-metrics.ts'
import { QueueMetrics } from './queue-metrics.ts'

export type RemoteWriteArguments = ArgumentsOf<(typeof definition)['arguments']>

interface Lane {
  readonly endpoint: Endpoint
  readonly encoding: Encoding
}

/** The component in a world of the caller's choice. */
export function buildRemoteWrite(
  worldOf: (context: ComponentContext) => EndpointWorld,
): ComponentType<typeof definition>['build'] {
  return (args, context) => new RemoteWrite(args, context, worldOf(context))
}

export const prometheusRemoteWrite = implement(
  definition,
  buildRemoteWrite(({ userAgent, clock }) => ({
    createClient: (args) => createHttpClient(args, { userAgent, clock }),
  })),
)

class RemoteWrite implements Component<RemoteWriteArguments> {
  private readonly context: ComponentContext
  private readonly world: EndpointWorld
  private readonly queueMetrics: QueueMetrics
  private readonly intake: IntakeMetrics
  private readonly exemplars = new ExemplarFilter()
  private lanes: readonly Lane[] = []
  private running = false
  private stopped = false

  constructor(args: RemoteWriteArguments, context: ComponentContext<typeof definition>, world: EndpointWorld) {
    this.context = context
    this.world = world
    this.queueMetrics = new QueueMetrics(context.metrics)
    this.intake = new IntakeMetrics(context.metrics)
    context.metrics.beforeScrape(() => {
      for (const { endpoint } of this.lanes) endpoint.reportState()
    })
    this.lanes = this.lanesOf(args, [])
    const receiver: Receiver<'metrics'> = { signal: 'metrics', accept: (batch) => this.accept(batch) }
    context.publish({ receiver })
  }

  async run(stop: AbortSignal): Promise<void> {
    this.running = true
    for (const { endpoint } of this.lanes) endpoint.start()
    await this.mentionOrphans()
    await untilStopped(stop)
    this.stopped = true
    await Promise.all(this.lanes.map(({ endpoint }) => endpoint.stop()))
  }

  async update(args: RemoteWriteArguments): Promise<void> {
    const before = this.lanes
    this.lanes = this.lanesOf(args, before)
    const kept = new Set(this.lanes.map(({ endpoint }) => endpoint))
    if (this.running) for (const endpoint of kept) endpoint.start()
    const removed = before.filter(({ endpoint }) => !kept.has(endpoint))
    await Promise.all(removed.map(({ endpoint }) => endpoint.stop()))
    this.reportHealth()
    await this.mentionOrphans()
  }

  debugInfo() {
    return this.lanes.map(({ endpoint }) => endpoint.debugInfo())
  }

  private async accept(batch: MetricBatch): Promise<Acceptance> {
    if (this.stopped) return refused(`${this.context.id} has been stopped`)
    const { fresh, tooLong } = this.exemplars.pick(batch.exemplars)
    if (tooLong > 0) this.context.drop(tooLong, 'exemplar_too_long')
    const input = { ...batch, exemplars: fresh }
    this.intake.count(input)
    const now = this.context.clock.now()
    const encoded = new Map<Encoding, ReturnType<Encoding['encode']>>()
    const answers = this.lanes.map(({ endpoint, encoding }) => {
      const known = encoded.get(encoding) ?? encoding.encode(input, now)
      encoded.set(encoding, known)
      return endpoint.offer(known)
    })
    for (const { drops } of encoded.values()) for (const { count, reason } of drops) this.context.drop(count, reason)
    const acceptance = mergeAcceptances(await Promise.all(answers))
    if (acceptance.kind === 'accepted') {
      this.exemplars.remember(fresh)
      for (const { taken } of encoded.values()) taken()
    }
    return acceptance
  }

  /** Lanes for new arguments; endpoints and encodings that stay the same are taken over. */
  private lanesOf(args: RemoteWriteArguments, before: readonly Lane[]): readonly Lane[] {
    const identities = endpointIdentities(args.endpoint)
    const encodings = new Map(before.map(({ encoding }) => [encoding.key, encoding]))
    return args.endpoint.map((endpointArgs, index) => {
      const identity = identities[index]
      const key = encodingKey(args.external_labels, endpointArgs)
      const encoding = encodings.get(key) ?? new Encoding(args.external_labels, endpointArgs)
      encodings.set(key, encoding)
      const old = before.find(({ endpoint }) => endpoint.identity.directory === identity.directory)?.endpoint
      old?.update(endpointArgs)
      const endpoint =
        old ??
        new Endpoint(identity, endpointArgs, this.context, this.world, this.queueMetrics, () => this.reportHealth())
      return { endpoint, encoding }
    })
  }

  private reportHealth(): void {
    const problems = this.lanes.flatMap(({ endpoint }) => endpoint.problem ?? [])
    if (problems.length === 0) this.context.report({ state: 'healthy', message: 'sending' })
    else this.context.report({ state: 'unhealthy', message: problems.join('; ') })
  }

  /** Queues of endpoints that are no longer configured stay on disk; say so. */
  private async mentionOrphans(): Promise<void> {
    const known = new Set(this.lanes.map(({ endpoint }) => endpoint.identity.directory))
    const directories = await readdir(this.context.dataDirectory).catch(() => [])
    const orphans = directories.filter((name) => /-[0-9a-f]{8}$/.test(name) && !known.has(name))
    if (orphans.length === 0) return
    this.context.log.info('queues of endpoints that are no longer configured stay on disk, with what was not sent', {
      directory: this.context.dataDirectory,
      queues: orphans.join(', '),
      next_step: 'configure such an endpoint again to send the rest, or delete the directory',
    })
  }
}
