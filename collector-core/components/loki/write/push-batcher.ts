import { groupOf, groupsFor, lanesOfGroup } from '../../../delivery/lanes.ts'
import { allLanes } from '../../../outbox/fragment.ts'
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

/** Encodes streams for one endpoint: by tenant and lanes, cut at the batch size, within the limit of streams. */
export class PushBatcher {
  private readonly batchSize: number
  private readonly groups: number
  private readonly windowOf: ((tenant: string | undefined) => StreamWindow) | undefined
  private readonly clock: Clock

  constructor(args: EndpointArguments, maxStreams: number, clock: Clock) {
    const { batch_size: batchSize, batch_wait: batchWait } = args
    this.batchSize = batchSize
    this.groups = groupsFor(args.queue_config.min_shards)
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
    const rows = new Map<string, { tenant: string | undefined; lanes: number; streams: LokiStream[] }>()
    for (const stream of streams) {
      if (!this.hasRoom(stream, endpoint)) continue
      const { tenant, text } = stream
      const lanes = this.groups === 1 ? allLanes : lanesOfGroup(groupOf([text], this.groups), this.groups)
      const key = `${lanes} ${tenant ?? ''}`
      const row = rows.get(key)
      if (row === undefined) rows.set(key, { tenant, lanes, streams: [stream] })
      else row.streams.push(stream)
    }
    const answers = [...rows.values()].map(({ tenant, lanes, streams: own }) =>
      endpoint.offer(tenant, encodePushes(own, this.batchSize), lanes),
    )
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
