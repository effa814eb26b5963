// Copies a request item by item: an item may be left out or replaced, everything else is copied as bytes. Scopes and
// resources that end up without items are left out too.
import { ProtobufWriter } from '../protobuf/writer.ts'
import { walkFields } from '../protobuf/walk.ts'
import { itemField, resourceField, scopeField } from './layout.ts'

/** Decides over one span, log record or metric in `request[start..end)`: kept, left out, or replaced by other bytes. */
export type ItemDecision = (start: number, end: number) => 'keep' | 'drop' | Uint8Array

/** A rewritten request; `bytes` is empty when nothing is left. */
export interface Rewritten {
  readonly bytes: Uint8Array
  readonly kept: number
  readonly dropped: number
}

/**
 * Rewrites a well-formed request (see `countItems`). When every item is kept as it is, `bytes` is `request` itself.
 * For metrics an item is a whole metric.
 */
export function rewriteItems(request: Uint8Array, decide: ItemDecision): Rewritten {
  const writer = new ProtobufWriter(request.length + 64)
  let kept = 0
  let dropped = 0
  const rewritten = { differs: false }

  walkFields(request, 0, request.length, (field, wire, start, end) => {
    if (field !== resourceField || wire !== 2) return undefined
    const before = writer.length
    const keptBefore = kept
    const at = writer.begin(resourceField)
    let copiedTo = start
    walkFields(request, start, end, (scopes, scopeWire, scopeStart, scopeEnd, begin) => {
      if (scopes !== scopeField || scopeWire !== 2) return undefined
      writer.raw(request.subarray(copiedTo, begin))
      rewriteScope(scopeStart, scopeEnd)
      copiedTo = scopeEnd
      return undefined
    })
    writer.raw(request.subarray(copiedTo, end))
    writer.end(at)
    if (kept === keptBefore) writer.length = before
    return undefined
  })
  if (!rewritten.differs) return { bytes: request, kept, dropped }
  return { bytes: writer.finish(), kept, dropped }

  function rewriteScope(start: number, end: number): void {
    const before = writer.length
    const keptBefore = kept
    const at = writer.begin(scopeField)
    let copiedTo = start
    walkFields(request, start, end, (item, wire, itemStart, itemEnd, begin) => {
      if (item !== itemField || wire !== 2) return undefined
      const decision = decide(itemStart, itemEnd)
      if (decision === 'keep') {
        kept++
        return undefined
      }
      rewritten.differs = true
      writer.raw(request.subarray(copiedTo, begin))
      copiedTo = itemEnd
      if (decision === 'drop') dropped++
      else {
        kept++
        writer.bytesField(itemField, decision)
      }
      return undefined
    })
    writer.raw(request.subarray(copiedTo, end))
    writer.end(at)
    if (kept === keptBefore) {
      writer.length = before
      rewritten.differs = true
    }
  }
}
