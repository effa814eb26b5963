// Where the log of a former run ends, and which of its last fragments may never have been acknowledged.
import type { Logger } from '../runtime/logger.ts'
import { errorCode, errorText, isUnreadable } from './file-system.ts'
import type { FileSystem } from './file-system.ts'
import type { Segment } from './fragment-log.ts'
import { after, origin } from './fragment.ts'
import type { LogPosition, StoredFragment } from './fragment.ts'
import type { Stretch } from './stretch.ts'
import type { Quarantine } from './quarantine.ts'
import type { RecordHeader } from './record.ts'
import { segmentHeaderBytes } from './segment-header.ts'
import { SegmentReader } from './segment-reader.ts'

export interface NewestSegment {
  /** After the last sound record. */
  readonly end: LogPosition
  /** Where records are missing from the last write: a crash may have cut it off before its sync. */
  readonly unsure: Stretch
}

export interface NewestSegmentOptions {
  readonly files: FileSystem
  readonly directory: string
  readonly log: Logger
  readonly quarantine: Quarantine
  readonly patient: boolean
}

/** Reads the last segment through. */
export async function readNewest(
  segment: Segment | undefined,
  outboxId: number,
  { files, directory, log, quarantine, patient }: NewestSegmentOptions,
): Promise<NewestSegment> {
  if (segment === undefined) return { end: origin, unsure: { from: origin, to: origin } }
  const setAside = async (why: string): Promise<void> => {
    if (!segment.aside) await quarantine.copy(segment.name, why)
    segment.aside = true
  }
  const tail = new Tail(segment.first)
  const file = await files.open(`${directory}/${segment.name}`, 'read')
  const reader = new SegmentReader(file, segment.number, outboxId)
  try {
    for (let offset = segmentHeaderBytes; ;) {
      const { fragment, header, damaged } = await reader.nextFrom(offset, segment.bytes)
      if (fragment === undefined || header === undefined) {
        if (damaged) await setAside('it ends in bytes that are no records, perhaps a write cut off by a crash')
        break
      }
      offset = fragment.end
      tail.add(fragment, header)
    }
  } catch (error) {
    if (patient || !isUnreadable(error)) throw error
    log.error('the newest segment cannot be read to its end; how much it held is not known', { file: segment.name })
    await setAside(errorText(error))
  } finally {
    await reader.close().catch(() => undefined)
  }
  return { end: tail.end, unsure: tail.unsure }
}

/**
 * Makes what `readNewest` found durable, by writing the file anew. A sync would not do: where one failed in the former
 * process, one of the same file succeeds now and proves nothing. Rejects when it should be tried again; a full disk is
 * not waited for, since what is queued has to leave it.
 */
export async function makeNewestDurable(
  { name }: Segment,
  { files, directory, log, patient }: NewestSegmentOptions,
): Promise<void> {
  const path = `${directory}/${name}`
  try {
    await rewrite(files, directory, path)
  } catch (error) {
    if (patient && errorCode(error) !== 'ENOSPC') throw error
    log.error('could not make the newest segment durable', { file: path, error: errorText(error) })
  }
}

async function rewrite(files: FileSystem, directory: string, path: string): Promise<void> {
  const content = Buffer.alloc((await files.size(path)) ?? 0)
  const file = await files.open(path, 'read')
  try {
    await file.read(content, 0)
  } finally {
    await file.close()
  }
  const fresh = await files.open(`${path}.new`, 'create')
  try {
    await fresh.write(content, 0)
    await fresh.sync()
  } finally {
    await fresh.close()
  }
  await files.rename(`${path}.new`, path)
  await files.syncDirectory(directory)
}

/** Follows records to the end of the log. */
class Tail {
  end: LogPosition
  unsure: Stretch

  constructor(first: LogPosition) {
    this.end = first
    this.unsure = { from: first, to: first }
  }

  add(fragment: StoredFragment, { groupIndex, groupItems }: RecordHeader): void {
    if (fragment.sequence < this.end.sequence) return
    const from = { sequence: fragment.sequence - groupIndex, items: fragment.itemsBefore - groupItems }
    if (from.sequence !== this.unsure.from.sequence) this.unsure = { from, to: from }
    const gap = fragment.sequence > this.end.sequence
    if (gap) this.unsure = { from, to: { sequence: fragment.sequence, items: fragment.itemsBefore } }
    this.end = after(fragment)
  }
}
