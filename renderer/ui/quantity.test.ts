import { expect, test } from 'vitest'
import { age, koreanAge, byteSize, shortDuration, shortNumber, wholeNumber } from './quantity.ts'

test.each([
  [0, '0'],
  [0.004, '<0.01'],
  [0.25, '0.25'],
  [0.1, '0.1'],
  [7.5, '7.5'],
  [9.999, '10'],
  [40, '40'],
  [100, '100'],
  [950.4, '950'],
  [999.6, '1k'],
  [12_400, '12.4k'],
  [123_456, '123k'],
  [999_700, '1M'],
  [3_100_000, '3.1M'],
  [2e9, '2G'],
])('%d reads %s', (value, text) => {
  expect(shortNumber(value)).toBe(text)
})

test('counts have their thousands apart', () => {
  expect(wholeNumber(1_234_567)).toBe('1,234,567')
})

test.each([
  [400, 'now', '방금'],
  [12_000, '12 s', '12초'],
  [180_000, '3 min', '3분'],
  [18_000_000, '5 h', '5시간'],
  [180_000_000, '2 d', '2일'],
])('%d ms ago reads %s, in Korean %s', (ms, english, korean) => {
  expect(age(ms)).toBe(english)
  expect(koreanAge(ms)).toBe(korean)
})

test('work is measured in milliseconds until it takes a second', () => {
  expect(shortDuration(0.4)).toBe('0.4 ms')
  expect(shortDuration(1240)).toBe('1.24 s')
})

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [3_250_586, '3.1 MiB'],
  [1_048_064, '1 MiB'],
  [2 ** 31, '2 GiB'],
  [1.5 * 2 ** 40, '1.5 TiB'],
])('%d bytes read %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text)
})
