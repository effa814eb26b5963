import type { OtlpKind } from '../../signal/otlp-batch.ts'
import { walkFields } from '../protobuf/walk.ts'
import type { FieldVisitor } from '../protobuf/walk.ts'
import { dataPointField, isMetricData, itemField, resourceField, scopeField } from './layout.ts'

/**
 * Spans, data points or log records in a serialized export request; undefined when its envelope is not well formed.
 * The inside of spans, log records and data points is not looked at.
 */
export function countItems(kind: OtlpKind, request: Uint8Array): number | undefined {
  let items = 0
  const wellFormed = walkMessages(request, 0, request.length, resourceField, (start, end) =>
    walkMessages(request, start, end, scopeField, (scopeStart, scopeEnd) =>
      walkMessages(request, scopeStart, scopeEnd, itemField, (itemStart, itemEnd) => {
        const weight = kind === 'metrics' ? countDataPoints(request, itemStart, itemEnd) : 1
        items += weight ?? 0
        return weight !== undefined
      }),
    ),
  )
  return wellFormed ? items : undefined
}

/** Data points of the metric in `bytes[start..end)`; undefined when it is not well formed. */
export function countDataPoints(bytes: Uint8Array, start: number, end: number): number | undefined {
  let points = 0
  const mistakes = { found: false }
  const visitPoint: FieldVisitor = (field) => {
    if (field === dataPointField) points++
    return undefined
  }
  const walked = walkFields(bytes, start, end, (field, wire, dataStart, dataEnd) => {
    if (isMetricData(field)) mistakes.found = wire !== 2 || !walkFields(bytes, dataStart, dataEnd, visitPoint)
    return !mistakes.found
  })
  return walked && !mistakes.found ? points : undefined
}

/** Visits the messages under one field; false when anything on the way is not well formed. */
function walkMessages(
  bytes: Uint8Array,
  start: number,
  end: number,
  wanted: number,
  visit: (start: number, end: number) => boolean,
): boolean {
  const mistakes = { found: false }
  const walked = walkFields(bytes, start, end, (field, wire, from, to) => {
    if (field === wanted) mistakes.found = wire !== 2 || !visit(from, to)
    return !mistakes.found
  })
  return walked && !mistakes.found
}
