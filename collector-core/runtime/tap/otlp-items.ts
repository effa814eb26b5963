// Decodes from an OTLP batch only the items that are shown: a walk finds them, the rest of the bytes is not looked into.
import type { OtlpBatch } from '../../signal/otlp-batch.ts'
import { DataPointCounter } from '../../wire/otlp/count-items.ts'
import { rewriteItems } from '../../wire/otlp/rewrite.ts'
import { requestToJson } from '../../wire/otlp/to-json.ts'
import type { JsonMessage } from '../../wire/otlp/to-json.ts'
import { BoundedItem } from './item-text.ts'
import type { ItemText } from './item-text.ts'
import { pointItems, recordItem, spanItem } from './otlp-text.ts'

/** The items of a batch at `indexes`, which ascend; data points count metric by metric. */
export function otlpItems({ kind, bytes }: OtlpBatch, indexes: readonly number[]): ItemText[] {
  const wanted = new Set(indexes)
  const points = kind === 'metrics' ? new DataPointCounter(bytes) : undefined
  /** Where the items that are kept begin, in the order they are kept. */
  const firsts: number[] = []
  let at = 0
  const shown = rewriteItems(bytes, {
    decide(start, end) {
      const first = at
      at += points?.count(start, end) ?? 1
      for (let index = first; index < at; index++) {
        if (!wanted.has(index)) continue
        firsts.push(first)
        return 'keep'
      }
      return 'drop'
    },
    replace: () => undefined,
  })
  const request = requestToJson(kind, shown.bytes)
  const items = request === undefined ? [] : itemsIn(kind, request)
  const texts = new Map<number, ItemText>()
  items.forEach((item, order) => {
    item.forEach((text, offset) => texts.set(firsts[order] + offset, text))
  })
  return indexes.map(
    (index) => texts.get(index) ?? new BoundedItem().finish(unreadable[kind], undefined, 'not readable'),
  )
}

const unreadable = { traces: 'span', metrics: 'point', logs: 'record' } as const

/** Per span, metric or record what it is shown as, in file order. */
function itemsIn(kind: OtlpBatch['kind'], request: JsonMessage): (readonly ItemText[])[] {
  const names = {
    traces: ['resourceSpans', 'scopeSpans', 'spans'],
    metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
    logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  } as const
  const [resources, scopes, items] = names[kind]
  const render = { traces: spanItem, metrics: pointItems, logs: recordItem }[kind]
  return messagesIn(request, resources).flatMap((resource) =>
    messagesIn(resource, scopes).flatMap((scope) =>
      messagesIn(scope, items).map((item) => render(item, resource.resource as JsonMessage | undefined)),
    ),
  )
}

const messagesIn = (message: JsonMessage, name: string): readonly JsonMessage[] =>
  (message[name] as readonly JsonMessage[] | undefined) ?? []
