import type { Regex } from '../../../../collector-core/signal/regex.ts'
import type { AttributeValue } from './trace-span.ts'

/** Where an attribute is looked for; `any` means the span first, then its resource. */
export type Scope = 'any' | 'span' | 'resource' | 'event' | 'link' | 'instrumentation'

export const intrinsics = [
  'name',
  'duration',
  'status',
  'statusMessage',
  'kind',
  'traceDuration',
  'rootName',
  'rootServiceName',
  'trace:id',
  'span:id',
  'span:parentID',
  'event:name',
] as const
export type Intrinsic = (typeof intrinsics)[number]

/** What a condition looks at. */
export type Field =
  | { readonly kind: 'attribute'; readonly scope: Scope; readonly name: string }
  | { readonly kind: 'intrinsic'; readonly name: Intrinsic }

export type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | '=~' | '!~'

/** `nil` asks whether there is a value at all; durations are nanoseconds. */
export type Literal = AttributeValue | null

/** A condition on one span. */
export type SpanCondition =
  | { readonly kind: 'always'; readonly value: boolean }
  | {
      readonly kind: 'compare'
      readonly field: Field
      readonly operator: Operator
      readonly value: Literal
      readonly regex: Regex | undefined
    }
  | { readonly kind: 'not'; readonly condition: SpanCondition }
  | { readonly kind: 'and' | 'or'; readonly left: SpanCondition; readonly right: SpanCondition }

/** Spans of a trace: those that satisfy a condition, or two such sets that must both, or either, have some. */
export type SpansetExpression =
  | { readonly kind: 'filter'; readonly condition: SpanCondition }
  | { readonly kind: 'and' | 'or'; readonly left: SpansetExpression; readonly right: SpansetExpression }

/** A query: spans, of traces in which they are as many as asked for, with further fields to show. */
export interface TraceqlQuery {
  readonly spanset: SpansetExpression
  readonly counts: readonly { readonly operator: Operator; readonly value: number }[]
  readonly select: readonly Field[]
}
