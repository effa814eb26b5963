// The snappy block decoder. Input is hostile: the claimed length is checked against the caller's limit before anything
// is allocated, every element against both buffers, and the result against the claim.

/** Why bytes are not an acceptable snappy block. */
export interface SnappyError {
  readonly kind: 'snappy-error'
  readonly code: 'malformed' | 'too_large'
  readonly message: string
}

export const malformed = (message: string): SnappyError => ({ kind: 'snappy-error', code: 'malformed', message })

/** A block cannot shrink its content further than this: the best element is 3 bytes for 64. */
const maxRatio = 24
/** From here on one native copy is cheaper than a loop. */
const nativeCopyBytes = 64

interface Claim {
  readonly length: number
  readonly start: number
}

/** Preamble: the uncompressed length as a varint of at most 32 bits. */
function readClaim(input: Uint8Array): Claim | undefined {
  let length = 0
  for (let index = 0; index < 5 && index < input.length; index++) {
    const byte = input[index]
    if (index === 4 && byte > 15) return undefined
    length += (byte & 127) * 2 ** (7 * index)
    if (byte < 128) return { length, start: index + 1 }
  }
  return undefined
}

/**
 * Decodes one snappy block of at most `maxBytes` uncompressed bytes. The result owns its memory.
 */
export function uncompress(input: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer> | SnappyError {
  const claim = readClaim(input)
  if (claim === undefined) return malformed('it does not start with a valid length')
  const { length } = claim
  if (length > maxBytes) {
    return {
      kind: 'snappy-error',
      code: 'too_large',
      message: `it claims ${length} bytes uncompressed, the limit is ${maxBytes}`,
    }
  }
  if (length > input.length * maxRatio) return malformed('it claims more bytes than it can hold')
  const output = new Uint8Array(length)
  const source = new DataView(input.buffer, input.byteOffset, input.byteLength)
  const target = new DataView(output.buffer)
  const end = input.length
  let at = claim.start
  let to = 0
  while (at < end) {
    const tag = input[at++]
    const kind = tag & 3
    if (kind === 0) {
      let size = (tag >>> 2) + 1
      if (size > 60) {
        const extra = size - 60
        if (at + extra > end) return malformed('it ends inside a literal length')
        size = input[at] + 1
        if (extra > 1) size += input[at + 1] * 256
        if (extra > 2) size += input[at + 2] * 65536
        if (extra > 3) size += input[at + 3] * 16777216
        at += extra
      }
      if (size > end - at) return malformed('it ends inside a literal')
      if (size > length - to) return malformed('it holds more bytes than it claims')
      if (size > nativeCopyBytes) {
        output.set(input.subarray(at, at + size), to)
        at += size
        to += size
      } else {
        const stop = to + size
        if (at + size + 3 <= end && stop + 3 <= length) {
          while (to < stop) {
            target.setInt32(to, source.getInt32(at, true), true)
            to += 4
            at += 4
          }
          at -= to - stop
          to = stop
        } else {
          while (to < stop) output[to++] = input[at++]
        }
      }
      continue
    }
    let size = (tag >>> 2) + 1
    let offset: number
    if (kind === 1) {
      if (at >= end) return malformed('it ends inside a copy')
      size = ((tag >>> 2) & 7) + 4
      offset = ((tag >>> 5) << 8) | input[at]
      at += 1
    } else if (kind === 2) {
      if (at + 2 > end) return malformed('it ends inside a copy')
      offset = input[at] | (input[at + 1] << 8)
      at += 2
    } else {
      if (at + 4 > end) return malformed('it ends inside a copy')
      offset = input[at] + input[at + 1] * 256 + input[at + 2] * 65536 + input[at + 3] * 16777216
      at += 4
    }
    if (offset === 0 || offset > to) return malformed('a copy reaches before the start')
    if (size > length - to) return malformed('it holds more bytes than it claims')
    let behind = to - offset
    const stop = to + size
    if (offset >= 4 && stop + 3 <= length) {
      while (to < stop) {
        target.setInt32(to, target.getInt32(behind, true), true)
        to += 4
        behind += 4
      }
      to = stop
    } else {
      while (to < stop) output[to++] = output[behind++]
    }
  }
  if (to !== length) return malformed(`it claims ${length} bytes and holds ${to}`)
  return output
}
