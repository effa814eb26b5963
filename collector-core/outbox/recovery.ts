// Opens what a former run left in an outbox directory. It always succeeds on damaged contents; it rejects only when the
// directory itself cannot be read or written. Only the newest segment is read whole, so a large backlog opens quickly.
import type { Logger } from '../runtime/logger.ts'
import { CursorFile, noHole, noMarks } from './cursor-file.ts'
import type { CursorState } from './cursor-file.ts'
import { isUnreadable } from './file-system.ts'
import type { FileSystem } from './file-system.ts'
import type { Segment } from './fragment-log.ts'
import { origin } from './fragment.ts'
import type { LogPosition } from './fragment.ts'
import type { Stretch } from './stretch.ts'
import { makeNewestDurable, readNewest } from './newest-segment.ts'
import type { Quarantine } from './quarantine.ts'
import { decodeSegmentHeader, segmentHeaderBytes, segmentNumber } from './segment-header.ts'
import type { SegmentHeaderReading } from './segment-header.ts'
import { SegmentReader } from './segment-reader.ts'

export interface Recovered {
  readonly cursorFile: CursorFile
  readonly cursor: CursorState
  readonly segments: Segment[]
  readonly end: LogPosition
  readonly nextNumber: number
  readonly unacknowledged: Stretch
}

export interface RecoveryOptions {
  readonly files: FileSystem
  readonly directory: string
  readonly log: Logger
  readonly quarantine: Quarantine
  /** An id for a new outbox: a whole number in [1, 2^32). */
  readonly freshId: number
  /** Reject rather than give up what cannot be read: the caller will try again. */
  readonly patient: boolean
}

export async function recover(options: RecoveryOptions): Promise<Recovered> {
  const { files, directory, log, freshId } = options
  const cursorFile = new CursorFile(files, directory)
  const saved = await cursorFile.load()
  const found = await readHeaders(options)
  const outboxId = saved?.outboxId ?? found.find(({ reading }) => reading.kind === 'segment')?.id ?? freshId
  const segments = await arrange(found, outboxId, options)
  const last = segments.at(-1)
  const newest = await readNewest(last, outboxId, options)
  // What the cursor does not vouch for may only be in the memory of the system.
  if (last && newest.end.sequence > (saved?.end.sequence ?? 0)) await makeNewestDurable(last, options)

  const end = furthest([newest.end, saved?.end ?? origin, saved?.acked ?? origin])
  const acked = saved?.acked ?? segments.at(0)?.first ?? end
  if (saved === undefined && segments.length > 0) {
    log.warn('the queue has lost its cursor and sends everything it holds again', {
      directory,
      segments: segments.length,
    })
  }
  const place = saved?.place ?? { segment: -1, offset: 0 }
  const marks = (saved?.marks ?? noMarks).subarray(0, end.sequence - acked.sequence)
  const cursor = { outboxId, acked, place, marks, hole: saved?.hole ?? noHole, end }
  await files.syncDirectory(directory).catch(() => undefined)
  const numbers = [...found.map(({ number }) => number), place.segment, ...segments.map(({ number }) => number)]
  const nextNumber = Math.max(0, ...numbers) + 1
  const from = furthest([newest.unsure.from, saved?.end ?? origin])
  const unacknowledged = { from, to: furthest([from, newest.unsure.to]) }
  return { cursorFile, cursor, segments, end, nextNumber, unacknowledged }
}

interface Found {
  readonly name: string
  /** As the name says; the header's word counts where it can be read. */
  readonly number: number
  readonly size: number
  readonly reading: SegmentHeaderReading
  readonly id: number | undefined
}

async function readHeaders({ files, directory, patient }: RecoveryOptions): Promise<Found[]> {
  const found: Found[] = []
  for (const { name, size } of await files.list(directory)) {
    // A rewrite that a crash cut short; what it was to replace is still there.
    if (name.endsWith('.segment.new')) await files.remove(`${directory}/${name}`)
    const number = segmentNumber(name)
    if (number === undefined) continue
    const reading = await readHeader(files, `${directory}/${name}`, patient)
    const id = reading.kind === 'segment' ? reading.header.outboxId : undefined
    found.push({ name, number, size, reading, id })
  }
  return found.sort((a, b) => a.number - b.number)
}

async function readHeader(files: FileSystem, path: string, patient: boolean): Promise<SegmentHeaderReading> {
  const file = await files.open(path, 'read')
  try {
    const bytes = Buffer.alloc(segmentHeaderBytes)
    const count = await file.read(bytes, 0)
    return decodeSegmentHeader(bytes.subarray(0, count))
  } catch (error) {
    if (patient || !isUnreadable(error)) throw error
    return { kind: 'damaged' }
  } finally {
    await file.close().catch(() => undefined)
  }
}

/** The segments that belong to this outbox, in order; all others are moved to quarantine. */
async function arrange(found: readonly Found[], outboxId: number, options: RecoveryOptions): Promise<Segment[]> {
  const { quarantine, files, directory } = options
  const segments: Segment[] = []
  for (const { name, number, size, reading } of found) {
    if (reading.kind === 'version') {
      await quarantine.move(name, `written by another version of Weir (format ${reading.version})`)
    } else if (reading.kind === 'segment' && reading.header.outboxId !== outboxId) {
      await quarantine.move(name, 'belongs to another queue')
    } else if (reading.kind === 'segment') {
      segments.push({ number: reading.header.number, name, first: reading.header.first, bytes: size, aside: false })
    } else if (size <= segmentHeaderBytes) {
      await files.remove(`${directory}/${name}`).catch(() => undefined)
    } else {
      const first = await firstRecord(name, number, size, outboxId, options)
      if (first === undefined) await quarantine.move(name, 'holds nothing that can be read')
      else {
        await quarantine.copy(name, 'its header is damaged')
        segments.push({ number, name, first, bytes: size, aside: true })
      }
    }
  }
  segments.sort((a, b) => a.number - b.number)
  return dropStrays(segments, quarantine)
}

/** Sequences never go back from one segment to the next, nor are numbers used twice. */
async function dropStrays(segments: readonly Segment[], quarantine: Quarantine): Promise<Segment[]> {
  const kept: Segment[] = []
  for (const segment of segments) {
    const before = kept.at(-1)
    const inOrder = before === undefined || segment.first.sequence >= before.first.sequence
    if (inOrder && segment.number !== before?.number) kept.push(segment)
    else await quarantine.move(segment.name, 'does not fit between the other segments')
  }
  return kept
}

async function firstRecord(
  name: string,
  number: number,
  size: number,
  outboxId: number,
  { files, directory, patient }: RecoveryOptions,
): Promise<LogPosition | undefined> {
  const file = await files.open(`${directory}/${name}`, 'read')
  const reader = new SegmentReader(file, number, outboxId)
  try {
    const { fragment } = await reader.nextFrom(segmentHeaderBytes, size)
    return fragment && { sequence: fragment.sequence, items: fragment.itemsBefore }
  } catch (error) {
    if (patient || !isUnreadable(error)) throw error
    return undefined
  } finally {
    await reader.close().catch(() => undefined)
  }
}

function furthest(positions: readonly LogPosition[]): LogPosition {
  return positions.reduce((best, next) => (next.sequence > best.sequence ? next : best))
}
