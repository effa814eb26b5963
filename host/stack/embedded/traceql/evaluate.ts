import type { Field, Literal, Operator, SpanCondition, SpansetExpression, TraceqlQuery } from './expression.ts'
import type { Attributes, AttributeValue, TraceFacts, TraceSpan } from './trace-span.ts'

/** The spans of a trace that a query finds; none when the trace does not match. */
export function matchTrace(query: TraceqlQuery, spans: readonly TraceSpan[], facts: TraceFacts): readonly TraceSpan[] {
  const found = [...matchSpanset(query.spanset, spans, facts)]
  return query.counts.every(({ operator, value }) => compareValues(operator, found.length, value)) ? found : []
}

function matchSpanset(expression: SpansetExpression, spans: readonly TraceSpan[], facts: TraceFacts): Set<TraceSpan> {
  if (expression.kind === 'filter') {
    return new Set(spans.filter((span) => holds(expression.condition, span, facts)))
  }
  const [left, right] = [matchSpanset(expression.left, spans, facts), matchSpanset(expression.right, spans, facts)]
  if (expression.kind === 'and' && (left.size === 0 || right.size === 0)) return new Set()
  return new Set([...left, ...right])
}

function holds(condition: SpanCondition, span: TraceSpan, facts: TraceFacts): boolean {
  switch (condition.kind) {
    case 'always':
      return condition.value
    case 'not':
      return !holds(condition.condition, span, facts)
    case 'and':
      return holds(condition.left, span, facts) && holds(condition.right, span, facts)
    case 'or':
      return holds(condition.left, span, facts) || holds(condition.right, span, facts)
    case 'compare': {
      const values = valuesOf(condition.field, span, facts)
      const { operator, value, regex } = condition
      if (value === null) return (values.length === 0) === (operator === '=')
      if (regex !== undefined) {
        return values.some((actual) => typeof actual === 'string' && regex.test(actual) === (operator === '=~'))
      }
      return values.some((actual) => compareValues(operator, actual, value))
    }
  }
}

/** Values of a field; one for most, none where a span lacks it, several for fields of events and links. */
export function valuesOf(field: Field, span: TraceSpan, facts: TraceFacts): AttributeValue[] {
  if (field.kind === 'intrinsic') return intrinsicValues(field.name, span, facts)
  const inMap = (attributes: Attributes): AttributeValue[] => {
    const value = attributes.get(field.name)
    return value === undefined ? [] : [value]
  }
  switch (field.scope) {
    case 'span':
      return inMap(span.attributes)
    case 'resource':
      return inMap(span.resource)
    case 'instrumentation':
      return inMap(span.scope)
    case 'event':
      return span.events.flatMap(({ attributes }) => inMap(attributes))
    case 'link':
      return span.links.flatMap(inMap)
    case 'any': {
      const own = inMap(span.attributes)
      return own.length > 0 ? own : inMap(span.resource)
    }
  }
}

function intrinsicValues(
  name: Extract<Field, { kind: 'intrinsic' }>['name'],
  span: TraceSpan,
  facts: TraceFacts,
): AttributeValue[] {
  switch (name) {
    case 'name':
    case 'status':
    case 'statusMessage':
    case 'kind':
      return [span[name]]
    case 'duration':
      return [Number(span.end - span.start)]
    case 'traceDuration':
      return [Number(facts.end - facts.start)]
    case 'rootName':
      return [facts.rootName]
    case 'rootServiceName':
      return [facts.rootService]
    case 'trace:id':
      return [span.traceId]
    case 'span:id':
      return [span.spanId]
    case 'span:parentID':
      return [span.parentId]
    case 'event:name':
      return span.events.map((event) => event.name)
  }
}

/** Values of different kinds neither equal nor differ: the comparison does not hold. */
function compareValues(operator: Operator, actual: AttributeValue, value: Exclude<Literal, null>): boolean {
  if (typeof actual !== typeof value) return false
  switch (operator) {
    case '=':
      return actual === value
    case '!=':
      return actual !== value
    case '>':
      return actual > value
    case '<':
      return actual < value
    case '>=':
      return actual >= value
    case '<=':
      return actual <= value
    default:
      return false
  }
}
