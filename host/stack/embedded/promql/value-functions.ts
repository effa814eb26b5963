/** A function of one value and, where it has them, its scalar arguments; undefined takes the element away. */
export type ValueFunction = (value: number, args: readonly number[]) => number | undefined

const dateOf = (seconds: number): Date => new Date(Math.floor(seconds) * 1000)
const dayMs = 86_400_000

const daysInMonth = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs) + 1

/** Rounds to the nearest multiple of `to`, halves up. */
function round(value: number, to: number): number {
  const inverse = 1 / to
  return Math.floor(value * inverse + 0.5) / inverse
}

const sign = (value: number): number => (value > 0 ? 1 : value < 0 ? -1 : value)

/** A NaN stays one whatever the bound. */
const least = (value: number, bound: number): number =>
  Number.isNaN(value) || Number.isNaN(bound) ? NaN : Math.max(value, bound)
const most = (value: number, bound: number): number =>
  Number.isNaN(value) || Number.isNaN(bound) ? NaN : Math.min(value, bound)

export const valueFunctions: ReadonlyMap<string, ValueFunction> = new Map<string, ValueFunction>([
  ...(
    [
      ['abs', Math.abs],
      ['ceil', Math.ceil],
      ['floor', Math.floor],
      ['exp', Math.exp],
      ['ln', Math.log],
      ['log2', Math.log2],
      ['log10', Math.log10],
      ['sqrt', Math.sqrt],
      ['sgn', sign],
      ['sin', Math.sin],
      ['cos', Math.cos],
      ['tan', Math.tan],
      ['asin', Math.asin],
      ['acos', Math.acos],
      ['atan', Math.atan],
      ['sinh', Math.sinh],
      ['cosh', Math.cosh],
      ['tanh', Math.tanh],
      ['asinh', Math.asinh],
      ['acosh', Math.acosh],
      ['atanh', Math.atanh],
      ['deg', (value: number) => (value * 180) / Math.PI],
      ['rad', (value: number) => (value * Math.PI) / 180],
      ['minute', (value: number) => dateOf(value).getUTCMinutes()],
      ['hour', (value: number) => dateOf(value).getUTCHours()],
      ['day_of_week', (value: number) => dateOf(value).getUTCDay()],
      ['day_of_month', (value: number) => dateOf(value).getUTCDate()],
      ['day_of_year', (value: number) => dayOfYear(dateOf(value))],
      ['days_in_month', (value: number) => daysInMonth(dateOf(value))],
      ['month', (value: number) => dateOf(value).getUTCMonth() + 1],
      ['year', (value: number) => dateOf(value).getUTCFullYear()],
    ] as const
  ).map(([name, compute]): [string, ValueFunction] => [name, (value) => compute(value)]),
  ['round', (value, [to = 1]) => round(value, to)],
  ['clamp', (value, [low, high]) => (low > high ? undefined : least(most(value, high), low))],
  ['clamp_min', (value, [low]) => least(value, low)],
  ['clamp_max', (value, [high]) => most(value, high)],
])
