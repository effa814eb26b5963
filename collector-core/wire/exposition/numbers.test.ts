import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatGoFloat, formatOpenMetricsFloat, parseGoFloat } from './float-syntax.ts'
import { scanDecimal } from './scan-decimal.ts'

it.each([
  ['+nan', undefined],
  ['NAN', NaN],
  ['iNf', Infinity],
  ['-Infinity', -Infinity],
  ['1e999', undefined],
  ['1e-999', 0],
  ['.', undefined],
  ['5.', 5],
  ['.5', 0.5],
  ['0x10', undefined],
  ['1_0', undefined],
  ['+5', 5],
  ['1E05', 100000],
  ['infi', undefined],
  ['', undefined],
  [' 1', undefined],
  ['-0', -0],
])('reads %j as Go does', (text, expected) => {
  expect(parseGoFloat(text)).toBe(expected)
})

it.each([
  [1, '1', '1.0'],
  [0, '0', '0.0'],
  [100000, '100000', '100000.0'],
  [1e6, '1e+06', '1e+06'],
  [1234567, '1.234567e+06', '1.234567e+06'],
  [1e21, '1e+21', '1e+21'],
  [0.0001, '0.0001', '0.0001'],
  [0.00001, '1e-05', '1e-05'],
  [0.00012345, '0.00012345', '0.00012345'],
  [-0.25, '-0.25', '-0.25'],
  [5e-324, '5e-324', '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308', '1.7976931348623157e+308'],
  [-Infinity, '-Inf', '-Inf'],
  [NaN, 'NaN', 'NaN'],
])('writes %d as Go does', (value, go, openMetrics) => {
  expect(formatGoFloat(value)).toBe(go)
  expect(formatOpenMetricsFloat(value)).toBe(openMetrics)
})

it('reads back every double it writes', () => {
  fc.assert(fc.property(fc.double(), (value) => Object.is(parseGoFloat(formatGoFloat(value)), value)))
})

it('scans decimals to the same double as the full reading, or leaves them', () => {
  const digits = fc.stringMatching(/^[0-9]{0,20}$/)
  const text = fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      digits,
      fc.oneof(
        fc.constant(''),
        digits.map((d) => `.${d}`),
      ),
      fc.oneof(
        fc.constant(''),
        fc.tuple(fc.constantFrom('e', 'E', 'e-', 'e+'), fc.nat(400)).map(([e, n]) => `${e}${n}`),
      ),
    )
    .map((parts) => parts.join(''))
  const out = new Float64Array(2)
  let read = 0
  fc.assert(
    fc.property(fc.oneof(text, fc.double().map(String), fc.integer().map(String)), (number) => {
      const at = scanDecimal(Buffer.from(`x${number}\n`), 1, out, 1)
      if (at !== number.length + 1) return
      read++
      expect(out[1]).toBe(parseGoFloat(number))
    }),
    { numRuns: 5000 },
  )
  expect(read).toBeGreaterThan(1000)
})
