import { chunkBytes, compressedChunk, maskedChecksum, plainChunk, streamIdentifier } from './framing.ts'
import { malformed, uncompress } from './uncompress.ts'
import type { SnappyError } from './uncompress.ts'

/** Whether bytes open with the stream identifier every framed stream starts with. */
export function isFramed(bytes: Uint8Array): boolean {
  return bytes.length >= streamIdentifier.length && streamIdentifier.every((byte, index) => bytes[index] === byte)
}

/** Decodes a framed snappy stream of at most `maxBytes` uncompressed bytes, checking every checksum. */
export function uncompressFramed(input: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer> | SnappyError {
  if (!isFramed(input)) return malformed('it does not start with the stream identifier')
  const parts: Uint8Array[] = []
  let total = 0
  let at = streamIdentifier.length
  while (at < input.length) {
    if (at + 4 > input.length) return malformed('it ends inside a chunk header')
    const type = input[at]
    const length = input[at + 1] | (input[at + 2] << 8) | (input[at + 3] << 16)
    at += 4
    if (length > input.length - at) return malformed('it ends inside a chunk')
    const data = input.subarray(at, at + length)
    at += length
    if (type === 0xff) {
      if (!isFramed(input.subarray(at - length - 4, at)) || length !== 6)
        return malformed('a stream identifier is wrong')
      continue
    }
    if (type >= 0x80) continue
    if (type > plainChunk) return malformed(`chunk type ${type} is unknown and may not be skipped`)
    if (length < 4) return malformed('a chunk is too short for its checksum')
    const content = type === compressedChunk ? uncompress(data.subarray(4), chunkBytes) : data.subarray(4)
    if ('kind' in content) return malformed(`a chunk is not valid: ${content.message}`)
    if (content.length > chunkBytes) return malformed('a chunk holds more than 64 KiB')
    total += content.length
    if (total > maxBytes) {
      return { kind: 'snappy-error', code: 'too_large', message: `it holds more than the limit of ${maxBytes} bytes` }
    }
    const stored = (data[0] | (data[1] << 8) | (data[2] << 16) | (data[3] << 24)) >>> 0
    if (stored !== maskedChecksum(content)) return malformed('a checksum does not match')
    parts.push(content)
  }
  const output = new Uint8Array(total)
  let to = 0
  for (const part of parts) {
    output.set(part, to)
    to += part.length
  }
  return output
}
