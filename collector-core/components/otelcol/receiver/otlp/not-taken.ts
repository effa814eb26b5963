import type { OtlpKind } from '../../../../signal/otlp-batch.ts'

/** What a sender is told whose kind of data goes nowhere. */
export function notTaken(kind: OtlpKind): string {
  return `this receiver does not take ${kind}: connect ${kind} in its output block, or stop sending them here`
}

/** What a sender is told whose body is no OTLP request; names the likely mistake where the first bytes show it. */
export function notOtlp(kind: OtlpKind, body: Uint8Array): string {
  const message = `the body is not a well-formed OTLP ${kind} request`
  if (body[0] === 0x1f && body[1] === 0x8b) return `${message}: it looks gzip-compressed, so its encoding must be named`
  if (body[0] === 0x7b) return `${message}: it looks like JSON, which goes to the HTTP port as application/json`
  return message
}
