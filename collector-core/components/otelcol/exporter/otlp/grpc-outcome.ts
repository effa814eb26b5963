import type { Outcome } from '../../../../net/http-outcome.ts'
import type { GrpcResult } from '../../../../net/grpc/client.ts'
import { grpcCodeName, grpcCodes } from '../../../../net/grpc/status.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { partialSuccess } from '../../../../wire/otlp/partial-success.ts'

/** Codes after which the same request may succeed, by the OTLP specification. */
const retryable: ReadonlySet<number> = new Set([
  grpcCodes.CANCELLED,
  grpcCodes.DEADLINE_EXCEEDED,
  grpcCodes.ABORTED,
  grpcCodes.OUT_OF_RANGE,
  grpcCodes.UNAVAILABLE,
  grpcCodes.DATA_LOSS,
])

/** What an answered call means for the request. A partial success is delivered, with the server's words as a warning. */
export function grpcOutcome(
  kind: OtlpKind,
  result: Exclude<GrpcResult, { kind: 'failure' }>,
  warn: (message: string) => void,
): Outcome {
  if (result.kind === 'ok') {
    const partial = partialSuccess(result.message)
    if (partial !== undefined) warn(`the server took the ${kind} with reservations: ${partial}`)
    return { kind: 'delivered' }
  }
  const { code, message, retryAfterMs } = result.status
  const reason = `the server answered ${grpcCodeName(code)}${message === '' ? '' : `: ${message}`}`
  const mayRetry = retryable.has(code) || (code === grpcCodes.RESOURCE_EXHAUSTED && retryAfterMs !== undefined)
  if (mayRetry) return { kind: 'retry', reason, ...(retryAfterMs !== undefined && { afterMs: retryAfterMs }) }
  if (code === grpcCodes.UNAUTHENTICATED || code === grpcCodes.PERMISSION_DENIED) {
    return { kind: 'rejected', reason, unauthorized: true }
  }
  // Without a delay this is how servers say that a message is too large.
  if (code === grpcCodes.RESOURCE_EXHAUSTED) return { kind: 'rejected', reason, split: 'half' }
  return { kind: 'rejected', reason }
}
