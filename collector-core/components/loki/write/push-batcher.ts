import type { Clock } from '../../../runtime/clock.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import { logBytes } from '../../../signal/log-batch.ts'
import type { LogLines } from '../../../signal/log-batch.ts'
import { Labels } from '../../../signal/labels.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import { encodePushes } from '../../../wire/loki/push-encoder.ts'
import type { EndpointArguments } from './definition.ts'
import type { Endpoint } from './endpoint.ts'
import type { StreamLabels } from './stream-labels.ts'
import { StreamWindow } from './stream-window.ts'

/** Lines of a stream on their way to Loki. */
export interface LokiStream extends StreamLabels {
  readonly lines: LogLines
}

/** Encodes streams for one endpoint: by tenant, cut at the batch size, within the limit of streams. */
export class PushBatcher {
  private readonly batchSize: number
  private readonly windowOf: ((tenant: string | undefined) => StreamWindow) | undefined
  private readonly clock: Clock

  constructor({ batch_size: batchSize, batch_wait: batchWait }: EndpointArguments, maxStreams: number, clock: Clock) {
    this.batchSize = batchSize
    this.clock = clock
    const windows = new Map<string | undefined, StreamWindow>()
    if (maxStreams === 0) return
    this.windowOf = (tenant) => {
      let window = windows.get(tenant)
      if (window === undefined) windows.set(tenant, (window = new StreamWindow(maxStreams, batchSize, batchWait)))
      return window
    }
  }

  async offer(streams: readonly LokiStream[], endpoint: Endpoint): Promise<Acceptance> {
    const byTenant = new Map<string | undefined, LokiStream[]>()
    for (const stream of streams) {
      if (!this.hasRoom(stream, endpoint)) continue
      const tenants = byTenant.get(stream.tenant)
      if (tenants === undefined) byTenant.set(stream.tenant, [stream])
      else tenants.push(stream)
    }
    const answers = [...byTenant].map(([tenant, own]) => endpoint.offer(tenant, encodePushes(own, this.batchSize)))
    return mergeAcceptances(await Promise.all(answers))
  }

  private hasRoom({ tenant, text, lines }: LokiStream, endpoint: Endpoint): boolean {
    if (this.windowOf === undefined) return true
    const bytes = logBytes({ streams: [{ labels: Labels.empty, lines }] })
    if (this.windowOf(tenant).takes(text, bytes, this.clock.monotonic())) return true
    endpoint.giveUp(tenant, lines.length, bytes, 'stream_limited', `the stream ${text} would exceed max_streams`)
    return false
  }
}
