// Zstandard frames (RFC 8878), bounded. Node has a decoder of its own from 22.15 on; before that `fzstd` decodes, after
// the frames were walked to see what they may cost.
import { promisify } from 'node:util'
import zlib from 'node:zlib'

export interface ZstdError {
  readonly code: 'malformed' | 'too_large'
  readonly message: string
}

const mostWindowBytes = 8 * 1024 * 1024
/** What `fzstd` may move around in its window for one body: it moves all of it for every block. */
const mostMovedBytes = 4 * 1024 * 1024 * 1024

type Decode = (
  body: Uint8Array,
  options: zlib.ZlibOptions,
  done: (error: Error | null, result: Uint8Array) => void,
) => void
const native = (zlib as unknown as { zstdDecompress?: Decode }).zstdDecompress

const malformed = (message: string): ZstdError => ({ code: 'malformed', message })
const tooLarge = (cap: number): ZstdError => ({
  code: 'too_large',
  message: `it inflates to more than the limit of ${cap} bytes`,
})

/** Decodes all frames of a body into at most `cap` bytes. */
export async function uncompressZstd(body: Uint8Array, cap: number): Promise<Uint8Array | ZstdError> {
  const walked = walkFrames(body)
  if ('code' in walked) return walked
  if (walked.declared > cap || walked.plain > cap) return tooLarge(cap)
  if (walked.window > mostWindowBytes) return { code: 'too_large', message: 'its window is larger than 8 MiB' }
  return native === undefined ? uncompressWithLibrary(body, cap, walked) : uncompressNatively(native, body, cap)
}

async function uncompressNatively(decode: Decode, body: Uint8Array, cap: number): Promise<Uint8Array | ZstdError> {
  try {
    return await promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(decode)(body, {
      maxOutputLength: Math.max(cap, 1),
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(cap) : malformed('it cannot be decoded')
  }
}

class CapReached extends Error {}

async function uncompressWithLibrary(body: Uint8Array, cap: number, walked: Walk): Promise<Uint8Array | ZstdError> {
  if (walked.blocks * walked.span > mostMovedBytes) return malformed('it is split into too many small blocks')
  const { Decompress } = await import('fzstd')
  const parts: Uint8Array[] = []
  let total = 0
  const decoder = new Decompress((part) => {
    total += part.length
    if (total > cap) throw new CapReached()
    parts.push(part)
  })
  try {
    decoder.push(body, true)
  } catch (error) {
    return error instanceof CapReached ? tooLarge(cap) : malformed('it cannot be decoded')
  }
  return Buffer.concat(parts)
}

interface Walk {
  /** The sum of the content sizes the frames declare. */
  readonly declared: number
  /** Bytes of blocks that are not compressed, which the content cannot be shorter than. */
  readonly plain: number
  /** The largest window asked for. */
  readonly window: number
  /** The largest window in use: the whole content where a frame asks for none. */
  readonly span: number
  readonly blocks: number
}

/**
 * frame = magic 0xFD2FB528, descriptor, [window], [dictionary id], [content size], blocks, [checksum 4].
 * block = 3 bytes little-endian: last 1 bit, type 2 bits (raw, run, compressed), size 21 bits; then the data.
 */
function walkFrames(body: Uint8Array): Walk | ZstdError {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  let declared = 0
  let plain = 0
  let window = 0
  let span = 0
  let blocks = 0
  let at = 0
  while (at < body.length) {
    if (at + 8 > body.length) return malformed('it ends inside a frame header')
    const magic = view.getUint32(at, true)
    if (magic >>> 4 === 0x184d2a5) {
      at += 8 + view.getUint32(at + 4, true)
      if (at > body.length) return malformed('it ends inside a skippable frame')
      continue
    }
    if (magic !== 0xfd2fb528) return malformed('a frame does not start with the right bytes')
    const descriptor = body[at + 4]
    at += 5
    if ((descriptor & 8) !== 0) return malformed('a reserved bit is set')
    if ((descriptor & 3) !== 0) return malformed('it needs a dictionary')
    const single = (descriptor & 32) !== 0
    let frameWindow = 0
    if (!single) {
      const base = 2 ** (10 + (body[at] >>> 3))
      frameWindow = base + (base / 8) * (body[at] & 7)
      at += 1
    }
    const sizeFlag = descriptor >>> 6
    const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 1 << sizeFlag
    if (at + sizeBytes > body.length) return malformed('it ends inside a frame header')
    let size = sizeFlag === 1 ? 256 : 0
    for (let index = 0; index < sizeBytes; index++) size += body[at + index] * 2 ** (8 * index)
    at += sizeBytes
    declared += size
    window = Math.max(window, frameWindow)
    span = Math.max(span, single ? size : frameWindow)
    for (let last = false; !last;) {
      if (at + 3 > body.length) return malformed('it ends inside a block')
      const header = body[at] | (body[at + 1] << 8) | (body[at + 2] << 16)
      at += 3
      last = (header & 1) === 1
      const type = (header >>> 1) & 3
      const blockSize = header >>> 3
      if (type === 3) return malformed('a block has an unknown type')
      if (type !== 2) plain += blockSize
      at += type === 1 ? 1 : blockSize
      blocks++
      if (at > body.length) return malformed('it ends inside a block')
    }
    if ((descriptor & 4) !== 0) at += 4
    if (at > body.length) return malformed('it ends inside a checksum')
  }
  return { declared, plain, window, span, blocks }
}
