import type { Clock } from '../../../../runtime/clock.ts'
import type { Labels } from '../../../../signal/labels.ts'
import type { LogLines } from '../../../../signal/log-batch.ts'
import type { Delivery } from '../../../../tail/delivery.ts'
import type { LineBlockPool } from '../../../../tail/line-block.ts'
import type { FilePosition } from './file-position.ts'
import type { PastReads } from './past-reads.ts'
import type { ReadsUnderWay } from './reads-under-way.ts'
import type { TextEncoding } from './text-encoding.ts'

export interface LineOutput {
  readonly clock: Clock
  readonly pool: LineBlockPool
  readonly delivery: Delivery<FilePosition>
  readonly underWay: ReadsUnderWay
  readonly labels: () => Labels
  readonly onLines: (count: number) => void
  readonly onTooLong: () => void
}

/** Longer lines are left out. */
export const longestLine = 1024 * 1024

/** Bytes to look for lines in. */
export interface Stretch {
  readonly bytes: Buffer
  /** How many of the bytes count. */
  readonly length: number
  readonly encoding: TextEncoding
  /** Whether what stands after the last newline is a line too. */
  readonly rest: boolean
  /** The read an earlier run made of them. */
  readonly past: ReturnType<PastReads['at']>
}

/** Turns the bytes of a file into batches stamped with the time of reading; no two lines of a file get the same time. */
export class LineReader {
  private readonly output: LineOutput
  private seconds = 0
  private nanos = 0

  constructor(output: LineOutput) {
    this.output = output
  }

  /** Hands on the lines and returns how many bytes they take. `positionAfter` gives the position for a number of bytes taken. */
  take({ bytes, length: end, encoding, rest, past }: Stretch, positionAfter: (taken: number) => FilePosition): number {
    const { pool, delivery, underWay, labels, onLines } = this.output
    const before = positionAfter(0)
    const block = pool.take()
    block.begin(bytes)
    this.startOfRead(past)
    let at = 0
    let lines = 0
    while (at < end) {
      const next = encoding.nextLine(bytes, at, end)
      if (next < 0 && !rest) break
      const stop = next < 0 ? end : next
      const textEnd = encoding.trimEnd(bytes, at, stop)
      if (this.add(block, bytes, at, textEnd, encoding)) lines++
      at = stop
    }
    block.seal()
    if (at === 0) {
      pool.give(block)
      return 0
    }
    onLines(lines)
    const position = positionAfter(at)
    const [found] = block.channels
    underWay.begin(before, position, this.firstTime(found))
    delivery.offer({
      batch: lines === 0 ? undefined : { streams: [{ labels: labels(), lines: found }] },
      items: lines,
      bytes: lines === 0 ? 0 : block.memory,
      position,
      release: () => pool.give(block),
    })
    return at
  }

  private add(
    block: ReturnType<LineBlockPool['take']>,
    bytes: Buffer,
    start: number,
    end: number,
    encoding: TextEncoding,
  ): boolean {
    if (end - start > longestLine) {
      this.output.onTooLong()
      return false
    }
    if (++this.nanos === 1_000_000_000) {
      this.nanos = 0
      this.seconds++
    }
    if (encoding.toUtf8) {
      const text = encoding.toUtf8(bytes.subarray(start, end))
      block.add(0, this.seconds, this.nanos, text, 0, text.length)
    } else {
      block.add(0, this.seconds, this.nanos, bytes, start, end)
    }
    return true
  }

  private firstTime({ length, seconds, nanos }: LogLines): { readonly seconds: number; readonly nanos: number } {
    return length === 0 ? { seconds: this.seconds, nanos: this.nanos } : { seconds: seconds[0], nanos: nanos[0] }
  }

  /** The next line gets the time of now, or that of the read it belonged to before. */
  private startOfRead(past: Stretch['past']): void {
    if (past !== undefined) {
      if (!past.begins) return
      this.seconds = past.seconds
      this.nanos = past.nanos - 1
      return
    }
    const now = this.output.clock.now()
    const seconds = Math.floor(now / 1000)
    const nanos = Math.floor((now - seconds * 1000) * 1e6)
    if (seconds < this.seconds || (seconds === this.seconds && nanos <= this.nanos)) return
    this.seconds = seconds
    this.nanos = nanos
  }
}
