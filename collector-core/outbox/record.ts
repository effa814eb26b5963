// One fragment on disk: a fixed header, then the body.
import { crc32 } from 'node:zlib'
import { allLanes } from './fragment.ts'
import type { Fragment, LogPosition } from './fragment.ts'

export const recordHeaderBytes = 60

/** The first four bytes of every record; what a reader looks for after damage. */
export const recordMarker = Buffer.from([0xd7, 0x57, 0x46, 0x0a])

/**
 * A record header. `groupIndex` and `groupItems` count the fragments and items before it in the write that one sync made
 * durable, so recovery can tell what may never have been acknowledged.
 */
export interface RecordHeader {
  readonly length: number
  readonly items: number
  readonly size: number
  readonly enqueuedAt: number
  readonly sequence: number
  readonly itemsBefore: number
  readonly groupIndex: number
  readonly groupItems: number
  readonly bodyCrc: number
  readonly lanes: number
}

/*
 * offset  bytes  field
 *      0      4  marker
 *      4      4  length of the body
 *      8      4  items
 *     12      4  size (uncompressed payload bytes)
 *     16      8  enqueue time, ms since the epoch (float64)
 *     24      8  sequence (float64)
 *     32      8  items before this fragment, over the life of the outbox (float64)
 *     40      4  fragments before it in its group
 *     44      4  items before it in its group
 *     48      4  crc32 of the body
 *     52      4  lanes, one bit each
 *     56      4  crc32 of bytes 0..56, seeded with the outbox id
 * All little endian.
 */

/** Encodes fragments as consecutive records that start at `position`; the result owns its bytes. */
export function encodeRecords(
  fragments: readonly Fragment[],
  position: LogPosition,
  enqueuedAt: number,
  outboxId: number,
): Buffer {
  let total = 0
  for (const fragment of fragments) total += recordHeaderBytes + fragment.body.length
  const block = Buffer.allocUnsafe(total)
  let { sequence, items: itemsBefore } = position
  let offset = 0
  for (let index = 0; index < fragments.length; index++) {
    const { body, items, size, lanes = allLanes } = fragments[index]
    block.set(recordMarker, offset)
    block.writeUInt32LE(body.length, offset + 4)
    block.writeUInt32LE(items, offset + 8)
    block.writeUInt32LE(size, offset + 12)
    block.writeDoubleLE(enqueuedAt, offset + 16)
    block.writeDoubleLE(sequence, offset + 24)
    block.writeDoubleLE(itemsBefore, offset + 32)
    block.writeUInt32LE(index, offset + 40)
    block.writeUInt32LE(itemsBefore - position.items, offset + 44)
    block.writeUInt32LE(crc32(body), offset + 48)
    block.writeUInt32LE(lanes, offset + 52)
    block.writeUInt32LE(crc32(block.subarray(offset, offset + 56), outboxId), offset + 56)
    block.set(body, offset + recordHeaderBytes)
    offset += recordHeaderBytes + body.length
    sequence++
    itemsBefore += items
  }
  return block
}

/** The header at `offset`, or undefined when its marker or checksum is wrong; 60 bytes must be there. */
export function decodeRecordHeader(bytes: Buffer, offset: number, outboxId: number): RecordHeader | undefined {
  if (bytes.compare(recordMarker, 0, 4, offset, offset + 4) !== 0) return undefined
  if (crc32(bytes.subarray(offset, offset + 56), outboxId) !== bytes.readUInt32LE(offset + 56)) return undefined
  return {
    length: bytes.readUInt32LE(offset + 4),
    items: bytes.readUInt32LE(offset + 8),
    size: bytes.readUInt32LE(offset + 12),
    enqueuedAt: bytes.readDoubleLE(offset + 16),
    sequence: bytes.readDoubleLE(offset + 24),
    itemsBefore: bytes.readDoubleLE(offset + 32),
    groupIndex: bytes.readUInt32LE(offset + 40),
    groupItems: bytes.readUInt32LE(offset + 44),
    bodyCrc: bytes.readUInt32LE(offset + 48),
    lanes: bytes.readUInt32LE(offset + 52),
  }
}
