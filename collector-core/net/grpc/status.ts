import { ProtobufReader } from '../../wire/protobuf/reader.ts'
import { ProtobufWriter } from '../../wire/protobuf/writer.ts'

/** gRPC status codes, by the names of the gRPC specification. */
export const grpcCodes = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const

export type GrpcCodeName = keyof typeof grpcCodes

/** The outcome of a call: a code, the server's words, and how long to wait before trying again where it said so. */
export interface GrpcStatus {
  readonly code: number
  readonly message: string
  readonly retryAfterMs?: number
}

/** The name of a status code, `CODE 99` for an unknown one. */
export function grpcCodeName(code: number): string {
  return Object.entries(grpcCodes).find(([, number]) => number === code)?.[0] ?? `CODE ${code}`
}

/** The code that stands for an HTTP status without a gRPC one, by the table of the gRPC specification. */
export function codeOfHttp(status: number): number {
  switch (status) {
    case 400:
      return grpcCodes.INTERNAL
    case 401:
      return grpcCodes.UNAUTHENTICATED
    case 403:
      return grpcCodes.PERMISSION_DENIED
    case 404:
      return grpcCodes.UNIMPLEMENTED
    case 429:
    case 502:
    case 503:
    case 504:
      return grpcCodes.UNAVAILABLE
    default:
      return grpcCodes.UNKNOWN
  }
}

const longestMessage = 4096

/** Percent-encodes a message for the `grpc-message` header; a very long one is cut. */
export function encodeGrpcMessage(message: string): string {
  const short = message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message
  return Array.from(new TextEncoder().encode(short), (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}

/** Decodes a `grpc-message` header; what is not valid percent-encoding stays as it is. */
export function decodeGrpcMessage(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const retryInfoType = 'type.googleapis.com/google.rpc.RetryInfo'

/**
 * Encodes `google.rpc.Status`, which is also the body of OTLP/HTTP errors.
 *
 *   Status     1 code int32    2 message string    3 details Any, repeated
 *   Any        1 type_url string    2 value bytes
 *   RetryInfo  1 retry_delay Duration {1 seconds int64, 2 nanos int32}
 */
export function encodeStatus({ code, message, retryAfterMs }: GrpcStatus): Uint8Array {
  const writer = new ProtobufWriter()
  writer.uint(1, code)
  writer.string(2, message)
  if (retryAfterMs !== undefined) {
    const any = writer.begin(3)
    writer.string(1, retryInfoType)
    const value = writer.begin(2)
    const delay = writer.begin(1)
    writer.uint(1, Math.floor(retryAfterMs / 1000))
    writer.uint(2, Math.round((retryAfterMs % 1000) * 1e6))
    writer.end(delay)
    writer.end(value)
    writer.end(any)
  }
  return writer.finish()
}

/** Decodes `google.rpc.Status` with the delay of a `RetryInfo` detail, 0 where that names none; undefined when malformed. */
export function decodeStatus(bytes: Uint8Array): GrpcStatus | undefined {
  const reader = new ProtobufReader(bytes)
  let code = 0
  let message = ''
  let retryAfterMs: number | undefined
  while (reader.next()) {
    if (reader.field === 1) code = reader.int()
    else if (reader.field === 2) message = reader.string()
    else if (reader.field === 3) reader.message(() => (retryAfterMs = readRetryInfo(reader) ?? retryAfterMs))
    else reader.skip()
  }
  if (reader.malformed !== undefined) return undefined
  return { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

function readRetryInfo(reader: ProtobufReader): number | undefined {
  let type = ''
  let delay = 0
  while (reader.next()) {
    if (reader.field === 1) type = reader.string()
    else if (reader.field === 2) {
      const value = new ProtobufReader(reader.bytesField())
      while (value.next()) {
        if (value.field !== 1) value.skip()
        else value.message(() => (delay = readDuration(value)))
      }
    } else reader.skip()
  }
  return type === retryInfoType ? delay : undefined
}

function readDuration(reader: ProtobufReader): number {
  let ms = 0
  while (reader.next()) {
    if (reader.field === 1) ms += reader.int() * 1000
    else if (reader.field === 2) ms += reader.int() / 1e6
    else reader.skip()
  }
  return ms
}
