import type { BodyError } from './body.ts'

/**
 * Collects the body of a request that a server of ours received. Stops reading at `maxBytes`; a declared length beyond
 * it is refused before anything is read. Rejects only if the stream fails, as it does when the client goes away.
 */
export async function readBody(
  request: AsyncIterable<Uint8Array> & { readonly headers?: { readonly 'content-length'?: string } },
  maxBytes: number,
): Promise<Buffer | BodyError> {
  const declared = Number(request.headers?.['content-length'] ?? 0)
  if (declared > maxBytes) return tooLarge(maxBytes)
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of request) {
    total += part.length
    if (total > maxBytes) return tooLarge(maxBytes)
    parts.push(part)
  }
  return parts.length === 1 && parts[0] instanceof Buffer ? parts[0] : Buffer.concat(parts, total)
}

const tooLarge = (maxBytes: number): BodyError => ({
  kind: 'body-error',
  code: 'too_large',
  status: 413,
  message: `the body is larger than the limit of ${maxBytes} bytes`,
})
