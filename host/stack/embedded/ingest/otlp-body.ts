import type { OtlpKind } from '../../../../collector-core/signal/otlp-batch.ts'
import { requestFromJson } from '../../../../collector-core/wire/otlp/from-json.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'

/** The serialized export request in a body of OTLP over HTTP, protobuf or JSON. */
export function readOtlpBody(kind: OtlpKind, contentType: string, body: Uint8Array): Uint8Array | Refusal {
  const type = contentType.split(';')[0].trim().toLowerCase()
  if (type === 'application/x-protobuf') return body
  if (type !== 'application/json') {
    return refuse(415, `the content type is "${contentType}": send application/x-protobuf or application/json`)
  }
  const translated = requestFromJson(kind, Buffer.from(body.buffer, body.byteOffset, body.length).toString())
  return 'problem' in translated ? refuse(400, translated.problem) : translated.bytes
}
