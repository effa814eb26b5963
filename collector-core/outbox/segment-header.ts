// The first bytes of a segment file, and how segment files are named.
import { crc32 } from 'node:zlib'
import type { LogPosition } from './fragment.ts'

export const segmentHeaderBytes = 44
export const segmentVersion = 2

const magic = Buffer.from('WEIRSEGM')

/** Which segment of which outbox a file is, and the position of its first fragment. */
export interface SegmentHeader {
  readonly outboxId: number
  readonly number: number
  readonly first: LogPosition
}

export type SegmentHeaderReading =
  | { readonly kind: 'segment'; readonly header: SegmentHeader }
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'damaged' }

/*
 * offset  bytes  field
 *      0      8  "WEIRSEGM"
 *      8      4  version
 *     12      4  outbox id
 *     16      8  segment number (float64)
 *     24      8  sequence of the first fragment (float64)
 *     32      8  items before it (float64)
 *     40      4  crc32 of bytes 0..40
 */
export function encodeSegmentHeader({ outboxId, number, first }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(segmentHeaderBytes)
  bytes.set(magic, 0)
  bytes.writeUInt32LE(segmentVersion, 8)
  bytes.writeUInt32LE(outboxId, 12)
  bytes.writeDoubleLE(number, 16)
  bytes.writeDoubleLE(first.sequence, 24)
  bytes.writeDoubleLE(first.items, 32)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 40)), 40)
  return bytes
}

/** Reads a header; a sound one of another version is told apart from a damaged one. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeaderReading {
  if (bytes.length < segmentHeaderBytes || bytes.compare(magic, 0, 8, 0, 8) !== 0) return { kind: 'damaged' }
  if (crc32(bytes.subarray(0, 40)) !== bytes.readUInt32LE(40)) return { kind: 'damaged' }
  const version = bytes.readUInt32LE(8)
  if (version !== segmentVersion) return { kind: 'version', version }
  const first = { sequence: bytes.readDoubleLE(24), items: bytes.readDoubleLE(32) }
  return { kind: 'segment', header: { outboxId: bytes.readUInt32LE(12), number: bytes.readDoubleLE(16), first } }
}

/** `0000000000000042.segment`. */
export function segmentName(number: number): string {
  return `${String(number).padStart(16, '0')}.segment`
}

/** The number in a segment file's name; undefined for other names. */
export function segmentNumber(name: string): number | undefined {
  return /^\d{16}\.segment$/.test(name) ? Number(name.slice(0, 16)) : undefined
}
