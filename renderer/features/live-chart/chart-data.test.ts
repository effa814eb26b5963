import { expect, test } from 'vitest'
import type { Curve } from '../../live/history.ts'
import { chartData, mostLines } from './chart-data.ts'

const curve = (...values: readonly number[]): Curve => ({
  times: Float64Array.from(values, (_, index) => (index + 1) * 1000),
  values: Float64Array.from(values),
})
const history = (curves: Readonly<Record<string, Curve>>) => ({
  read: (key: string): Curve => curves[key] ?? curve(NaN, NaN),
})

test('the chosen components are drawn, in seconds, with gaps where there was nothing', () => {
  const data = chartData(
    history({ 'in a': curve(1, NaN), 'in b': curve(5, 6) }),
    ['a', 'b', 'c'],
    ['a', 'c'],
    'in',
    60_000,
  )
  expect(data).toEqual({ ids: ['a'], times: [1, 2], values: [[1, null]] })
})

test('without a choice the largest are drawn, as many as can be told apart', () => {
  const ids = Array.from({ length: 20 }, (_, index) => `c${index}`)
  const curves = Object.fromEntries(ids.map((id, index) => [`out ${id}`, curve(index)]))
  const data = chartData(history(curves), ids, [], 'out', 60_000)
  expect(data.ids).toHaveLength(mostLines)
  expect(data.ids[0]).toBe('c19')
})

test('ages are in seconds', () => {
  expect(chartData(history({ 'oldest a': curve(2500) }), ['a'], ['a'], 'oldest', 60_000).values).toEqual([[2.5]])
})
