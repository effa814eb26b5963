import type { Clock } from '../../../../runtime/clock.ts'
import type { Labels } from '../../../../signal/labels.ts'
import type { Delivery } from '../../../../tail/delivery.ts'
import type { LineBlockPool } from '../../../../tail/line-block.ts'
import type { FilePosition } from './file-position.ts'
import type { TextEncoding } from './text-encoding.ts'

export interface LineOutput {
  readonly clock: Clock
  readonly pool: LineBlockPool
  readonly delivery: Delivery<FilePosition>
  readonly labels: () => Labels
  readonly onLines: (count: number) => void
  readonly onTooLong: () => void
}

/** Longer lines are left out. */
export const longestLine = 1024 * 1024

/** Turns the bytes of a file into batches stamped with the time of reading; no two lines of a file get the same time. */
export class LineReader {
  private readonly output: LineOutput
  private seconds = 0
  private nanos = 0

  constructor(output: LineOutput) {
    this.output = output
  }

  /**
   * Hands on the whole lines of `bytes[0..end)` and returns how many bytes they take. `rest` also takes what stands after
   * the last newline. `positionAfter` gives the position for a number of bytes taken.
   */
  take(
    bytes: Buffer,
    end: number,
    encoding: TextEncoding,
    rest: boolean,
    positionAfter: (taken: number) => FilePosition,
  ): number {
    const { pool, delivery, labels, onLines } = this.output
    const block = pool.take()
    block.begin(bytes)
    this.startOfRead()
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
    if (lines === 0) {
      pool.give(block)
      delivery.offer({ batch: undefined, items: 0, bytes: 0, position, release: () => undefined })
    } else {
      delivery.offer({
        batch: { streams: [{ labels: labels(), lines: block.channels[0] }] },
        items: lines,
        bytes: block.memory,
        position,
        release: () => pool.give(block),
      })
    }
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

  private startOfRead(): void {
    const now = this.output.clock.now()
    const seconds = Math.floor(now / 1000)
    const nanos = Math.floor((now - seconds * 1000) * 1e6)
    if (seconds < this.seconds || (seconds === this.seconds && nanos <= this.nanos)) return
    this.seconds = seconds
    this.nanos = nanos
  }
}
