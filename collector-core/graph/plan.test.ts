import { describe, expect, it } from 'vitest'
import { planChange } from './plan.ts'

const nodes = (...ids: string[]) => ids.map((id) => ({ id, name: id.split('.')[0], references: [] }))

describe('the plan', () => {
  it('starts receivers first and stops sources first', () => {
    expect(planChange([], nodes('write.a', 'relabel.b', 'scrape.c'))).toEqual({
      stop: [],
      start: ['write.a', 'relabel.b', 'scrape.c'],
      update: [],
    })
    expect(planChange(nodes('write.a', 'relabel.b', 'scrape.c'), [])).toMatchObject({
      stop: ['scrape.c', 'relabel.b', 'write.a'],
    })
  })

  it('updates what stays, and replaces an id that now means another component', () => {
    const before = [{ id: 'x', name: 'one', references: [] }, ...nodes('write.a', 'old.o')]
    const after = [{ id: 'x', name: 'two', references: [] }, ...nodes('write.a', 'new.n')]
    expect(planChange(before, after)).toEqual({ stop: ['old.o', 'x'], start: ['x', 'new.n'], update: ['write.a'] })
  })
})
