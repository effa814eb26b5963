import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatByteSize, parseByteSize } from './byte-size.ts'

test.each([
  ['0', 0],
  ['1B', 1],
  ['1KiB', 1024],
  ['1KB', 1024],
  ['1.5MiB', 1_572_864],
  ['1MB2KB', 1_050_624],
  ['.5KiB', 512],
  ['1.KiB', 1024],
  ['1.5B', 1],
  ['-1KiB', -1024],
  ['+2B', 2],
  ['2GiB', 2 ** 31],
])('%s', (text, bytes) => {
  expect(parseByteSize(text)).toEqual({ bytes })
})

test.each(['', '1024', '1K', '1 MiB', 'MiB', '1MB2KiB', '1e3B', '1iB', '100EiB', '1kib'])('%s is refused', (text) => {
  expect(parseByteSize(text).problem).toBeTypeOf('string')
})

test('every size reads back', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (bytes) => {
      expect(parseByteSize(formatByteSize(bytes))).toEqual({ bytes })
    }),
  )
})

test.each([
  [1_048_576, '1MiB'],
  [1_572_864, '1.5MiB'],
  [1025, '1025B'],
  [0, '0B'],
])('%d is written %s', (bytes, text) => {
  expect(formatByteSize(bytes)).toBe(text)
})
