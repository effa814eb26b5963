// A snappy block encoder in plain TypeScript: a greedy matcher over a hash table of 4-byte words, one 64 KiB fragment at
// a time, so every copy offset fits in two bytes.
const fragmentBytes = 65536
const tableBits = 14
/** Matching stops this far before the end of a fragment, so that word reads stay inside it. */
const tailBytes = 15
const hashFactor = 0x1e35a7bd
/** From here on one native copy is cheaper than a loop over words. */
const nativeCopyBytes = 96

const table = new Uint16Array(1 << tableBits)

/** The most bytes a block of `inputBytes` can take. */
export function maxCompressedBytes(inputBytes: number): number {
  return 32 + inputBytes + Math.floor(inputBytes / 6)
}

/**
 * Encodes `input` as one snappy block into `output` from its start and returns the length; `output` must hold
 * `maxCompressedBytes(input.length)`.
 */
export function compressBlockInto(input: Uint8Array, output: Uint8Array): number {
  const from = new DataView(input.buffer, input.byteOffset, input.byteLength)
  const to = new DataView(output.buffer, output.byteOffset, output.byteLength)
  let at = 0
  let rest = input.length
  while (rest > 127) {
    output[at++] = (rest & 127) | 128
    rest >>>= 7
  }
  output[at++] = rest
  for (let start = 0; start < input.length; start += fragmentBytes) {
    at = compressFragment(input, from, start, Math.min(start + fragmentBytes, input.length), output, to, at)
  }
  return at
}

function compressFragment(
  input: Uint8Array,
  from: DataView,
  start: number,
  end: number,
  output: Uint8Array,
  to: DataView,
  at: number,
): number {
  const seen = table
  let literalStart = start
  const lastMatchStart = end - tailBytes
  if (lastMatchStart > start) {
    let bits = 8
    while (bits < tableBits && 1 << bits < end - start) bits++
    const shift = 32 - bits
    seen.fill(0, 0, 1 << bits)
    let position = start + 1
    let word = from.getInt32(position, true)
    search: while (true) {
      let skip = 32
      let candidate = 0
      let next = position
      while (true) {
        position = next
        const slot = Math.imul(word, hashFactor) >>> shift
        next = position + (skip >>> 5)
        skip++
        if (next > lastMatchStart) break search
        candidate = start + seen[slot]
        seen[slot] = position - start
        if (from.getInt32(candidate, true) === word && candidate < position) break
        word = from.getInt32(next, true)
      }
      at = writeLiteral(input, from, literalStart, position, output, to, at)
      while (true) {
        const offset = position - candidate
        const matchStart = position
        position += 4
        candidate += 4
        while (position <= end - 4) {
          const difference = from.getInt32(position, true) ^ from.getInt32(candidate, true)
          if (difference !== 0) {
            position += (31 - Math.clz32(difference & -difference)) >>> 3
            break
          }
          position += 4
          candidate += 4
        }
        if (position > end - 4) {
          let behind = position - offset
          while (position < end && input[position] === input[behind]) {
            position++
            behind++
          }
        }
        at = writeCopy(output, at, offset, position - matchStart)
        literalStart = position
        if (position >= lastMatchStart) break search
        const before = from.getInt32(position - 1, true)
        seen[Math.imul(before, hashFactor) >>> shift] = position - 1 - start
        word = from.getInt32(position, true)
        const slot = Math.imul(word, hashFactor) >>> shift
        candidate = start + seen[slot]
        seen[slot] = position - start
        if (from.getInt32(candidate, true) !== word || candidate >= position) break
      }
      position++
      word = from.getInt32(position, true)
    }
  }
  return writeLiteral(input, from, literalStart, end, output, to, at)
}

/** Element: tag `(length - 1) << 2`, or 60..61 with the length minus one in the next one or two bytes; then the bytes. */
function writeLiteral(
  input: Uint8Array,
  from: DataView,
  start: number,
  end: number,
  output: Uint8Array,
  to: DataView,
  at: number,
): number {
  const length = end - start
  if (length === 0) return at
  if (length <= 60) {
    output[at++] = (length - 1) << 2
  } else if (length <= 256) {
    output[at] = 60 << 2
    output[at + 1] = length - 1
    at += 2
  } else {
    output[at] = 61 << 2
    output[at + 1] = length - 1
    output[at + 2] = (length - 1) >>> 8
    at += 3
  }
  if (length > nativeCopyBytes) {
    output.set(input.subarray(start, end), at)
    return at + length
  }
  const words = end - 4
  let source = start
  let target = at
  while (source <= words) {
    to.setInt32(target, from.getInt32(source, true), true)
    source += 4
    target += 4
  }
  while (source < end) output[target++] = input[source++]
  return at + length
}

/** Elements: tag 1 (4..11 bytes, offset below 2048) in two bytes, or tag 2 (1..64 bytes, offset below 65536) in three. */
function writeCopy(output: Uint8Array, at: number, offset: number, length: number): number {
  while (length >= 68) {
    output[at] = (63 << 2) | 2
    output[at + 1] = offset
    output[at + 2] = offset >>> 8
    at += 3
    length -= 64
  }
  if (length > 64) {
    output[at] = (59 << 2) | 2
    output[at + 1] = offset
    output[at + 2] = offset >>> 8
    at += 3
    length -= 60
  }
  if (length < 12 && offset < 2048) {
    output[at] = 1 | ((length - 4) << 2) | ((offset >>> 8) << 5)
    output[at + 1] = offset
    return at + 2
  }
  output[at] = ((length - 1) << 2) | 2
  output[at + 1] = offset
  output[at + 2] = offset >>> 8
  return at + 3
}
