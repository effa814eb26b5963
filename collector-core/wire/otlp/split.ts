import type { OtlpBatch, OtlpKind } from '../../signal/otlp-batch.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { walkFields } from '../protobuf/walk.ts'
import { countDataPoints } from './count-items.ts'
import { itemField, resourceField, scopeField } from './layout.ts'

/**
 * Cuts a well-formed request into requests of at most `maxItems` items, order kept. Each piece carries the resource and
 * scope its items belong to. A single metric is never cut, so a piece may exceed the bound when one metric does.
 */
export function splitItems(kind: OtlpKind, request: Uint8Array, maxItems: number): OtlpBatch[] {
  const pieces: OtlpBatch[] = []
  let writer = new ProtobufWriter(4096)
  let items = 0
  const flush = (): void => {
    if (items > 0) pieces.push({ kind, bytes: writer.finish(), items })
    writer = new ProtobufWriter(4096)
    items = 0
  }

  walkFields(request, 0, request.length, (field, wire, resourceStart, resourceEnd) => {
    if (field !== resourceField || wire !== 2) return undefined
    const resourceRest = fieldsExcept(request, resourceStart, resourceEnd, scopeField)
    walkFields(request, resourceStart, resourceEnd, (scopes, scopeWire, scopeStart, scopeEnd) => {
      if (scopes !== scopeField || scopeWire !== 2) return undefined
      const scopeRest = fieldsExcept(request, scopeStart, scopeEnd, itemField)
      let openAt: { resource: number; scope: number } | undefined
      const close = (): void => {
        if (openAt === undefined) return
        writer.end(openAt.scope)
        writer.end(openAt.resource)
        openAt = undefined
      }
      walkFields(request, scopeStart, scopeEnd, (item, itemWire, start, end, begin) => {
        if (item !== itemField || itemWire !== 2) return undefined
        const weight = kind === 'metrics' ? (countDataPoints(request, start, end) ?? 0) : 1
        if (items > 0 && items + weight > maxItems) {
          close()
          flush()
        }
        if (openAt === undefined) {
          const resource = writer.begin(resourceField)
          for (const rest of resourceRest) writer.raw(rest)
          const scope = writer.begin(scopeField)
          for (const rest of scopeRest) writer.raw(rest)
          openAt = { resource, scope }
        }
        writer.raw(request.subarray(begin, end))
        items += weight
        return undefined
      })
      close()
      return undefined
    })
    return undefined
  })
  flush()
  return pieces
}

function fieldsExcept(bytes: Uint8Array, start: number, end: number, excluded: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  walkFields(bytes, start, end, (field, _wire, _start, fieldEnd, begin) => {
    if (field !== excluded) parts.push(bytes.subarray(begin, fieldEnd))
    return undefined
  })
  return parts
}
