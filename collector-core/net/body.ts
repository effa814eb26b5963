// Takes the content coding off a request or response body, never producing more than allowed. One coding only, and the
// limit holds while inflating, so a bomb costs at most the limit.
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { uncompressLz4 } from '../wire/lz4/uncompress.ts'
import { isFramed, uncompressFramed } from '../wire/snappy/uncompress-framed.ts'
import { uncompress } from '../wire/snappy/uncompress.ts'
import { uncompressZstd } from './zstd.ts'

export interface BodyLimits {
  /** The most bytes after inflating. */
  readonly maxBytes: number
  /** The most bytes after inflating for each byte before. Default 1000; bodies up to 64 KiB are let through anyway. */
  readonly maxRatio?: number
}

/** Why a body cannot be used; `status` is the HTTP status that says so. */
export interface BodyError {
  readonly kind: 'body-error'
  readonly code: 'too_large' | 'malformed' | 'unsupported'
  readonly status: 400 | 413 | 415
  readonly message: string
}

export type ContentCoding = 'identity' | 'gzip' | 'deflate' | 'zlib' | 'snappy' | 'x-snappy-framed' | 'zstd' | 'lz4'

const defaultRatio = 1000
const alwaysAllowedBytes = 64 * 1024
/** Below this, inflating at once costs less than a trip through the thread pool. */
const syncBytes = 8 * 1024
const mostChunkBytes = 1024 * 1024

const statuses = { too_large: 413, malformed: 400, unsupported: 415 } as const

const bodyError = (code: BodyError['code'], message: string): BodyError => ({
  kind: 'body-error',
  code,
  status: statuses[code],
  message,
})

/** The coding a `Content-Encoding` value names. */
export function contentCoding(value: string | undefined): ContentCoding | BodyError {
  const name = (value ?? '').trim().toLowerCase()
  switch (name) {
    case '':
      return 'identity'
    case 'x-gzip':
      return 'gzip'
    case 'identity':
    case 'gzip':
    case 'deflate':
    case 'zlib':
    case 'snappy':
    case 'x-snappy-framed':
    case 'zstd':
    case 'lz4':
      return name
    default:
      return bodyError(
        'unsupported',
        name.includes(',')
          ? 'a body with more than one content encoding is not accepted'
          : 'the content encoding is not one of gzip, deflate, zlib, snappy, zstd, lz4',
      )
  }
}

/**
 * The body without its coding. `expectedBytes`, when known from earlier bodies, makes inflating cheaper.
 */
export async function inflateBody(
  body: Uint8Array,
  encoding: string | undefined,
  limits: BodyLimits,
  expectedBytes = 0,
): Promise<Uint8Array | BodyError> {
  const coding = contentCoding(encoding)
  if (typeof coding === 'object') return coding
  if (coding === 'identity') {
    if (body.length <= limits.maxBytes) return body
    return bodyError('too_large', `the body has ${body.length} bytes, the limit is ${limits.maxBytes}`)
  }
  const cap = Math.min(limits.maxBytes, Math.max(body.length * (limits.maxRatio ?? defaultRatio), alwaysAllowedBytes))
  switch (coding) {
    case 'gzip':
    case 'deflate':
    case 'zlib':
      return inflateZlib(body, coding, cap, expectedBytes)
    case 'zstd': {
      const result = await uncompressZstd(body, cap)
      return result instanceof Uint8Array ? result : described(result.code, 'zstd', result.message)
    }
    case 'lz4': {
      const result = uncompressLz4(body, cap)
      return result instanceof Uint8Array ? result : described(result.code, 'lz4', result.message)
    }
    case 'snappy':
    case 'x-snappy-framed': {
      const result = isFramed(body) ? uncompressFramed(body, cap) : uncompress(body, cap)
      return result instanceof Uint8Array ? result : described(result.code, 'snappy', result.message)
    }
  }
}

function described(code: 'too_large' | 'malformed', name: string, message: string): BodyError {
  return bodyError(
    code,
    code === 'too_large' ? `the body is too large: ${message}` : `the body is not valid ${name}: ${message}`,
  )
}

const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.gunzip)
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflate)
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflateRaw)

async function inflateZlib(
  body: Uint8Array,
  coding: 'gzip' | 'deflate' | 'zlib',
  cap: number,
  expectedBytes: number,
): Promise<Uint8Array | BodyError> {
  const members = coding === 'gzip' ? gzipHeaders(body) : 1
  if (members > mostMembers) return bodyError('malformed', 'the body is split into too many gzip members')
  const chunkSize = Math.min(Math.max(expectedBytes, body.length * 4, 1024), mostChunkBytes)
  const options = { maxOutputLength: Math.max(cap, 1), chunkSize }
  const raw = coding === 'deflate' && !hasZlibHeader(body)
  try {
    if (body.length <= syncBytes) {
      if (coding === 'gzip') return zlib.gunzipSync(body, options)
      return raw ? zlib.inflateRawSync(body, options) : zlib.inflateSync(body, options)
    }
    if (coding === 'gzip') return await gunzip(body, options)
    return await (raw ? inflateRaw : inflate)(body, options)
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no reason given'
    if (code === 'ERR_BUFFER_TOO_LARGE')
      return bodyError('too_large', `the body inflates to more than the limit of ${cap} bytes`)
    return bodyError('malformed', `the body is not valid ${coding} (${code})`)
  }
}

/** "deflate" means the zlib format; some clients send the bare stream, which has no such header. */
function hasZlibHeader(body: Uint8Array): boolean {
  return body.length >= 2 && (body[0] & 15) === 8 && ((body[0] << 8) | body[1]) % 31 === 0
}

/** Each member resets the inflater, so a body of nothing but tiny members costs far more than its size. */
const mostMembers = 4096

/** How often the first bytes of a gzip member occur: never less than there are members. */
function gzipHeaders(body: Uint8Array): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  let count = 0
  for (let at = bytes.indexOf(gzipMagic); at !== -1 && count <= mostMembers; at = bytes.indexOf(gzipMagic, at + 3))
    count++
  return count
}

const gzipMagic = Buffer.of(0x1f, 0x8b, 8)
