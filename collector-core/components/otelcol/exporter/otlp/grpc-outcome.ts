import type { SendOutcome } from '../../../../delivery/otlp-delivery.ts'
import { grpcCodeName, grpcCodes } from '../../../../net/grpc/status.ts'
import type { GrpcStatus } from '../../../../net/grpc/status.ts'

/** Codes after which the same request may succeed, by the OTLP specification. */
const retryable: ReadonlySet<number> = new Set([
  grpcCodes.CANCELLED,
  grpcCodes.DEADLINE_EXCEEDED,
  grpcCodes.ABORTED,
  grpcCodes.OUT_OF_RANGE,
  grpcCodes.UNAVAILABLE,
  grpcCodes.DATA_LOSS,
])

/** The words of the servers we know for a message that is too large, rather than one too many. */
const tooLarge = /larger than|too large|exceeds? (?:the )?(?:max|limit|size)|max(?:imum)? (?:message|request|size)/i

/** What a status other than OK means for the request. */
export function grpcOutcome({ code, message, retryAfterMs }: GrpcStatus): SendOutcome {
  const reason = `the server answered ${grpcCodeName(code)}${message === '' ? '' : `: ${message}`}`
  const after = retryAfterMs !== undefined && { afterMs: retryAfterMs }
  if (retryable.has(code)) return { kind: 'retry', reason, ...after }
  switch (code) {
    case grpcCodes.RESOURCE_EXHAUSTED:
      if (retryAfterMs !== undefined) return { kind: 'retry', reason, ...after }
      if (tooLarge.test(message)) return { kind: 'rejected', reason, split: 'half' }
      return { kind: 'doubtful', reason }
    case grpcCodes.UNKNOWN:
    case grpcCodes.INTERNAL:
      return { kind: 'doubtful', reason, ...after }
    case grpcCodes.UNAUTHENTICATED:
    case grpcCodes.PERMISSION_DENIED:
      return { kind: 'rejected', reason, unauthorized: true }
    case grpcCodes.INVALID_ARGUMENT:
    case grpcCodes.FAILED_PRECONDITION:
      return { kind: 'rejected', reason, split: 'bisect' }
    default:
      return { kind: 'rejected', reason }
  }
}
