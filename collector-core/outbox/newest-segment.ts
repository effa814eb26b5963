// Where the log of a former run ends, and which of its last fragments may never have been acknowledged.
import type { Logger } from '../runtime/logger.ts'
import { errorText, isUnreadable } from './file-system.ts'
import type { FileSystem, OpenFile } from './file-system.ts'
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

/** Reads the last segment through and makes what is in it durable. */
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
  await makeDurable(files, directory, segment.name, log)
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

// What a killed process wrote but did not sync is readable now, and must stay so once it is sent. A file whose sync fails
// is written anew, since a second sync of the same file would prove nothing.
async function makeDurable(files: FileSystem, directory: string, name: string, log: Logger): Promise<void> {
  const path = `${directory}/${name}`
  const file = await files.open(path, 'update')
  try {
    await file.sync()
  } catch (error) {
    log.warn('could not sync the newest segment, writing it anew', { file: path, error: errorText(error) })
    await rewrite(files, directory, path, file).catch((again: unknown) => {
      log.error('could not make the newest segment durable', { file: path, error: errorText(again) })
    })
  } finally {
    await file.close().catch(() => undefined)
  }
}

async function rewrite(files: FileSystem, directory: string, path: string, file: OpenFile): Promise<void> {
  const content = Buffer.alloc((await files.size(path)) ?? 0)
  await file.read(content, 0)
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
