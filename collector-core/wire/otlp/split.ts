import type { OtlpBatch, OtlpKind } from '../../signal/otlp-batch.ts'
import { FieldCursor } from '../protobuf/field-cursor.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { DataPointCounter } from './count-items.ts'
import { itemField, resourceField, scopeField } from './layout.ts'

/**
 * Cuts a well-formed request into requests of at most `maxItems` items, order kept. Each piece carries the resource and
 * scope its items belong to. A single metric is never cut, so a piece exceeds the bound when one metric does.
 */
export function splitItems(kind: OtlpKind, request: Uint8Array, maxItems: number): OtlpBatch[] {
  return new Splitter(kind, request, maxItems).split()
}

class Splitter {
  private readonly kind: OtlpKind
  private readonly request: Uint8Array
  private readonly maxItems: number
  private readonly points: DataPointCounter
  private readonly pieces: OtlpBatch[] = []
  private readonly writer: ProtobufWriter
  private items = 0

  constructor(kind: OtlpKind, request: Uint8Array, maxItems: number) {
    this.kind = kind
    this.request = request
    this.maxItems = maxItems
    this.points = new DataPointCounter(request)
    this.writer = new ProtobufWriter(Math.min(request.length, 64 * 1024) + 64)
  }

  split(): OtlpBatch[] {
    const resources = new FieldCursor(this.request).over(0, this.request.length)
    while (resources.next()) {
      if (resources.field !== resourceField) continue
      const { start, end } = resources
      const resourceRest = this.fieldsBeside(scopeField, start, end)
      const scopes = new FieldCursor(this.request).over(start, end)
      while (scopes.next()) {
        if (scopes.field === scopeField) this.splitScope(resourceRest, scopes.start, scopes.end)
      }
    }
    this.finishPiece()
    return this.pieces
  }

  private splitScope(resourceRest: readonly Uint8Array[], start: number, end: number): void {
    const { request, writer, kind } = this
    const scopeRest = this.fieldsBeside(itemField, start, end)
    const items = new FieldCursor(request).over(start, end)
    let open: { readonly resource: number; readonly scope: number } | undefined
    const close = (): void => {
      if (open === undefined) return
      writer.end(open.scope)
      writer.end(open.resource)
      open = undefined
    }
    while (items.next()) {
      if (items.field !== itemField) continue
      const weight = kind === 'metrics' ? (this.points.count(items.start, items.end) ?? 0) : 1
      if (this.items > 0 && this.items + weight > this.maxItems) {
        close()
        this.finishPiece()
      }
      if (open === undefined) {
        const resource = writer.begin(resourceField)
        for (const rest of resourceRest) writer.raw(rest)
        const scope = writer.begin(scopeField)
        for (const rest of scopeRest) writer.raw(rest)
        open = { resource, scope }
      }
      writer.raw(request.subarray(items.begin, items.end))
      this.items += weight
    }
    close()
  }

  private finishPiece(): void {
    if (this.items > 0) this.pieces.push({ kind: this.kind, bytes: this.writer.finish(), items: this.items })
    this.writer.clear()
    this.items = 0
  }

  private fieldsBeside(excluded: number, start: number, end: number): Uint8Array[] {
    const parts: Uint8Array[] = []
    const fields = new FieldCursor(this.request).over(start, end)
    while (fields.next()) {
      if (fields.field !== excluded) parts.push(this.request.subarray(fields.begin, fields.end))
    }
    return parts
  }
}
