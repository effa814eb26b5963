import type { OtlpBatch, OtlpKind } from '../../../../signal/otlp-batch.ts'
import { FieldCursor } from '../../../../wire/protobuf/field-cursor.ts'
import { resourceField } from '../../../../wire/otlp/layout.ts'
import { rewriteItems } from '../../../../wire/otlp/rewrite.ts'
import { requestToJson } from '../../../../wire/otlp/to-json.ts'

/** Items of a batch that are written out, and the longest text they make, characters. */
const mostItems = 200
const longestText = 64 * 1024

const countNames: Readonly<Record<OtlpKind, readonly [resources: string, items: string]>> = {
  traces: ['resource_spans', 'spans'],
  metrics: ['resource_metrics', 'data_points'],
  logs: ['resource_logs', 'log_records'],
}

/** How many resources and items a batch holds, under the Collector's names. */
export function countsOf({ kind, bytes, items }: OtlpBatch): Readonly<Record<string, number>> {
  const resources = new FieldCursor(bytes).over(0, bytes.length)
  let resourceCount = 0
  while (resources.next()) if (resources.field === resourceField) resourceCount++
  const [resourceName, itemName] = countNames[kind]
  const counts: Record<string, number> = { [resourceName]: resourceCount }
  if (kind === 'metrics') counts.metrics = countMetrics(bytes)
  counts[itemName] = items
  return counts
}

function countMetrics(bytes: Uint8Array): number {
  let count = 0
  const decide = (): 'keep' => {
    count++
    return 'keep'
  }
  rewriteItems(bytes, { decide, replace: () => undefined })
  return count
}

/** The batch as OTLP/JSON, on one line or indented; a large one is cut, and says so. */
export function contentOf({ kind, bytes }: OtlpBatch, indented: boolean): string {
  let seen = 0
  const shown = rewriteItems(bytes, { decide: () => (++seen > mostItems ? 'drop' : 'keep'), replace: () => undefined })
  const json = requestToJson(kind, shown.bytes)
  if (json === undefined) return 'the content is malformed'
  const text = JSON.stringify(json, undefined, indented ? 2 : 0)
  if (text.length > longestText) return `${text.slice(0, longestText)}… (cut)`
  return shown.dropped > 0 ? `${text}… (${shown.dropped} more)` : text
}
