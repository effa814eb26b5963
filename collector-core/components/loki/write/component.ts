import { readdir } from 'node:fs/promises'
import { createHttpClient } from '../../../net/http-arguments.ts'
import { implement, untilStopped } from '../../../runtime/component.ts'
import type { Component, ComponentContext, ComponentType } from '../../../runtime/component.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import type { LogBatch, LogLines } from '../../../signal/log-batch.ts'
import { logItems } from '../../../signal/log-batch.ts'
import { accepted, refused } from '../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../signal/receiver.ts'
import { definition } from './definition.ts'
import { endpointIdentities } from './endpoint-identity.ts'
import { Endpoint } from './endpoint.ts'
import type { EndpointWorld } from './endpoint.ts'
import { PushBatcher } from './push-batcher.ts'
import type { LokiStream } from './push-batcher.ts'
import { streamLabels } from './stream-labels.ts'
import { WriteMetrics } from './write-metrics.ts'

export type LokiWriteArguments = ArgumentsOf<(typeof definition)['arguments']>

interface Lane {
  readonly endpoint: Endpoint
  readonly batcher: PushBatcher
}

/** The component in a world of the caller's choice. */
export function buildLokiWrite(
  worldOf: (context: ComponentContext) => EndpointWorld,
): ComponentType<typeof definition>['build'] {
  return (args, context) => new LokiWrite(args, context, worldOf(context))
}

export const lokiWrite = implement(
  definition,
  buildLokiWrite(({ userAgent, clock }) => ({
    createClient: (args) => createHttpClient(args, { userAgent, clock }),
  })),
)

const emptyLabels =
  'a stream without labels cannot be stored by Loki; add one, for example with external_labels = { job = "…" }'

class LokiWrite implements Component<LokiWriteArguments> {
  private readonly context: ComponentContext
  private readonly world: EndpointWorld
  private readonly metrics: WriteMetrics
  private labelsOf: ReturnType<typeof streamLabels>
  private lanes: readonly Lane[]
  private running = false
  private stopped = false

  constructor(args: LokiWriteArguments, context: ComponentContext<typeof definition>, world: EndpointWorld) {
    this.context = context
    this.world = world
    this.metrics = new WriteMetrics(context.metrics)
    this.labelsOf = streamLabels(args.external_labels)
    this.lanes = this.lanesOf(args, [])
    const receiver: Receiver<'logs'> = { signal: 'logs', accept: (batch) => this.accept(batch) }
    context.publish({ receiver })
  }

  async run(stop: AbortSignal): Promise<void> {
    this.running = true
    await Promise.all(this.lanes.map(({ endpoint }) => endpoint.start()))
    await this.mentionOrphans()
    await untilStopped(stop)
    this.stopped = true
    await Promise.all(this.lanes.map(({ endpoint }) => endpoint.stop()))
  }

  async update(args: LokiWriteArguments): Promise<void> {
    const before = this.lanes
    this.labelsOf = streamLabels(args.external_labels)
    this.lanes = this.lanesOf(args, before)
    const kept = new Set(this.lanes.map(({ endpoint }) => endpoint))
    if (this.running) await Promise.all([...kept].map((endpoint) => endpoint.start()))
    const removed = before.filter(({ endpoint }) => !kept.has(endpoint))
    await Promise.all(removed.map(({ endpoint }) => endpoint.stop()))
    this.reportHealth()
    await this.mentionOrphans()
  }

  debugInfo() {
    return this.lanes.map(({ endpoint }) => endpoint.debugInfo())
  }

  private async accept(batch: LogBatch): Promise<Acceptance> {
    if (this.stopped) return refused(`${this.context.id} has been stopped`)
    const streams = this.lokiStreams(batch)
    if (streams.length === 0) return logItems(batch) === 0 ? accepted : refused(emptyLabels, false)
    const answers = this.lanes.map(({ endpoint, batcher }) => batcher.offer(streams, endpoint))
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
      for (const { endpoint } of this.lanes) endpoint.giveUp(undefined, lines.length, 0, 'empty_labels', emptyLabels)
    }
    return usable
  }

  /** Lanes for new arguments; endpoints that stay the same are taken over with their queues. */
  private lanesOf(args: LokiWriteArguments, before: readonly Lane[]): readonly Lane[] {
    const identities = endpointIdentities(args.endpoint)
    return args.endpoint.map((endpointArgs, index) => {
      const identity = identities[index]
      const old = before.find(({ endpoint }) => endpoint.identity.directory === identity.directory)?.endpoint
      old?.update(endpointArgs)
      const endpoint =
        old ?? new Endpoint(identity, endpointArgs, this.context, this.world, this.metrics, () => this.reportHealth())
      return { endpoint, batcher: new PushBatcher(endpointArgs, args.max_streams, this.context.clock) }
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
    const orphans = directories.filter((name) => /^default$|-[0-9a-f]{8}$/.test(name) && !known.has(name))
    if (orphans.length === 0) return
    this.context.log.info('queues of endpoints that are no longer configured stay on disk, with what was not sent', {
      directory: this.context.dataDirectory,
      queues: orphans.join(', '),
      next_step: 'configure such an endpoint again to send the rest, or delete the directory',
    })
  }
}
