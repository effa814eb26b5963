// What a queue holds per fragment: a head, then a push request. Small requests stay as they are, so that many of them can
// be merged and compressed together when they are sent; large ones are compressed right away and only joined.
//
//   0  format   1 byte   0 plain, 1 snappy block
//   1  created  8 bytes  ms since the epoch, float64 little-endian
import { fragmentHalves, requestOf } from '../../../delivery/fragment-halves.ts'
import type { Fragment, OutboxRequest } from '../../../outbox/outbox.ts'
import { mergePushes, splitPush } from '../../../wire/loki/push-parts.ts'
import type { EncodedPush } from '../../../wire/loki/push-encoder.ts'
import { joinBlocks } from '../../../wire/snappy/join-blocks.ts'
import { compress } from '../../../wire/snappy/compress.ts'
import { uncompress } from '../../../wire/snappy/uncompress.ts'

/** From here on a request on its own compresses within 4 % of what it would among others. */
const compressFromBytes = 32 * 1024
const headBytes = 9
const largestRequest = 1024 * 1024 * 1024

/** A fragment for the queue. */
export function sealPush({ bytes, entries, size }: EncodedPush, created: number): Fragment {
  const compressed = bytes.length >= compressFromBytes
  const content = compressed ? compress(bytes) : bytes
  const body = Buffer.allocUnsafe(headBytes + content.length)
  body[0] = compressed ? 1 : 0
  body.writeDoubleLE(created, 1)
  body.set(content, headBytes)
  return { body, items: entries, size }
}

/** When the lines of a fragment were taken, ms since the epoch. */
export function createdAt({ body }: Fragment): number {
  return new DataView(body.buffer, body.byteOffset, body.byteLength).getFloat64(1, true)
}

/** The request as one snappy block, in parts; undefined when a fragment is none of ours. */
export function requestBody({ fragments }: OutboxRequest): readonly Uint8Array[] | undefined {
  const blocks: Uint8Array[] = []
  let plain: Uint8Array[] = []
  const closePlain = (): boolean => {
    if (plain.length === 0) return true
    const merged = mergePushes(plain)
    if (merged === undefined) return false
    blocks.push(compress(merged))
    plain = []
    return true
  }
  for (const { body } of fragments) {
    const content = contentOf(body)
    if (content === undefined) return undefined
    if (body[0] === 0) plain.push(content)
    else if (closePlain()) blocks.push(content)
    else return undefined
  }
  return closePlain() ? joinBlocks(blocks) : undefined
}

function contentOf(body: Uint8Array): Uint8Array | undefined {
  return body.length > headBytes && body[0] <= 1 ? body.subarray(headBytes) : undefined
}

/** Cuts a request in two: between fragments while there are several, then inside the one that is left. */
export function splitRequest(request: OutboxRequest): readonly [OutboxRequest, OutboxRequest] | undefined {
  const between = fragmentHalves(request)
  if (between !== undefined) return between
  const [fragment] = request.fragments
  const content = contentOf(fragment.body)
  const bytes = content === undefined || fragment.body[0] === 0 ? content : uncompress(content, largestRequest)
  const halves = bytes === undefined || 'kind' in bytes ? undefined : splitPush(bytes)
  if (halves === undefined) return undefined
  const [first, second] = halves.map((half) => {
    const size = Math.round((fragment.size * half.entries) / fragment.items)
    return requestOf([sealPush({ ...half, size }, createdAt(fragment))])
  })
  return [first, second]
}
