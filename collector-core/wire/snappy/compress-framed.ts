import { compress } from './compress.ts'
import { chunkBytes, compressedChunk, maskedChecksum, plainChunk, streamIdentifier } from './framing.ts'

const headBytes = 8

/** A framed snappy stream holding `bytes`; what does not get smaller goes in as it is. */
export function compressFramed(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [streamIdentifier]
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const plain = bytes.subarray(at, at + chunkBytes)
    const block = compress(plain)
    const smaller = block.length < plain.length
    const data = smaller ? block : plain
    const head = Buffer.alloc(headBytes)
    head[0] = smaller ? compressedChunk : plainChunk
    head.writeUIntLE(data.length + 4, 1, 3)
    head.writeUInt32LE(maskedChecksum(plain), 4)
    parts.push(head, data)
  }
  return Buffer.concat(parts)
}
