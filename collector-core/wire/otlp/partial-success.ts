import { ProtobufReader } from '../protobuf/reader.ts'

/** What a server did not take of a request it answered with success. */
export interface PartialSuccess {
  readonly rejected: number
  /** The server's words; empty when it has none. */
  readonly message: string
}

/**
 * What a protobuf export response says went wrong in part; undefined when nothing did.
 *
 *   Export…ServiceResponse  1 partial_success: 1 rejected_* int64, 2 error_message string
 */
export function partialSuccess(response: Uint8Array): PartialSuccess | undefined {
  const reader = new ProtobufReader(response)
  let rejected = 0
  let message = ''
  while (reader.next()) {
    if (reader.field !== 1) {
      reader.skip()
      continue
    }
    reader.message(() => {
      while (reader.next()) {
        if (reader.field === 1) rejected = reader.int()
        else if (reader.field === 2) message = reader.string()
        else reader.skip()
      }
    })
  }
  return reader.malformed === undefined ? reservation(rejected, message) : undefined
}

/** The same of a JSON response. */
export function partialSuccessOfJson(response: Uint8Array): PartialSuccess | undefined {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(response).toString())
  } catch {
    return undefined
  }
  const partial = field(json, 'partialSuccess')
  const counts = ['rejectedSpans', 'rejectedDataPoints', 'rejectedLogRecords'].map((name) =>
    Number(field(partial, name) ?? 0),
  )
  const message = field(partial, 'errorMessage')
  return reservation(Math.max(...counts), typeof message === 'string' ? message : '')
}

function reservation(rejected: number, message: string): PartialSuccess | undefined {
  const count = rejected > 0 ? rejected : 0
  return count === 0 && message === '' ? undefined : { rejected: count, message }
}

function field(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? (json as Readonly<Record<string, unknown>>)[name]
    : undefined
}
