import type { OtlpKind } from '../../signal/otlp-batch.ts'
import { FieldCursor } from '../protobuf/field-cursor.ts'
import { dataPointField, isMetricData, itemField, resourceField, scopeField } from './layout.ts'

/**
 * Spans, data points or log records in a serialized export request; undefined when its envelope is not well formed.
 * The inside of spans, log records and data points is not looked at.
 */
export function countItems(kind: OtlpKind, request: Uint8Array): number | undefined {
  const resources = new FieldCursor(request).over(0, request.length)
  const scopes = new FieldCursor(request)
  const items = new FieldCursor(request)
  const counter = kind === 'metrics' ? new DataPointCounter(request) : undefined
  let count = 0
  while (resources.next()) {
    if (resources.field !== resourceField) continue
    if (resources.wire !== 2) return undefined
    scopes.over(resources.start, resources.end)
    while (scopes.next()) {
      if (scopes.field !== scopeField) continue
      if (scopes.wire !== 2) return undefined
      items.over(scopes.start, scopes.end)
      while (items.next()) {
        if (items.field !== itemField) continue
        if (items.wire !== 2) return undefined
        const weight = counter === undefined ? 1 : counter.count(items.start, items.end)
        if (weight === undefined) return undefined
        count += weight
      }
    }
  }
  return resources.ok && scopes.ok && items.ok ? count : undefined
}

/** Counts the data points of metrics in `bytes`. */
export class DataPointCounter {
  private readonly data: FieldCursor
  private readonly points: FieldCursor

  constructor(bytes: Uint8Array) {
    this.data = new FieldCursor(bytes)
    this.points = new FieldCursor(bytes)
  }

  /** Data points of the metric in `[start..end)`; undefined when it is not well formed. */
  count(start: number, end: number): number | undefined {
    const { data, points } = this
    let count = 0
    data.over(start, end)
    while (data.next()) {
      if (!isMetricData(data.field)) continue
      if (data.wire !== 2) return undefined
      points.over(data.start, data.end)
      while (points.next()) {
        if (points.field !== dataPointField) continue
        if (points.wire !== 2) return undefined
        count++
      }
    }
    return data.ok && points.ok ? count : undefined
  }
}
