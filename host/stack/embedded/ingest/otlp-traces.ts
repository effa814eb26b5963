import { countItems } from '../../../../collector-core/wire/otlp/count-items.ts'
import { itemField, resourceField, scopeField } from '../../../../collector-core/wire/otlp/layout.ts'
import { FieldCursor } from '../../../../collector-core/wire/protobuf/field-cursor.ts'
import { ProtobufReader } from '../../../../collector-core/wire/protobuf/reader.ts'
import { ProtobufWriter } from '../../../../collector-core/wire/protobuf/writer.ts'
import type { TracePart, TraceStore } from '../storage/trace-store.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'

/** Takes a serialized `ExportTraceServiceRequest`; undefined when all of it is stored. */
export async function takeTraces(request: Uint8Array, store: TraceStore): Promise<Refusal | undefined> {
  if (countItems('traces', request) === undefined) return refuse(400, 'the body is not an OTLP trace request')
  const parts = splitByTrace(request)
  if (typeof parts === 'string') return refuse(400, parts)
  const { refused } = await store.write(parts)
  return refused.length === 0 ? undefined : refuse(400, refused.join('; '))
}

interface Draft {
  readonly id: Uint8Array
  readonly writer: ProtobufWriter
  startMs: number
  endMs: number
}

/** The spans of a well-formed request by trace, each with the resource and scope it belongs to; or what is wrong. */
export function splitByTrace(request: Uint8Array): TracePart[] | string {
  const drafts = new Map<string, Draft>()
  const resources = new FieldCursor(request).over(0, request.length)
  while (resources.next()) {
    if (resources.field !== resourceField) continue
    const { start, end } = resources
    const resourceRest = fieldsBeside(request, scopeField, start, end)
    const scopes = new FieldCursor(request).over(start, end)
    while (scopes.next()) {
      if (scopes.field !== scopeField) continue
      const problem = splitScope(request, resourceRest, scopes.start, scopes.end, drafts)
      if (problem !== undefined) return problem
    }
  }
  return [...drafts.values()].map(({ id, writer, startMs, endMs }) => ({
    traceId: id,
    bytes: writer.finish(),
    startMs,
    endMs,
  }))
}

function splitScope(
  request: Uint8Array,
  resourceRest: readonly Uint8Array[],
  start: number,
  end: number,
  drafts: Map<string, Draft>,
): string | undefined {
  const scopeRest = fieldsBeside(request, itemField, start, end)
  const spans = new Map<Draft, Uint8Array[]>()
  const items = new FieldCursor(request).over(start, end)
  while (items.next()) {
    if (items.field !== itemField) continue
    const head = readHead(request, items.start, items.end)
    if (typeof head === 'string') return head
    const key = Buffer.from(head.id.buffer, head.id.byteOffset, head.id.length).toString('latin1')
    let draft = drafts.get(key)
    if (draft === undefined) drafts.set(key, (draft = { ...head, writer: new ProtobufWriter(512) }))
    draft.startMs = Math.min(draft.startMs, head.startMs)
    draft.endMs = Math.max(draft.endMs, head.endMs)
    const list = spans.get(draft)
    const bytes = request.subarray(items.begin, items.end)
    if (list === undefined) spans.set(draft, [bytes])
    else list.push(bytes)
  }
  for (const [{ writer }, list] of spans) {
    const resource = writer.begin(resourceField)
    for (const rest of resourceRest) writer.raw(rest)
    const scope = writer.begin(scopeField)
    for (const rest of scopeRest) writer.raw(rest)
    for (const span of list) writer.raw(span)
    writer.end(scope)
    writer.end(resource)
  }
  return undefined
}

/** Span: 1 trace_id, 2 span_id, 7 start_time_unix_nano, 8 end_time_unix_nano. */
function readHead(
  request: Uint8Array,
  start: number,
  end: number,
): { id: Uint8Array; startMs: number; endMs: number } | string {
  const reader = new ProtobufReader(request, start, end)
  let id = new Uint8Array(0)
  let span = new Uint8Array(0)
  let [startMs, endMs] = [0, 0]
  while (reader.next()) {
    if (reader.field === 1) id = reader.bytesField() as Uint8Array<ArrayBuffer>
    else if (reader.field === 2) span = reader.bytesField() as Uint8Array<ArrayBuffer>
    else if (reader.field === 7) startMs = reader.fixed64() / 1e6
    else if (reader.field === 8) endMs = reader.fixed64() / 1e6
    else reader.skip()
  }
  if (reader.malformed !== undefined) return `a span is malformed: ${reader.malformed}`
  if (id.length !== 16 || id.every((byte) => byte === 0))
    return 'a span has a trace id that is not 16 bytes, or all zero'
  if (span.length !== 8 || span.every((byte) => byte === 0))
    return 'a span has a span id that is not 8 bytes, or all zero'
  return { id, startMs, endMs: Math.max(startMs, endMs) }
}

function fieldsBeside(request: Uint8Array, excluded: number, start: number, end: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  const fields = new FieldCursor(request).over(start, end)
  while (fields.next()) if (fields.field !== excluded) parts.push(request.subarray(fields.begin, fields.end))
  return parts
}
