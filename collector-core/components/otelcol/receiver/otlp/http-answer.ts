import type { ServerResponse } from 'node:http'
import { encodeStatus } from '../../../../net/grpc/status.ts'
import type { GrpcStatus } from '../../../../net/grpc/status.ts'

export type Encoding = 'proto' | 'json'

/** An answer before it is written: success, or an HTTP status with a `google.rpc.Status`. */
export type Answer = { readonly status: 200 } | Refusal

export interface Refusal {
  readonly status: number
  readonly error: GrpcStatus
  /** Label of the refused-requests counter; absent for what the pipeline refused, which is counted as items. */
  readonly reason?: string
  readonly headers?: Readonly<Record<string, string>>
}

const contentTypes: Readonly<Record<Encoding, string>> = { proto: 'application/x-protobuf', json: 'application/json' }

/** Writes an answer in the encoding of the request; errors of requests in neither encoding are plain text. */
export function writeAnswer(response: ServerResponse, encoding: Encoding | undefined, answer: Answer): void {
  if (response.destroyed) return
  const body = bodyOf(encoding, answer)
  response.writeHead(answer.status, {
    'Content-Type': encoding === undefined ? 'text/plain; charset=utf-8' : contentTypes[encoding],
    'Content-Length': body.length,
    'X-Content-Type-Options': 'nosniff',
    ...('error' in answer && answer.headers),
  })
  response.end(body)
}

function bodyOf(encoding: Encoding | undefined, answer: Answer): Uint8Array {
  if (!('error' in answer)) return Buffer.from(encoding === 'json' ? '{}' : '')
  const { code, message } = answer.error
  switch (encoding) {
    case 'proto':
      return encodeStatus(answer.error)
    case 'json':
      return Buffer.from(JSON.stringify({ code, message }))
    case undefined:
      return Buffer.from(`${message}\n`)
  }
}
