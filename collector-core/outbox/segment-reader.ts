// Reads a segment's records in file order and steps over damage: a record with a wrong body is skipped by its length, a
// wrong header by looking for the next sound one.
import { crc32 } from 'node:zlib'
import type { OpenFile } from './file-system.ts'
import type { StoredFragment } from './fragment.ts'
import { decodeRecordHeader, recordHeaderBytes, recordMarker } from './record.ts'
import type { RecordHeader } from './record.ts'

/** Bodies are views of a window, so it is not larger than what a request may hold on to. */
const windowBytes = 1024 * 1024

/** A sound record, or the end; `damaged` says that bytes before it could not be read as records. */
export interface ReadRecord {
  readonly fragment: StoredFragment | undefined
  /** Where the record stands in the write it was part of. */
  readonly header: RecordHeader | undefined
  readonly damaged: boolean
}

/** A read-only view of one segment file; bodies it returns stay valid. */
export class SegmentReader {
  readonly segment: number
  private readonly file: OpenFile
  private readonly outboxId: number
  private window: Buffer = Buffer.alloc(0)
  private windowStart = 0

  constructor(file: OpenFile, segment: number, outboxId: number) {
    this.file = file
    this.segment = segment
    this.outboxId = outboxId
  }

  /** The first sound record that starts at `offset` or later and ends at `limit` or earlier. */
  async nextFrom(offset: number, limit: number): Promise<ReadRecord> {
    let at = offset
    let damaged = false
    for (;;) {
      if (at + recordHeaderBytes > limit)
        return { fragment: undefined, header: undefined, damaged: damaged || at < limit }
      const header = await this.headerAt(at, limit)
      if (header !== undefined && at + recordHeaderBytes + header.length <= limit) {
        const end = at + recordHeaderBytes + header.length
        const body = await this.bytes(at + recordHeaderBytes, header.length, limit)
        if (body?.length === header.length && crc32(body) === header.bodyCrc) {
          return { fragment: this.stored(header, body, at, end), header, damaged }
        }
        // The length is vouched for by the header's checksum, but the file may have been cut and grown since.
        damaged = true
        at = (await this.startsRecord(end, limit)) ? end : await this.nextMarker(at + 1, limit)
      } else {
        damaged = true
        at = await this.nextMarker(at + 1, limit)
      }
    }
  }

  close(): Promise<void> {
    return this.file.close()
  }

  private stored(header: RecordHeader, body: Buffer, start: number, end: number): StoredFragment {
    const { items, size, lanes, sequence, itemsBefore, enqueuedAt } = header
    return { body, items, size, lanes, sequence, itemsBefore, enqueuedAt, segment: this.segment, start, end }
  }

  private async headerAt(offset: number, limit: number): Promise<RecordHeader | undefined> {
    const bytes = await this.bytes(offset, recordHeaderBytes, limit)
    return bytes === undefined ? undefined : decodeRecordHeader(bytes, 0, this.outboxId)
  }

  private async startsRecord(offset: number, limit: number): Promise<boolean> {
    return offset === limit || (await this.headerAt(offset, limit)) !== undefined
  }

  private async nextMarker(offset: number, limit: number): Promise<number> {
    for (let at = offset; at + recordHeaderBytes <= limit;) {
      if ((await this.bytes(at, recordHeaderBytes, limit)) === undefined) break
      const found = this.window.indexOf(recordMarker, at - this.windowStart)
      if (found >= 0) return this.windowStart + found
      at = Math.max(at + 1, this.windowStart + this.window.length - recordMarker.length + 1)
    }
    return limit
  }

  /** Bytes of the file, read ahead; undefined when the file ends before. Never looks past `limit`. */
  private async bytes(offset: number, length: number, limit: number): Promise<Buffer | undefined> {
    if (offset < this.windowStart || offset + length > this.windowStart + this.window.length) {
      const wanted = Math.min(Math.max(length, windowBytes), limit - offset)
      const fresh = Buffer.allocUnsafeSlow(wanted)
      const count = await this.file.read(fresh, offset)
      this.window = fresh.subarray(0, count)
      this.windowStart = offset
      if (count < length) return undefined
    }
    const from = offset - this.windowStart
    return this.window.subarray(from, from + length)
  }
}
