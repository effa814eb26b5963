import { promisify } from 'node:util'
import { deflate, gzip } from 'node:zlib'
import { joinPieces } from '../../../../wire/join-pieces.ts'
import { compressLz4 } from '../../../../wire/lz4/compress.ts'
import { compressFramed } from '../../../../wire/snappy/compress-framed.ts'
import { compress } from '../../../../wire/snappy/compress.ts'

const gzipAsync = promisify(gzip)
const deflateAsync = promisify(deflate)

/** A body as it goes out, and the name of its content coding where it has one. */
export interface CompressedBody {
  readonly body: Uint8Array | readonly Uint8Array[]
  readonly coding?: string
}

/** Compresses a body given in pieces; `level` counts for gzip, zlib and deflate, 0 is their fastest. */
export async function compressBody(
  pieces: readonly Uint8Array[],
  compression: string,
  level: number,
): Promise<CompressedBody> {
  const options = { level: level === 0 ? 1 : level }
  switch (compression) {
    case 'gzip':
      return { body: await gzipAsync(joinPieces(pieces), options), coding: compression }
    case 'deflate':
    case 'zlib':
      return { body: await deflateAsync(joinPieces(pieces), options), coding: compression }
    case 'snappy':
      return { body: compress(joinPieces(pieces)), coding: compression }
    case 'x-snappy-framed':
      return { body: compressFramed(joinPieces(pieces)), coding: compression }
    case 'lz4':
      return { body: compressLz4(joinPieces(pieces)), coding: compression }
    default:
      return { body: pieces }
  }
}
