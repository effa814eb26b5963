import type { Label } from '../../../../../signal/labels.ts'
import { Labels } from '../../../../../signal/labels.ts'
import type { LogLines } from '../../../../../signal/log-batch.ts'
import { Extracted } from './extracted.ts'
import type { LineText } from './line-text.ts'

const noBytes = new Uint8Array(0)

/**
 * One log line on its way through the stages. The pipeline uses one object for line after line, so a stage that keeps a
 * line keeps `detach()`. The line stays bytes until a stage asks for its text.
 */
export class Entry {
  labels = Labels.empty
  seconds = 0
  nanos = 0
  metadata: readonly Label[] | undefined
  /** Where the entry came from, for passing it on without copying; undefined for lines a stage made. */
  source: LogLines | undefined
  index = 0
  /** The line's bytes are `bytes[start..end)`, unless it was rewritten. */
  bytes: Uint8Array = noBytes
  start = 0
  end = 0
  extracted = new Extracted()
  private readonly codec: LineText
  private text: string | undefined
  private changed = false

  constructor(codec: LineText) {
    this.codec = codec
  }

  /** Becomes line `index` of `source`; `bytes` are the source's bytes, cut behind its last line. */
  load(source: LogLines, bytes: Uint8Array, index: number, labels: Labels, base: Labels): void {
    this.source = source
    this.index = index
    this.bytes = bytes
    this.start = source.starts[index]
    this.end = source.ends[index]
    this.seconds = source.seconds[index]
    this.nanos = source.nanos[index]
    this.metadata = source.metadata?.[index]
    this.labels = labels
    this.extracted.reset(base)
    this.text = undefined
    this.changed = false
  }

  /** The text of the line. */
  get line(): string {
    return (this.text ??= this.codec.decode(this.bytes, this.start, this.end))
  }

  set line(text: string) {
    if (!this.changed && text === this.text) return
    this.text = text
    this.changed = true
  }

  /** Whether the line is text a stage wrote rather than bytes. */
  get rewritten(): boolean {
    return this.changed
  }

  /** Length of the line in UTF-8 bytes. */
  get size(): number {
    return this.changed ? this.codec.byteLength(this.line) : this.end - this.start
  }

  /** Keeps only `bytes[start..end)` of a line that was not rewritten. */
  narrow(start: number, end: number): void {
    this.start = start
    this.end = end
    this.text = undefined
  }

  /** Nanoseconds later by `nanos` (less than a second). */
  addNanos(nanos: number): void {
    this.nanos += nanos
    if (this.nanos >= 1e9) {
      this.nanos -= 1e9
      this.seconds++
    }
  }

  /** A copy that owns everything it holds. */
  detach(): Entry {
    const copy = new Entry(this.codec)
    copy.labels = this.labels
    copy.seconds = this.seconds
    copy.nanos = this.nanos
    copy.metadata = this.metadata
    copy.extracted = this.extracted.clone()
    copy.text = this.text
    copy.changed = this.changed
    if (!this.changed) {
      // Not `slice`: on a Node buffer that shares memory.
      copy.bytes = new Uint8Array(this.bytes.subarray(this.start, this.end))
      copy.end = copy.bytes.length
    }
    return copy
  }
}
