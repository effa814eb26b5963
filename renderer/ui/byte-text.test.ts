import { expect, test } from 'vitest'
import { byteText } from './byte-text.ts'

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [1024, '1.0 KiB'],
  [3_250_586, '3.1 MiB'],
  [1023.9 * 1024, '1.0 MiB'],
  [134_217_728, '128 MiB'],
  [5e15, '4547 TiB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(byteText(bytes)).toBe(text)
})
