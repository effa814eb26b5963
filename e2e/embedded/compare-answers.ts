/** An answer of the query API, as far as it is compared. */
export interface PrometheusAnswer {
  readonly status: string
  readonly errorType?: string
  readonly error?: string
  readonly data?: {
    readonly resultType: string
    readonly result: unknown
  }
}

type Pair = readonly [seconds: number, value: string]
interface SeriesJson {
  readonly metric: Readonly<Record<string, string>>
  readonly value?: Pair
  readonly values?: readonly Pair[]
}

/** Sums are not added up in the same order everywhere. */
const relative = 1e-9
/** What is left where large numbers cancel out, such as in the variance of equal values. */
const cancelled = 1e-7

/** How two answers differ; undefined when they agree. Two refusals agree. */
export function difference(ours: PrometheusAnswer, theirs: PrometheusAnswer): string | undefined {
  if (ours.status !== 'success' || theirs.status !== 'success') {
    if (ours.status === theirs.status) return undefined
    return `here ${ours.error ?? 'an answer'}, there ${theirs.error ?? 'an answer'}`
  }
  const [a, b] = [ours.data!, theirs.data!]
  if (a.resultType !== b.resultType) return `a ${a.resultType} here, a ${b.resultType} there`
  if (a.resultType === 'scalar') return pointDifference(a.result as Pair, b.result as Pair)
  const [here, there] = [byLabels(a.result as SeriesJson[]), byLabels(b.result as SeriesJson[])]
  for (const key of here.keys()) if (!there.has(key)) return `${key} is only here`
  for (const [key, series] of there) {
    const other = here.get(key)
    if (other === undefined) return `${key} is only there`
    const [mine, yours] = [pointsOf(other), pointsOf(series)]
    if (mine.length !== yours.length) return `${key} has ${mine.length} points here, ${yours.length} there`
    for (const [i, point] of mine.entries()) {
      const problem = pointDifference(point, yours[i])
      if (problem !== undefined) return `${key} ${problem}`
    }
  }
  return undefined
}

const pointsOf = ({ value, values }: SeriesJson): readonly Pair[] => values ?? (value === undefined ? [] : [value])

function byLabels(result: readonly SeriesJson[]): Map<string, SeriesJson> {
  return new Map(
    result.map((series) => [
      JSON.stringify(Object.entries(series.metric).sort(([a], [b]) => (a < b ? -1 : 1))),
      series,
    ]),
  )
}

function pointDifference(a: Pair, b: Pair): string | undefined {
  if (Math.abs(a[0] - b[0]) > 1e-6) return `at ${a[0]} here, at ${b[0]} there`
  const [x, y] = [numberOf(a[1]), numberOf(b[1])]
  if (Object.is(x, y) || x === y) return undefined
  const off = Math.abs(x - y)
  if (off <= relative * Math.max(Math.abs(x), Math.abs(y)) || off <= cancelled) return undefined
  return `at ${a[0]}: ${a[1]} here, ${b[1]} there`
}

const numberOf = (text: string): number => (text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text))
