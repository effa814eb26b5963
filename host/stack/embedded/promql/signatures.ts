import type { ValueType } from './expression.ts'

/** The arguments of a function; the last `optional` ones may be left out, `variadic` repeats the last. */
export interface Signature {
  readonly args: readonly ValueType[]
  readonly optional?: number
  readonly variadic?: boolean
  readonly result: ValueType
}

const overTime: Signature = { args: ['matrix'], result: 'vector' }
const ofVector: Signature = { args: ['vector'], result: 'vector' }
const ofTime: Signature = { args: ['vector'], optional: 1, result: 'vector' }

/** Every function that is answered. */
export const signatures: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ...[
    'rate',
    'increase',
    'delta',
    'irate',
    'idelta',
    'deriv',
    'changes',
    'resets',
    'avg_over_time',
    'sum_over_time',
    'min_over_time',
    'max_over_time',
    'count_over_time',
    'last_over_time',
    'present_over_time',
    'stddev_over_time',
    'stdvar_over_time',
    'absent_over_time',
  ].map((name) => [name, overTime] as const),
  ...[
    'abs',
    'ceil',
    'floor',
    'exp',
    'ln',
    'log2',
    'log10',
    'sqrt',
    'sgn',
    'sin',
    'cos',
    'tan',
    'asin',
    'acos',
    'atan',
    'sinh',
    'cosh',
    'tanh',
    'asinh',
    'acosh',
    'atanh',
    'deg',
    'rad',
    'absent',
    'sort',
    'sort_desc',
    'timestamp',
  ].map((name) => [name, ofVector] as const),
  ...['minute', 'hour', 'day_of_week', 'day_of_month', 'day_of_year', 'days_in_month', 'month', 'year'].map(
    (name) => [name, ofTime] as const,
  ),
  ['quantile_over_time', { args: ['scalar', 'matrix'], result: 'vector' }],
  ['predict_linear', { args: ['matrix', 'scalar'], result: 'vector' }],
  ['round', { args: ['vector', 'scalar'], optional: 1, result: 'vector' }],
  ['clamp', { args: ['vector', 'scalar', 'scalar'], result: 'vector' }],
  ['clamp_min', { args: ['vector', 'scalar'], result: 'vector' }],
  ['clamp_max', { args: ['vector', 'scalar'], result: 'vector' }],
  ['histogram_quantile', { args: ['scalar', 'vector'], result: 'vector' }],
  ['label_replace', { args: ['vector', 'string', 'string', 'string', 'string'], result: 'vector' }],
  ['label_join', { args: ['vector', 'string', 'string', 'string'], optional: 1, variadic: true, result: 'vector' }],
  ['scalar', { args: ['vector'], result: 'scalar' }],
  ['vector', { args: ['scalar'], result: 'vector' }],
  ['time', { args: [], result: 'scalar' }],
  ['pi', { args: [], result: 'scalar' }],
])
