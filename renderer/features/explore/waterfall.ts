import type { FoundSpan, FoundTrace } from '../../../host/contract/explore.ts'

/** A span as a row: how deep it lies, and where its bar begins and ends as shares of the trace's time. */
export interface WaterfallRow {
  readonly span: FoundSpan
  readonly depth: number
  readonly from: number
  readonly to: number
  /** All spans below, shown or not. */
  readonly below: number
}

/** A trace as rows, parents above children, in the order they started. */
export interface Waterfall {
  readonly rows: readonly WaterfallRow[]
  readonly startedAt: number
  readonly durationMs: number
  readonly services: readonly string[]
}

/** Works out the rows; what lies below a span in `folded` is left out. A span whose parent is missing is a root. */
export function waterfallOf({ spans }: FoundTrace, folded: ReadonlySet<string>): Waterfall {
  const startedAt = Math.min(...spans.map((span) => span.startedAt))
  const endedAt = Math.max(...spans.map((span) => span.startedAt + span.durationMs))
  const durationMs = Math.max(endedAt - startedAt, 0.001)
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const children = new Map<string | undefined, FoundSpan[]>()
  for (const span of spans) {
    const parent =
      span.parentId !== undefined && span.parentId !== span.spanId && ids.has(span.parentId) ? span.parentId : undefined
    children.set(parent, [...(children.get(parent) ?? []), span])
  }
  const rows: WaterfallRow[] = []
  const share = (at: number): number => Math.min(Math.max((at - startedAt) / durationMs, 0), 1)
  const placed = new Set<FoundSpan>()
  const place = (from: FoundSpan): void => {
    const waiting = [{ span: from, depth: 0, hidden: false }]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { span, depth, hidden } = next
      if (placed.has(span)) continue
      placed.add(span)
      const inner = children.get(span.spanId) ?? []
      if (!hidden) {
        const to = share(span.startedAt + span.durationMs)
        rows.push({ span, depth, from: share(span.startedAt), to, below: countBelow(span, children) })
      }
      const hide = hidden || folded.has(span.spanId)
      for (const child of inner.toReversed()) waiting.push({ span: child, depth: depth + 1, hidden: hide })
    }
  }
  for (const root of children.get(undefined) ?? []) place(root)
  // Spans that name each other as parents have no root; they are shown all the same.
  for (const span of spans) if (!placed.has(span)) place(span)
  return { rows, startedAt, durationMs, services: [...new Set(spans.map(({ service }) => service))] }
}

function countBelow(span: FoundSpan, children: ReadonlyMap<string | undefined, readonly FoundSpan[]>): number {
  const seen = new Set([span])
  const waiting = [span]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const child of children.get(next.spanId) ?? []) {
      if (seen.has(child)) continue
      seen.add(child)
      waiting.push(child)
    }
  }
  return seen.size - 1
}
