import { LogLineDecoder } from '../../../../docker/log-line-decoder.ts'
import type { LogChannel, LogLineSink } from '../../../../docker/log-line-decoder.ts'
import type { LogStream } from '../../../../signal/log-batch.ts'
import type { Delivery } from '../../../../tail/delivery.ts'
import type { LineBlock } from '../../../../tail/line-block.ts'
import type { BlockPools } from './block-pools.ts'
import type { ChannelProgress } from './channel-progress.ts'
import type { ChannelMark, ContainerPosition } from './position.ts'
import type { ContainerLabels } from './target-set.ts'

/** What became of the lines of one read. */
export interface LineCounts {
  entries: number
  empty: number
  unparsable: number
  tooLong: number
  /** Left out because the rules drop the channel. */
  dropped: number
}

export interface SessionOptions {
  readonly host: string
  readonly terminal: boolean
  readonly progress: readonly [ChannelProgress, ChannelProgress]
  readonly labels: () => ContainerLabels
  readonly delivery: Delivery<ContainerPosition>
  readonly pools: BlockPools
  readonly onCounts: (counts: LineCounts) => void
  /** The stream is of no use any more: the engine says so, or it is no log stream. */
  readonly onUnusable: (reason: string) => void
  /** The stream leads back in time; what follows it says nothing certain any more. */
  readonly onDoubt: (doubt: Doubt) => void
}

/** A line of which the stream cannot tell whether it was read before. */
export interface Doubt {
  readonly channel: LogChannel
  readonly seconds: number
  readonly nanos: number
}

const noCounts = (): LineCounts => ({ entries: 0, empty: 0, unparsable: 0, tooLong: 0, dropped: 0 })
const nothing = new Uint8Array(0)

/** One connection to a container's log: each read becomes at most one batch, of new lines only. */
export class LogSession implements LogLineSink {
  /** Reads so far, and whether the last one waits for room. */
  reads = 0
  paused = false
  /** How far was read, once something new was. */
  position: ContainerPosition | undefined
  /** Timestamp of the last line of the stream, new or repeated; undefined before the first. */
  lastLine: { seconds: number; nanos: number } | undefined
  private readonly options: SessionOptions
  private readonly decoder: LogLineDecoder
  private readonly progress: SessionOptions['progress']
  private readonly changed: [boolean, boolean] = [false, false]
  private readonly marks: [ChannelMark | null, ChannelMark | null]
  private labels: ContainerLabels
  private block: LineBlock
  private counts = noCounts()
  private ended = false
  private seconds = -1
  private nanos = 0
  private newSeconds = 0
  private newNanos = 0

  constructor(options: SessionOptions) {
    this.options = options
    this.progress = options.progress
    this.marks = [options.progress[0].mark(), options.progress[1].mark()]
    this.decoder = new LogLineDecoder(this, { terminal: options.terminal })
    this.labels = options.labels()
    this.block = options.pools.take(0)
  }

  /** Takes the bytes of one read; a promise asks to wait until the receiver has caught up. */
  onBytes(bytes: Uint8Array): undefined | Promise<void> {
    this.reads++
    this.labels = this.options.labels()
    this.block = this.options.pools.fitting(this.block, bytes.length)
    this.block.begin(bytes)
    const readable = this.decoder.push(bytes, 0, bytes.length)
    this.finishRead()
    if (!readable) this.options.onUnusable('the engine sent something that is not a log stream')
    const { delivery } = this.options
    if (!delivery.full) return undefined
    this.paused = true
    return delivery.room().then(() => {
      this.paused = false
    })
  }

  /** The log ended for good: what stands without a newline is a line. */
  end(): void {
    this.block.begin(nothing)
    this.decoder.end()
    this.finishRead()
  }

  /** Gives the spare block back. */
  close(): void {
    this.options.pools.give(this.block)
  }

  line(channel: LogChannel, seconds: number, nanos: number, buffer: Uint8Array, start: number, end: number): void {
    this.seconds = seconds
    this.nanos = nanos
    if (!this.isNew(channel, seconds, nanos, buffer, start, end)) return
    if (end === start) this.counts.empty++
    else if (this.labels.channels[channel] === undefined) this.counts.dropped++
    else this.block.add(channel, seconds, nanos, buffer, start, end)
  }

  tooLong(channel: LogChannel, seconds: number, nanos: number): void {
    this.seconds = seconds
    this.nanos = nanos
    if (this.isNew(channel, seconds, nanos, nothing, 1, 0)) this.counts.tooLong++
  }

  unparsable(): void {
    this.counts.unparsable++
  }

  engineError(message: string): void {
    this.options.onUnusable(message)
  }

  private isNew(
    channel: LogChannel,
    seconds: number,
    nanos: number,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    if (this.ended) return false
    const verdict = this.progress[channel].judge(seconds, nanos, buffer, start, end)
    if (verdict === 'doubtful') {
      this.ended = true
      this.options.onDoubt({ channel, seconds, nanos })
    }
    if (verdict !== 'new') return false
    this.changed[channel] = true
    this.newSeconds = seconds
    this.newNanos = nanos
    return true
  }

  private finishRead(): void {
    if (this.seconds >= 0) this.lastLine = { seconds: this.seconds, nanos: this.nanos }
    const { block } = this
    block.seal()
    const streams: LogStream[] = []
    for (const channel of [0, 1] as const) {
      if (!this.changed[channel]) continue
      this.changed[channel] = false
      const lines = block.channels[channel]
      this.progress[channel].sealed()
      this.marks[channel] = this.progress[channel].mark()
      const labels = this.labels.channels[channel]
      if (lines.length > 0 && labels !== undefined) streams.push({ labels, lines })
    }
    this.counts.entries = block.lines
    this.hand(streams)
  }

  private hand(streams: readonly LogStream[]): void {
    const { counts, block } = this
    const { entries, empty, tooLong, dropped, unparsable } = counts
    if (entries + empty + tooLong + dropped + unparsable === 0) return
    this.counts = noCounts()
    this.options.onCounts(counts)
    if (entries + empty + tooLong + dropped === 0) return
    const { pools, delivery, host } = this.options
    const position = { host, seconds: this.newSeconds, nanos: this.newNanos, channels: [...this.marks] as const }
    this.position = position
    if (entries === 0) {
      delivery.offer({ batch: undefined, items: 0, bytes: 0, position, release: () => undefined })
      return
    }
    this.block = pools.take(0)
    delivery.offer({
      batch: { streams },
      items: entries,
      bytes: block.memory,
      position,
      release: () => pools.give(block),
    })
  }
}
