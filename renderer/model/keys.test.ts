import { expect, test } from 'vitest'
import { keysOf, pressed } from './keys.ts'

const press = (key: string, held: { readonly ctrlKey?: boolean; readonly shiftKey?: boolean } = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
  ...held,
})

test('a shortcut can be the plus sign, alone and with other keys', () => {
  expect(keysOf('+')).toEqual(['+'])
  expect(keysOf('Mod++')).toEqual(['Mod', '+'])
  expect(keysOf('Mod+Shift+Z')).toEqual(['Mod', 'Shift', 'Z'])
  expect(pressed(press('+', { shiftKey: true }), '+')).toBe(true)
  expect(pressed(press('+', { ctrlKey: true }), '+')).toBe(false)
})
