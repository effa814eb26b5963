import type { QueryBudget } from '../query-text/query-budget.ts'
import type { TraceStore } from '../storage/trace-store.ts'
import { valuesOf } from '../traceql/evaluate.ts'
import { intrinsics } from '../traceql/expression.ts'
import type { Field } from '../traceql/expression.ts'
import { factsOf } from '../traceql/trace-span.ts'
import type { AttributeValue, TraceSpan } from '../traceql/trace-span.ts'
import { spansOf } from './trace-spans.ts'

const mostTraces = 2_000
const mostValues = 1_000
/** Fields with a value per span or trace would only list ids and numbers. */
const unlisted: ReadonlySet<string> = new Set(['duration', 'traceDuration', 'trace:id', 'span:id', 'span:parentID'])

/** Tag names by scope, from the newest traces of a time, milliseconds. */
export async function tagNames(
  store: TraceStore,
  from: number,
  to: number,
  budget: QueryBudget,
): Promise<
  Readonly<Record<'resource' | 'span' | 'event' | 'link' | 'instrumentation' | 'intrinsic', readonly string[]>>
> {
  const names = {
    resource: new Set<string>(),
    span: new Set<string>(),
    event: new Set<string>(),
    link: new Set<string>(),
    instrumentation: new Set<string>(),
  }
  for await (const spans of newestTraces(store, from, to, budget)) {
    for (const span of spans) {
      for (const name of span.resource.keys()) names.resource.add(name)
      for (const name of span.attributes.keys()) names.span.add(name)
      for (const name of span.scope.keys()) names.instrumentation.add(name)
      for (const event of span.events) for (const name of event.attributes.keys()) names.event.add(name)
      for (const link of span.links) for (const name of link.keys()) names.link.add(name)
    }
  }
  const sorted = (set: Set<string>): string[] => [...set].sort()
  return {
    resource: sorted(names.resource),
    span: sorted(names.span),
    event: sorted(names.event),
    link: sorted(names.link),
    instrumentation: sorted(names.instrumentation),
    intrinsic: [...intrinsics],
  }
}

/** Values of a field in the newest traces of a time; at most 1,000. */
export async function tagValues(
  field: Field,
  store: TraceStore,
  from: number,
  to: number,
  budget: QueryBudget,
): Promise<AttributeValue[]> {
  if (field.kind === 'intrinsic' && unlisted.has(field.name)) return []
  if (field.kind === 'intrinsic' && field.name === 'status') return ['error', 'ok', 'unset']
  const values = new Set<AttributeValue>()
  for await (const spans of newestTraces(store, from, to, budget)) {
    const facts = factsOf(spans)
    for (const span of spans) for (const value of valuesOf(field, span, facts)) values.add(value)
    if (values.size >= mostValues) break
  }
  return [...values].sort((a, b) => String(a).localeCompare(String(b))).slice(0, mostValues)
}

async function* newestTraces(
  store: TraceStore,
  from: number,
  to: number,
  budget: QueryBudget,
): AsyncIterable<TraceSpan[]> {
  let count = 0
  for await (const { parts } of store.scan(from, to)) {
    const spans = spansOf(parts)
    if (spans.length > 0) yield spans
    if (++count >= mostTraces) return
    if (budget.due) await budget.pause()
  }
}
