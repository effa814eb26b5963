import { expect, test, vi } from 'vitest'
import { SelectionModel } from './selection.ts'

test('the node chosen last is the primary one, and stays it while others are added', () => {
  const selection = new SelectionModel()
  selection.select(['a'])
  selection.toggle('b')
  expect(selection.current.get()).toEqual({ nodes: ['a', 'b'], edges: [], primary: 'b' })
  selection.toggle('a')
  expect(selection.current.get()).toEqual({ nodes: ['b'], edges: [], primary: 'b' })
  selection.clear()
  expect(selection.current.get()).toEqual({ nodes: [], edges: [], primary: undefined })
})

test('choosing the same again tells nobody, asking to show it again does', () => {
  const selection = new SelectionModel()
  const chosen = vi.fn()
  const shown = vi.fn()
  selection.current.subscribe(chosen)
  selection.revealed.subscribe(shown)
  selection.reveal('a')
  selection.reveal('a')
  expect([chosen.mock.calls.length, shown.mock.calls.length]).toEqual([1, 2])
})

test('what is gone is dropped, what was renamed stays', () => {
  const selection = new SelectionModel()
  selection.select(['a', 'b', 'c'], ['a>b:logs'])
  selection.retain(new Set(['b', 'd']), new Set(), new Map([['c', 'd']]))
  expect(selection.current.get()).toEqual({ nodes: ['b', 'd'], edges: [], primary: 'd' })
})
