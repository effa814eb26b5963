import type { IncomingMessage } from 'node:http'
import { inflateBody } from '../../../../net/body.ts'
import type { ByteAccount } from '../../../../net/byte-budget.ts'

/** Why there is no body to work on. */
export interface NoBody {
  readonly problem: 'too_large' | 'busy' | 'aborted' | 'encoding' | 'malformed'
  readonly message: string
}

export interface BodyBounds {
  readonly maxBytes: number
  /** Names of encodings that are accepted; the empty name stands for none. */
  readonly encodings: readonly string[]
  readonly account: ByteAccount
}

/** The whole body, inflated; never more than the bound is held, before or after. */
export async function readHttpBody(request: IncomingMessage, bounds: BodyBounds): Promise<Uint8Array | NoBody> {
  const { maxBytes, encodings, account } = bounds
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase()
  const name = encoding === 'identity' ? '' : encoding
  if (!encodings.includes(name)) {
    const accepted = encodings.filter((other) => other !== '').join(', ')
    return { problem: 'encoding', message: `the content encoding "${encoding}" is not accepted here, only ${accepted}` }
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge(maxBytes)
  const body = await gather(request, bounds)
  if (!(body instanceof Uint8Array) || name === '') return body
  const inflated = await inflateBody(body, name, { maxBytes })
  if (inflated instanceof Uint8Array) return account.take(inflated.length) ? inflated : busy
  if (inflated.code === 'too_large') return tooLarge(maxBytes)
  return { problem: inflated.code === 'unsupported' ? 'encoding' : 'malformed', message: inflated.message }
}

function gather(request: IncomingMessage, { maxBytes, account }: BodyBounds): Promise<Uint8Array | NoBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let received = 0
    const settle = (result: Uint8Array | NoBody): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      resolve(result)
    }
    const onData = (chunk: Buffer): void => {
      received += chunk.length
      if (received > maxBytes) settle(tooLarge(maxBytes))
      else if (!account.take(chunk.length)) settle(busy)
      else chunks.push(chunk)
    }
    const onEnd = (): void => settle(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, received))
    const onClose = (): void =>
      settle({ problem: 'aborted', message: 'the request ended before its body was complete' })
    request.on('error', () => undefined)
    request.on('data', onData).on('end', onEnd).on('close', onClose)
  })
}

const busy: NoBody = {
  problem: 'busy',
  message: 'the receiver is holding too many unfinished requests; try again later or send smaller batches',
}

const tooLarge = (maxBytes: number): NoBody => ({
  problem: 'too_large',
  message: `the body is larger than ${maxBytes} bytes: send smaller batches, or raise max_request_body_size`,
})
