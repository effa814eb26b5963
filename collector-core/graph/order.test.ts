import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluationOrder } from './order.ts'

const ordered = (graph: Record<string, string[]>) => evaluationOrder(Object.keys(graph), (id) => graph[id])

describe('the evaluation order', () => {
  it('puts what is referred to first and otherwise keeps the given order', () => {
    expect(ordered({ scrape: ['write'], other: [], write: [] })).toEqual({
      order: ['write', 'scrape', 'other'],
      cycles: [],
    })
  })

  it('names cycles and self-references', () => {
    expect(
      ordered({ a: ['b'], b: ['c'], c: ['a'], d: ['d'], e: ['a'] }).cycles.map((cycle) => [...cycle].sort()),
    ).toEqual([['a', 'b', 'c'], ['d']])
  })

  it('survives a chain of 50,000', () => {
    const ids = Array.from({ length: 50_000 }, (_, i) => String(i))
    const { order, cycles } = evaluationOrder(ids, (id) => (id === '49999' ? [] : [String(Number(id) + 1)]))
    expect(cycles).toEqual([])
    expect(order[0]).toBe('49999')
  })

  it('orders every acyclic graph', () => {
    const acyclic = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(acyclic, (rows) => {
        const references = rows.map((row, i) => row.filter((target) => target < i).map(String))
        const { order, cycles } = evaluationOrder(
          rows.map((_, i) => String(rows.length - 1 - i)),
          (id) => references[Number(id)],
        )
        expect(cycles).toEqual([])
        expect([...order].sort()).toEqual(rows.map((_, i) => String(i)).sort())
        references.forEach((targets, id) => {
          for (const target of targets) expect(order.indexOf(target)).toBeLessThan(order.indexOf(String(id)))
        })
      }),
    )
  })
})
