import { flags, frameMagic, shortestMatch, storedBit, versionBits } from './frame.ts'
import { xxHash32 } from './xxhash32.ts'

const blockBytes = 64 * 1024
const blockCode = 4
/** A block ends in literals: no match starts within its last 12 bytes or reaches into its last 5. */
const lastMatchStart = 12
const lastLiterals = 5
const hashBits = 14

const table = new Int32Array(1 << hashBits)

/** One LZ4 frame holding `bytes`, with a content checksum. */
export function compressLz4(bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(7)
  header.writeUInt32LE(frameMagic, 0)
  header[4] = versionBits | flags.alone | flags.contentChecksum
  header[5] = blockCode << 4
  header[6] = xxHash32(header.subarray(4, 6)) >>> 8
  const parts: Uint8Array[] = [header]
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const plain = bytes.subarray(at, at + blockBytes)
    const block = compressBlock(plain)
    const smaller = block.length < plain.length
    parts.push(uint32(smaller ? block.length : plain.length + storedBit), smaller ? block : plain)
  }
  parts.push(uint32(0), uint32(xxHash32(bytes)))
  return Buffer.concat(parts)
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** Greedy, with one remembered place for each hash of four bytes. */
function compressBlock(bytes: Uint8Array): Uint8Array {
  const output = Buffer.allocUnsafe(bytes.length + Math.ceil(bytes.length / 255) + 16)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  table.fill(-1)
  let to = 0
  let anchor = 0
  const lengthBytes = (length: number): void => {
    let rest = length - 15
    for (; rest >= 255; rest -= 255) output[to++] = 255
    if (rest >= 0) output[to++] = rest
  }
  const literals = (until: number, matchCode: number): void => {
    const length = until - anchor
    output[to++] = (Math.min(length, 15) << 4) | Math.min(matchCode, 15)
    lengthBytes(length)
    output.set(bytes.subarray(anchor, until), to)
    to += length
  }
  for (let at = 0; at <= bytes.length - lastMatchStart;) {
    const word = view.getInt32(at, true)
    const slot = Math.imul(word, 2654435761) >>> (32 - hashBits)
    const candidate = table[slot]
    table[slot] = at
    if (candidate < 0 || view.getInt32(candidate, true) !== word) {
      at++
      continue
    }
    let length = shortestMatch
    while (at + length < bytes.length - lastLiterals && bytes[candidate + length] === bytes[at + length]) length++
    literals(at, length - shortestMatch)
    output.writeUInt16LE(at - candidate, to)
    to += 2
    lengthBytes(length - shortestMatch)
    at += length
    anchor = at
  }
  literals(bytes.length, 0)
  return output.subarray(0, to)
}
