import { ByteStore } from './byte-store.ts'
import { Demultiplexer } from './demultiplex.ts'
import type { FrameSink } from './demultiplex.ts'
import { Rfc3339Reader } from './rfc3339.ts'
import { TerminalLines } from './terminal-lines.ts'

/** The two channels a container writes to, as indexes. */
export const stdout = 0
export const stderr = 1
export type LogChannel = typeof stdout | typeof stderr
export const channelNames = ['stdout', 'stderr'] as const

/** Receives whole lines in the order of the log; the bytes are valid during the call only. */
export interface LogLineSink {
  /** A line without its newline and without one carriage return before it. */
  line(channel: LogChannel, seconds: number, nanos: number, buffer: Uint8Array, start: number, end: number): void
  /** A line longer than `longestLine` was left out. */
  tooLong(channel: LogChannel, seconds: number, nanos: number): void
  /** A line without a readable timestamp was left out. */
  unparsable(channel: LogChannel): void
  /** The engine says, inside the stream, that it cannot go on. */
  engineError(message: string): void
}

/** Docker cuts longer lines into pieces of this many bytes. */
export const pieceSize = 16 * 1024
/** Longer lines are left out, as in Alloy. */
export const longestLine = 64 * pieceSize

interface Pieces {
  open: boolean
  tooLong: boolean
  seconds: number
  nanos: number
  readonly text: ByteStore
}

const noPieces = (): Pieces => ({ open: false, tooLong: false, seconds: 0, nanos: 0, text: new ByteStore() })

/**
 * Turns the body of `GET /containers/{id}/logs?timestamps=1` into lines: undoes the multiplexing (or, for a terminal,
 * splits at newlines), reads the timestamps and joins the 16 KiB pieces Docker cuts long lines into. The line carries
 * the timestamp of its first piece.
 */
export class LogLineDecoder implements FrameSink {
  private readonly sink: LogLineSink
  private readonly time = new Rfc3339Reader()
  private readonly pieces: readonly [Pieces, Pieces] = [noPieces(), noPieces()]
  private readonly frames: Demultiplexer | TerminalLines

  constructor(sink: LogLineSink, options: { readonly terminal: boolean }) {
    this.sink = sink
    const longestFrame = longestLine + 64
    this.frames = options.terminal ? new TerminalLines(this, longestFrame) : new Demultiplexer(this, longestFrame)
  }

  /** Takes the next bytes of the body; false when they are not a log stream. */
  push(buffer: Uint8Array, start: number, end: number): boolean {
    return this.frames.push(buffer, start, end)
  }

  /** The log ended for good: what stands without a newline is a line. A stream that was cut must not be ended. */
  end(): void {
    if (this.frames instanceof TerminalLines) this.frames.end()
    if (this.pieces[stdout].open) this.finish(stdout)
    if (this.pieces[stderr].open) this.finish(stderr)
  }

  frame(channelByte: number, buffer: Uint8Array, start: number, end: number): void {
    if (channelByte === 3) {
      this.sink.engineError(Buffer.from(buffer.subarray(start, end)).toString('utf8').trim())
      return
    }
    const channel = channelByte === 2 ? stderr : stdout
    const time = this.time
    const text = time.read(buffer, start, end)
    if (text < 0) {
      if (end > start) this.sink.unparsable(channel)
      return
    }
    const terminated = end > text && buffer[end - 1] === 10
    const pieces = this.pieces[channel]
    if (pieces.open) {
      this.addPiece(pieces, buffer, text, end)
      if (terminated || end - text < pieceSize) this.finish(channel)
    } else if (terminated) {
      const last = end - 1
      this.sink.line(
        channel,
        time.seconds,
        time.nanos,
        buffer,
        text,
        last > text && buffer[last - 1] === 13 ? last - 1 : last,
      )
    } else if (end - text >= pieceSize) {
      pieces.open = true
      pieces.seconds = time.seconds
      pieces.nanos = time.nanos
      this.addPiece(pieces, buffer, text, end)
    } else {
      this.sink.line(channel, time.seconds, time.nanos, buffer, text, end)
    }
  }

  oversized(channelByte: number, buffer: Uint8Array, start: number, end: number): void {
    const channel = channelByte === 2 ? stderr : stdout
    if (this.time.read(buffer, start, end) < 0) this.sink.unparsable(channel)
    else this.sink.tooLong(channel, this.time.seconds, this.time.nanos)
  }

  private addPiece(pieces: Pieces, buffer: Uint8Array, start: number, end: number): void {
    if (pieces.text.length + end - start > longestLine + 2) pieces.tooLong = true
    else if (!pieces.tooLong) pieces.text.append(buffer, start, end)
  }

  private finish(channel: LogChannel): void {
    const pieces = this.pieces[channel]
    const { buffer, length } = pieces.text
    const { seconds, nanos, tooLong } = pieces
    pieces.open = false
    pieces.tooLong = false
    let end = length
    if (end > 0 && buffer[end - 1] === 10) end--
    if (end < length && end > 0 && buffer[end - 1] === 13) end--
    if (tooLong || end > longestLine) this.sink.tooLong(channel, seconds, nanos)
    else this.sink.line(channel, seconds, nanos, buffer, 0, end)
    pieces.text.clear()
  }
}
