import type { QueryBudget } from '../query-text/query-budget.ts'
import type { TraceStore } from '../storage/trace-store.ts'
import { matchTrace, valuesOf } from '../traceql/evaluate.ts'
import type { Field, SpanCondition, SpansetExpression, TraceqlQuery } from '../traceql/expression.ts'
import { factsOf } from '../traceql/trace-span.ts'
import type { AttributeValue, TraceFacts, TraceSpan } from '../traceql/trace-span.ts'
import { spansOf } from './trace-spans.ts'

/** What a search asks for; times in milliseconds. */
export interface TraceSearch {
  readonly query: TraceqlQuery
  readonly from: number
  readonly to: number
  readonly limit: number
  readonly spansPerSet: number
}

/** Tempo's answer to a search: the newest traces that match, with the spans that do. */
export async function searchTraces(search: TraceSearch, store: TraceStore, budget: QueryBudget): Promise<object> {
  const { query, from, to, limit, spansPerSet } = search
  let found: FoundTrace[] = []
  const seen = new Set<string>()
  const fields = shownFields(query)
  let inspectedBytes = 0
  let window = -1
  for await (const { id, parts, window: at } of store.scan(from, to)) {
    // Within a window traces are in order of their ids, so all of it has to be seen before the newest are known.
    if (at !== window && found.length >= limit) break
    window = at
    if (budget.due) await budget.pause()
    if (seen.has(id)) continue
    seen.add(id)
    inspectedBytes += parts.reduce((sum, part) => sum + part.length, 0)
    const all = await store.byId(Buffer.from(id, 'hex'), at)
    const spans = spansOf(all)
    if (spans.length === 0) continue
    const facts = factsOf(spans)
    const matched = matchTrace(query, spans, facts)
    if (matched.length === 0) continue
    found.push({ start: facts.start, json: traceJson(facts, matched, fields, spansPerSet) })
    // What is not among the newest is not held, however many match.
    if (found.length > limit * 2) found = newestOf(found, limit)
  }
  return {
    traces: newestOf(found, limit).map(({ json }) => json),
    metrics: {
      inspectedTraces: seen.size,
      inspectedBytes: String(inspectedBytes),
      totalBlocks: 1,
      completedJobs: 1,
      totalJobs: 1,
    },
  }
}

interface FoundTrace {
  readonly start: bigint
  readonly json: object
}

function newestOf(found: readonly FoundTrace[], limit: number): FoundTrace[] {
  return found.toSorted((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0)).slice(0, limit)
}

function traceJson(
  facts: TraceFacts,
  matched: readonly TraceSpan[],
  fields: readonly Field[],
  spansPerSet: number,
): object {
  const spanSet = {
    spans: matched.slice(0, spansPerSet).map((span) => ({
      spanID: span.spanId,
      name: span.name,
      startTimeUnixNano: String(span.start),
      durationNanos: String(span.end - span.start),
      attributes: fields.flatMap((field) => {
        const value = valuesOf(field, span, facts).at(0)
        return value === undefined ? [] : [{ key: field.name, value: anyValue(value) }]
      }),
    })),
    matched: matched.length,
  }
  return {
    traceID: facts.id,
    rootServiceName: facts.rootService,
    rootTraceName: facts.rootName,
    startTimeUnixNano: String(facts.start),
    durationMs: Number((facts.end - facts.start) / 1_000_000n),
    spanSet,
    spanSets: [spanSet],
  }
}

function anyValue(value: AttributeValue): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

/** The fields a query names: those it compares and those it selects. */
function shownFields(query: TraceqlQuery): Field[] {
  const fields = new Map<string, Field>()
  const add = (field: Field): void => {
    if (field.kind === 'attribute' || (field.name !== 'name' && field.name !== 'duration'))
      fields.set(JSON.stringify(field), field)
  }
  const ofCondition = (condition: SpanCondition): void => {
    if (condition.kind === 'compare') add(condition.field)
    else if (condition.kind === 'not') ofCondition(condition.condition)
    else if (condition.kind !== 'always') {
      ofCondition(condition.left)
      ofCondition(condition.right)
    }
  }
  const ofSpanset = (spanset: SpansetExpression): void => {
    if (spanset.kind === 'filter') return ofCondition(spanset.condition)
    ofSpanset(spanset.left)
    ofSpanset(spanset.right)
  }
  ofSpanset(query.spanset)
  query.select.forEach(add)
  return [...fields.values()]
}
