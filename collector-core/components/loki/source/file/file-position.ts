import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/** Recognises a file by how it begins, whatever its name or inode number: the checksum of its first `length` bytes. */
export interface FileSignature {
  readonly length: number
  readonly sum: number
}

/** Lines that were handed on together: they reach up to `end`, and the first of them was given this time. */
export interface FileRead {
  readonly end: number
  readonly seconds: number
  readonly nanos: number
}

/** How far a file was read. */
export interface FilePosition {
  /** Bytes of whole lines read; of a compressed file, after decompression. */
  readonly offset: number
  readonly signature: FileSignature
  /** Device and inode number, to find the file again under another name. */
  readonly device: number
  readonly inode: number
  /** Reads from `offset` on that were handed on and may not have been accepted, in order. */
  readonly underWay: readonly FileRead[]
}

const longestSignature = 1024

/** The signature of the bytes up to `limit`, at most 1 KiB. */
export async function readSignature(file: FileHandle, limit: number): Promise<FileSignature> {
  const length = Math.min(limit, longestSignature)
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return { length: filled, sum: crc32(buffer.subarray(0, filled)) }
}

/** Whether a file begins as it did when the signature was taken. Nothing is known of a file that was empty then. */
export async function stillBeginsWith(file: FileHandle, signature: FileSignature): Promise<boolean> {
  const now = await readSignature(file, signature.length)
  return now.length === signature.length && now.sum === signature.sum
}

/** Checks a position that was read back from disk. */
export function decodeFilePosition(value: unknown): FilePosition | undefined {
  const { offset, signature, device, inode, underWay = [] } = Object(value) as Record<string, unknown>
  const { length, sum } = Object(signature) as Record<string, unknown>
  if (!isCount(offset) || !isCount(length) || !isCount(sum)) return undefined
  if (typeof device !== 'number' || typeof inode !== 'number') return undefined
  if (!Array.isArray(underWay)) return undefined
  const reads = underWay.map(decodeRead)
  return { offset, signature: { length, sum }, device, inode, underWay: reads.every(isRead) ? reads : [] }
}

function decodeRead(value: unknown): FileRead | undefined {
  const { end, seconds, nanos } = Object(value) as Record<string, unknown>
  return isCount(end) && isCount(seconds) && isCount(nanos) ? { end, seconds, nanos } : undefined
}

const isRead = (read: FileRead | undefined): read is FileRead => read !== undefined

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
