import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

test('a secret shows itself nowhere but in reveal', () => {
  const secret = new Secret('hush')
  const shown = [
    String(secret),
    secret.toString(),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ secret }, { showHidden: true }),
  ]
  for (const text of shown) {
    expect(text).toContain('(secret)')
    expect(text).not.toContain('hush')
  }
  expect(Object.keys(secret)).toEqual(['masked'])
  expect(secret.reveal()).toBe('hush')
})

test('an optional secret that is plain shows its text', () => {
  expect(String(new Secret('open', { masked: false }))).toBe('open')
})

test('equality looks at the text and the mask', () => {
  expect(new Secret('a').equals(new Secret('a'))).toBe(true)
  expect(new Secret('a').equals(new Secret('b'))).toBe(false)
  expect(new Secret('a').equals(new Secret('a', { masked: false }))).toBe(false)
})
