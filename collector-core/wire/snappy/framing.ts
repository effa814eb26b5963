// The snappy framing format: a stream of chunks, each a type byte, a 3-byte little-endian length, and data.
import { crc32c } from './crc32c.ts'

/** Chunk 0xff of 6 bytes, `sNaPpY`: what every framed stream starts with. */
export const streamIdentifier = Uint8Array.of(0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59)
/** Most bytes a chunk holds, uncompressed. */
export const chunkBytes = 65536
export const compressedChunk = 0
export const plainChunk = 1

/** The checksum as stored: rotated and offset, so that data holding its own checksums stays safe. */
export function maskedChecksum(bytes: Uint8Array): number {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}
