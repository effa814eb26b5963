/** How far one channel of a container was read: its last line, which is the `count`th at exactly this nanosecond. */
export interface ChannelMark {
  readonly seconds: number
  readonly nanos: number
  readonly count: number
  /** Of the last line's bytes. */
  readonly hash: number
  /** The latest timestamp seen; later than the last line's after the clock was set back. */
  readonly highSeconds: number
  readonly highNanos: number
}

/** How far a container's log was read. */
export interface ContainerPosition {
  /** The engine that has the container. */
  readonly host: string
  /** Timestamp of the last line of either channel, in the order of the log. */
  readonly seconds: number
  readonly nanos: number
  readonly channels: readonly [stdout: ChannelMark | null, stderr: ChannelMark | null]
}

/** Below zero when a is earlier than b. */
export const compareTimes = (aSeconds: number, aNanos: number, bSeconds: number, bNanos: number): number =>
  aSeconds - bSeconds || aNanos - bNanos

/**
 * Lines of the two channels are stamped before they are written, so they may stand in the log slightly out of order: a
 * replay starts a little before the last line. What it repeats is left out by `ChannelProgress`.
 */
const overlapSeconds = 2

/** The clock was set back before the channel's last line: timestamps no longer tell what was read. */
export const clockWentBack = (mark: ChannelMark | null): mark is ChannelMark =>
  mark !== null && compareTimes(mark.highSeconds, mark.highNanos, mark.seconds, mark.nanos) > 0

/** The `since` to ask the engine for, in seconds, no later than `atMost`; whole, because some engines compare whole seconds only. */
export function replayFrom(position: ContainerPosition | undefined, atMost = Infinity): number {
  if (position === undefined) return 0
  let seconds = Math.min(atMost, position.seconds)
  for (const mark of position.channels) if (clockWentBack(mark)) seconds = Math.min(seconds, mark.seconds)
  return Math.max(0, seconds - overlapSeconds)
}

/** Checks a position that was read back from disk. */
export function decodePosition(value: unknown): ContainerPosition | undefined {
  const { host, seconds, nanos, channels } = fields(value)
  if (typeof host !== 'string' || !isCount(seconds) || !isCount(nanos)) return undefined
  if (!Array.isArray(channels) || channels.length !== 2) return undefined
  const marks = channels.map((mark) => (mark === null ? null : decodeMark(mark)))
  const [stdout, stderr] = marks
  if (stdout === undefined || stderr === undefined) return undefined
  return { host, seconds, nanos, channels: [stdout, stderr] }
}

function decodeMark(value: unknown): ChannelMark | undefined {
  const { seconds, nanos, count, hash, highSeconds, highNanos } = fields(value)
  if (!isCount(seconds) || !isCount(nanos) || !isCount(count) || !isCount(hash)) return undefined
  if (!isCount(highSeconds) || !isCount(highNanos)) return undefined
  return { seconds, nanos, count, hash, highSeconds, highNanos }
}

const fields = (value: unknown): Record<string, unknown> => Object(value) as Record<string, unknown>
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)
