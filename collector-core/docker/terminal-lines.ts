import { ByteStore } from './byte-store.ts'
import type { FrameSink } from './demultiplex.ts'

const pieceSize = 16 * 1024
const newline = 10
/** Length of `2006-01-02T15:04:05.000000000Z `, the prefix Docker writes before each piece. */
const prefixLength = 31

/**
 * Splits the log stream of a container with a terminal, which has no frames, at its newlines. Pieces of a long line
 * follow one another without newline, each behind its own copy of the timestamp; they are told apart by that copy, which
 * is the same for all pieces of a line.
 */
export class TerminalLines {
  private readonly sink: FrameSink
  private readonly longestFrame: number
  private readonly cut = new ByteStore()
  private oversized = false

  constructor(sink: FrameSink, longestFrame: number) {
    this.sink = sink
    this.longestFrame = longestFrame
  }

  push(buffer: Uint8Array, start: number, end: number): boolean {
    const view = buffer.subarray(0, end)
    let at = start
    while (at < end) {
      const found = view.indexOf(newline, at)
      const stop = found < 0 ? end : found + 1
      if (found >= 0 && this.cut.length === 0) {
        this.emit(buffer, at, stop)
      } else {
        this.keep(buffer, at, stop)
        if (found >= 0) this.emitCut()
      }
      at = stop
    }
    return true
  }

  end(): void {
    if (this.cut.length > 0) this.emitCut()
  }

  private keep(buffer: Uint8Array, start: number, end: number): void {
    if (this.cut.length + end - start <= this.longestFrame * 2) this.cut.append(buffer, start, end)
    else this.oversized = true
  }

  private emitCut(): void {
    const { buffer, length } = this.cut
    if (this.oversized) this.sink.oversized(1, buffer, 0, Math.min(length, 64))
    else this.emit(buffer, 0, length)
    this.oversized = false
    this.cut.clear()
  }

  private emit(buffer: Uint8Array, start: number, end: number): void {
    let at = start
    while (end - at > pieceSize + prefixLength) {
      const next = at + prefixLength + pieceSize
      if (!startsWithSamePrefix(buffer, start, next, end)) break
      this.sink.frame(1, buffer, at, next)
      at = next
    }
    this.sink.frame(1, buffer, at, end)
  }
}

function startsWithSamePrefix(buffer: Uint8Array, first: number, next: number, end: number): boolean {
  if (end - next < prefixLength) return false
  for (let i = 0; i < prefixLength; i++) if (buffer[first + i] !== buffer[next + i]) return false
  return true
}
