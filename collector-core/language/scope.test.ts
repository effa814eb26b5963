import { expect, test } from 'vitest'
import { Scope } from './scope.ts'
import { nullValue, stringValue } from './value.ts'

test('the innermost scope that has a name decides, null included', () => {
  const outer = new Scope(
    new Map([
      ['a', stringValue('outer')],
      ['b', stringValue('outer')],
    ]),
  )
  const inner = outer.nested(new Map([['a', nullValue]]))
  expect(inner.lookup('a')).toBe(nullValue)
  expect(inner.lookup('b')).toEqual(stringValue('outer'))
  expect(inner.lookup('constructor')).toBeUndefined()
  expect(inner.names()).toEqual(['a', 'b'])
})
