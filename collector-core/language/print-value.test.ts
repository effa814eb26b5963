import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, isValidText, textOf } from './byte-text.ts'
import { evaluate } from './evaluate.ts'
import { floatValue, intValue, uintValue } from './number.ts'
import { parseExpression } from './parser.ts'
import { fromPlain, toPlain } from './plain-value.ts'
import { printKey, printValue, quote } from './print-value.ts'
import { Scope } from './scope.ts'
import {
  arrayValue,
  boolValue,
  capsuleValue,
  nullValue,
  objectValue,
  optionalSecretValue,
  secretValue,
  stringValue,
} from './value.ts'
import type { Value } from './value.ts'
import { valuesEqual } from './values-equal.ts'

const environment = { env: () => undefined, hostname: '', os: 'linux', arch: 'amd64', version: '' }

const text = fc.oneof(
  fc.string({ unit: 'binary' }).filter((given) => isValidText(given)),
  fc.uint8Array({ maxLength: 12 }).map(textOf),
)
// A key that ends in a backslash and holds a backtick cannot be written in Alloy; neither can one with both kinds of quotes.
const key = fc
  .oneof(fc.constantFrom('__proto__', 'true', 'a.b', 'a b', 'é', '1a'), fc.string())
  .filter((given) => !given.includes('`') && !/[\r\0\ufeff]/.test(given))

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant<Value>(nullValue),
    fc.boolean().map(boolValue),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(intValue),
    fc.bigInt({ min: 2n ** 63n, max: 2n ** 64n - 1n }).map(uintValue),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(floatValue),
    fc.double({ noNaN: true, min: -(2 ** 65), max: -(2 ** 62) }).map(floatValue),
    text.map(stringValue),
    fc.array(tie('value'), { maxLength: 4 }).map(arrayValue),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(objectValue),
  ),
}))

test('a printed value reads back as an equal value', () => {
  fc.assert(
    fc.property(value, (given) => {
      const { tree, diagnostics } = parseExpression(printValue(given))
      expect(diagnostics).toEqual([])
      const { value: read } = evaluate(tree, new Scope(), environment)
      expect(read && valuesEqual(read, given), printValue(given)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('plain JavaScript reads back as an equal value', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(valuesEqual(fromPlain(toPlain(given)), given)).toBe(true)
    }),
  )
})

test.each([
  [secretValue('hush'), '(secret)'],
  [optionalSecretValue('hush', true), '(secret)'],
  [optionalSecretValue('open', false), '"open"'],
  [
    objectValue([
      ['b', secretValue('hush')],
      ['a', intValue(1)],
    ]),
    '{a = 1, b = (secret)}',
  ],
  [capsuleValue('LogsReceiver', {}), 'capsule("LogsReceiver")'],
  [capsuleValue('target', {}, { asObject: () => new Map([['job', stringValue('x')]]) }), '{job = "x"}'],
  [floatValue(1e21), '1e+21'],
  [floatValue(0.1), '0.1'],
  [floatValue(-0), '-0.0'],
  [floatValue(-(2 ** 63)), '-9.223372036854776e+18'],
])('%# prints as %s', (given, expected) => {
  expect(printValue(given)).toBe(expected)
})

test('text is quoted so that everything in it can be seen', () => {
  expect(quote(`a"\\\n\t\u200b${textOf(Uint8Array.of(0xff))}é😀\0`)).toBe('"a\\"\\\\\\n\\t\\u200b\\xffé😀\\u0000"')
})

test('keys are quoted only where they must be', () => {
  expect(['a_1', 'true', 'a-b', '1', '', 'a"b', 'a\\'].map(printKey)).toEqual([
    'a_1',
    '"true"',
    '"a-b"',
    '"1"',
    '""',
    '`a"b`',
    '`a\\`',
  ])
})

test('bytes become plain numbers', () => {
  expect(toPlain(fromPlain(bytesOf('hi')))).toEqual([104, 105])
})

test('`__proto__` is a key like any other', () => {
  const plain = toPlain(fromPlain(JSON.parse('{"__proto__": {"x": 1}}'))) as Record<string, unknown>
  expect(Object.keys(plain)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(plain)).toBeNull()
})

test('integers beyond 2^53 stay exact in plain JavaScript', () => {
  expect(toPlain(uintValue(2n ** 64n - 1n))).toBe(2n ** 64n - 1n)
  expect(toPlain(intValue(7))).toBe(7)
})
