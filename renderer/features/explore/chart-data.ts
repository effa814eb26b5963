import type { FoundSeries } from '../../../host/contract/explore.ts'

/** Columns for a chart: all times in seconds, ascending, then one column per series with null where it has no point. */
export type ChartData = [number[], ...(number | null)[][]]

/** Puts series with times of their own on one axis; a value that is not finite is a gap. */
export function chartData(series: readonly FoundSeries[]): ChartData {
  const times = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].toSorted((a, b) => a - b)
  const place = new Map(times.map((at, index) => [at, index]))
  const columns = series.map(({ points }) => {
    const column = new Array<number | null>(times.length).fill(null)
    for (const [at, value] of points) column[place.get(at)!] = Number.isFinite(value) ? value : null
    return column
  })
  return [times.map((at) => at / 1000), ...columns]
}
