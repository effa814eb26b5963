import type { Labels } from '../../../../collector-core/signal/labels.ts'
import type { LabelMatcher, LineFilter } from '../../../../collector-core/signal/logql/log-selector.ts'
import type { Regex } from '../../../../collector-core/signal/regex.ts'
import type { AggregateOperator, BinaryOperator, Matching } from '../promql/expression.ts'

/** A number with its unit taken off: nanoseconds of a duration, bytes of a size. */
export type Unit = 'number' | 'duration' | 'bytes'

/** A condition on the labels of a line. */
export type LabelCondition =
  | { readonly kind: 'text'; readonly matcher: LabelMatcher }
  | {
      readonly kind: 'amount'
      readonly name: string
      readonly operator: '==' | '!=' | '>' | '<' | '>=' | '<='
      readonly value: number
      readonly unit: Unit
    }
  | { readonly kind: 'and' | 'or'; readonly left: LabelCondition; readonly right: LabelCondition }

/** One step of a pipeline. */
export type Stage =
  | { readonly kind: 'line'; readonly op: LineFilter['op']; readonly any: readonly LineFilter[] }
  | { readonly kind: 'json' | 'logfmt'; readonly fields: readonly (readonly [label: string, path: string])[] }
  | { readonly kind: 'regexp'; readonly regex: Regex }
  | { readonly kind: 'labels'; readonly condition: LabelCondition }
  | { readonly kind: 'drop' | 'keep'; readonly names: readonly string[]; readonly matchers: readonly LabelMatcher[] }
  | { readonly kind: 'decolorize' }

/** Lines: those of the matching streams that pass the stages. */
export interface LogExpression {
  readonly kind: 'log'
  readonly matchers: readonly LabelMatcher[]
  readonly stages: readonly Stage[]
}

/** The label whose value counts instead of the line. */
export interface Unwrap {
  readonly label: string
  readonly unit: Unit
}

export interface RangeExpression {
  readonly kind: 'range'
  readonly operator: RangeOperator
  readonly parameter: number | undefined
  readonly log: LogExpression
  readonly unwrap: Unwrap | undefined
  readonly rangeMs: number
  readonly offsetMs: number
  readonly grouping: { readonly without: boolean; readonly labels: readonly string[] } | undefined
}

export type MetricExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'vector'; readonly value: number }
  | RangeExpression
  | {
      readonly kind: 'aggregate'
      readonly operator: AggregateOperator
      readonly parameter: number | undefined
      readonly expression: MetricExpression
      readonly without: boolean
      readonly labels: readonly string[]
    }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: MetricExpression
      readonly right: MetricExpression
      readonly bool: boolean
      readonly matching: Matching
    }
  | { readonly kind: 'label_replace'; readonly expression: MetricExpression; readonly texts: readonly string[] }

export type LogqlExpression = LogExpression | MetricExpression

/** Range operators over lines, and those over an unwrapped label. */
export const lineOperators = ['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate', 'absent_over_time'] as const
export const unwrapOperators = [
  'rate',
  'rate_counter',
  'sum_over_time',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'stddev_over_time',
  'stdvar_over_time',
  'quantile_over_time',
  'first_over_time',
  'last_over_time',
  'absent_over_time',
] as const
export type RangeOperator = (typeof lineOperators)[number] | (typeof unwrapOperators)[number]

/** A line as it is looked at; `time` in nanoseconds since 1970. */
export interface LogLine {
  readonly time: bigint
  readonly line: string
  readonly metadata: readonly (readonly [name: string, value: string])[]
  readonly labels: Labels
}

/** Where lines are found. */
export interface LineSource {
  /** Lines of matching streams with `from <= time < to`, in portions that follow each other in the wanted direction. */
  scan(
    matchers: readonly LabelMatcher[],
    from: bigint,
    to: bigint,
    direction: 'forward' | 'backward',
  ): AsyncIterable<readonly LogLine[]>
  /** When those lines came, milliseconds in order: quicker, as no line is decoded. */
  times(matchers: readonly LabelMatcher[], from: bigint, to: bigint): AsyncIterable<readonly number[]>
}
