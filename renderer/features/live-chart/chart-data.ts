import { componentSeries } from '../../live/history.ts'
import type { History, Measure } from '../../live/history.ts'

/** Lines that are told apart at a glance; further ones are not drawn. */
export const mostLines = 8

/** Seconds since the epoch, then one list of values per line; null where nobody watched or there was nothing. */
export interface ChartData {
  readonly ids: readonly string[]
  readonly times: readonly number[]
  readonly values: readonly (readonly (number | null)[])[]
}

/**
 * The chosen components' curves, or those with the largest values when none is chosen; as they are, or as they were when
 * the history had `end` points.
 */
export function chartData(
  history: Pick<History, 'read'>,
  ids: readonly string[],
  chosen: readonly string[],
  measure: Measure,
  windowMs: number,
  end?: number,
): ChartData {
  const most = Math.ceil(windowMs / 1000)
  const scale = measure === 'oldest' ? 1 / 1000 : 1
  const read = (id: string) => ({ id, curve: history.read(componentSeries(id, measure), most, end) })
  const present = ids.map(read).filter(({ curve }) => curve.values.some((value) => !Number.isNaN(value)))
  const drawn =
    chosen.length > 0
      ? present.filter(({ id }) => chosen.includes(id)).slice(0, mostLines)
      : present
          .map((one) => ({ ...one, top: one.curve.values.reduce((top, value) => (value > top ? value : top), 0) }))
          .sort((a, b) => b.top - a.top)
          .slice(0, mostLines)
  return {
    ids: drawn.map(({ id }) => id),
    times: [...(drawn.at(0)?.curve.times ?? [])].map((at) => at / 1000),
    values: drawn.map(({ curve }) => [...curve.values].map((value) => (Number.isNaN(value) ? null : value * scale))),
  }
}
