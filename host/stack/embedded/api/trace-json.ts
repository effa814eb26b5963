// Traces as Tempo's JSON: protobuf's own mapping, with ids in base64 and enums by name, unlike OTLP/JSON.
import { messageToJson } from '../../../../collector-core/wire/otlp/to-json.ts'
import { requestSchemas } from '../../../../collector-core/wire/otlp/schema.ts'

export type JsonObject = Record<string, unknown>

const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']
const statuses = ['UNSET', 'OK', 'ERROR']
const idFields = ['traceId', 'spanId', 'parentSpanId']

/** The `ResourceSpans` of stored parts, as OTLP/JSON. */
export function resourceSpansOf(parts: readonly Uint8Array[]): JsonObject[] {
  return parts.flatMap((part) => {
    const json = messageToJson(requestSchemas.traces, part)
    return (json?.resourceSpans ?? []) as JsonObject[]
  })
}

/** The same in Tempo's spelling; a span that was sent twice is there once. */
export function tempoResourceSpans(parts: readonly Uint8Array[]): JsonObject[] {
  const seen = new Set<string>()
  return resourceSpansOf(parts).map((resourceSpans) => ({
    ...resourceSpans,
    scopeSpans: list(resourceSpans.scopeSpans).map((scopeSpans) => ({
      ...scopeSpans,
      spans: list(scopeSpans.spans)
        .filter((span) => {
          const key = JSON.stringify([span.spanId, span.name, span.startTimeUnixNano, span.kind])
          if (seen.has(key)) return false
          seen.add(key)
          return true
        })
        .map(tempoSpan),
    })),
  }))
}

function tempoSpan(span: JsonObject): JsonObject {
  const { status, kind, links, ...rest } = withIds(span)
  const { code, ...ofStatus } = (status ?? {}) as JsonObject
  return {
    ...rest,
    kind: `SPAN_KIND_${kinds[Number(kind ?? 0)] ?? kinds[0]}`,
    ...(links !== undefined && { links: list(links).map(withIds) }),
    status: {
      ...ofStatus,
      ...(code !== undefined && Number(code) > 0 && { code: `STATUS_CODE_${statuses[Number(code)] ?? statuses[0]}` }),
    },
  }
}

function withIds(object: JsonObject): JsonObject {
  const changed = { ...object }
  for (const name of idFields) {
    const id = object[name]
    if (typeof id === 'string') changed[name] = Buffer.from(id, 'hex').toString('base64')
  }
  return changed
}

export const list = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : [])
