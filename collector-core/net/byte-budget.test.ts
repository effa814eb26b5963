import { expect, it } from 'vitest'
import { ByteBudget } from './byte-budget.ts'

it('lets requests hold so much together', () => {
  const budget = new ByteBudget(100)
  const [first, second] = [budget.open(), budget.open()]
  expect(first.take(60)).toBe(true)
  expect(second.take(40)).toBe(true)
  expect(second.take(1)).toBe(false)
  second.close()
  second.close()
  expect(first.take(40)).toBe(true)
  first.close()
  expect(budget.open().take(100)).toBe(true)
})
