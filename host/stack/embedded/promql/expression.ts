import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'

/** What an expression evaluates to. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'

/** Moves the time at which something is looked at; milliseconds. */
export interface TimeShift {
  readonly offsetMs: number
  /** A fixed time in milliseconds since 1970, or an end of the query's range. */
  readonly at: number | 'start' | 'end' | undefined
}

export interface SelectorExpression extends TimeShift {
  readonly kind: 'selector'
  readonly matchers: readonly LabelMatcher[]
}

export interface RangeExpression {
  readonly kind: 'range'
  readonly selector: SelectorExpression
  readonly rangeMs: number
}

export interface SubqueryExpression extends TimeShift {
  readonly kind: 'subquery'
  readonly expression: Expression
  readonly rangeMs: number
  /** Undefined stands for the default step. */
  readonly stepMs: number | undefined
}

export interface CallExpression {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expression[]
}

export interface AggregateExpression {
  readonly kind: 'aggregate'
  readonly operator: AggregateOperator
  readonly parameter: Expression | undefined
  readonly expression: Expression
  readonly without: boolean
  readonly labels: readonly string[]
}

/** How elements of two vectors find each other; `many` is the side that may have several elements per match. */
export interface Matching {
  readonly on: boolean
  readonly labels: readonly string[]
  readonly many: 'none' | 'left' | 'right'
  readonly include: readonly string[]
}

export interface BinaryExpression {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  readonly bool: boolean
  readonly matching: Matching
}

export interface UnaryExpression {
  readonly kind: 'negative'
  readonly expression: Expression
}

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | SelectorExpression
  | RangeExpression
  | SubqueryExpression
  | CallExpression
  | AggregateExpression
  | BinaryExpression
  | UnaryExpression

export const aggregateOperators = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'group',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'quantile',
  'count_values',
] as const
export type AggregateOperator = (typeof aggregateOperators)[number]

export const arithmeticOperators = ['+', '-', '*', '/', '%', '^', 'atan2'] as const
export const comparisonOperators = ['==', '!=', '>', '<', '>=', '<='] as const
export const setOperators = ['and', 'or', 'unless'] as const
export type ArithmeticOperator = (typeof arithmeticOperators)[number]
export type ComparisonOperator = (typeof comparisonOperators)[number]
export type SetOperator = (typeof setOperators)[number]
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator

export const isComparison = (operator: BinaryOperator): operator is ComparisonOperator =>
  (comparisonOperators as readonly string[]).includes(operator)
export const isSetOperator = (operator: BinaryOperator): operator is SetOperator =>
  (setOperators as readonly string[]).includes(operator)
