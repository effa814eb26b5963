import type { FilePosition, FileRead } from './file-position.ts'

export interface ReadsUnderWayOptions {
  /** Writes a position down before it returns. */
  readonly saveNow: (position: FilePosition) => void
  readonly saveSoon: (position: FilePosition) => void
}

/**
 * The reads of a file between being handed on and being accepted. Each is written down before it is handed on: lines of a
 * file carry no time of their own, and after a kill they must not get another one than they were sent with.
 */
export class ReadsUnderWay {
  private readonly options: ReadsUnderWayOptions
  private readonly begun: { readonly read: FileRead; readonly position: FilePosition }[] = []
  /** Everything before was accepted. */
  private reached: FilePosition | undefined

  constructor(options: ReadsUnderWayOptions) {
    this.options = options
  }

  /** Notes a read that leads from `before` to `position`. */
  begin(
    before: FilePosition,
    position: FilePosition,
    time: { readonly seconds: number; readonly nanos: number },
  ): void {
    if (this.begun.length === 0) this.reached = before
    this.begun.push({ read: { end: position.offset, ...time }, position })
    this.options.saveNow(this.position())
  }

  /** Notes that everything up to `position` was accepted. */
  accepted(position: FilePosition): void {
    this.begun.splice(0, this.begun.findIndex((other) => other.position === position) + 1)
    this.reached = position
    this.options.saveSoon(this.position())
  }

  private position(): FilePosition {
    return { ...this.reached!, underWay: this.begun.map(({ read }) => read) }
  }
}
