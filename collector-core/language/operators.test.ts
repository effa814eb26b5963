import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BinaryOperator } from './ast.ts'
import { floatValue, intValue, uintValue } from './number.ts'
import { applyBinary, applyUnary } from './operators.ts'
import {
  arrayValue,
  boolValue,
  capsuleValue,
  holdsSecret,
  nullValue,
  objectValue,
  optionalSecretValue,
  secretValue,
  stringValue,
} from './value.ts'
import type { Value } from './value.ts'
import { stdlibLookup } from './stdlib/index.ts'

const environment = { env: () => undefined, hostname: '', os: 'linux', arch: 'amd64', version: '' }
const operators: readonly BinaryOperator[] = [
  '||',
  '&&',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
]
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

const anyValue: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    nullValue,
    boolValue(true),
    boolValue(false),
    stdlibLookup('coalesce', environment)!,
    capsuleValue('x', {}),
    secretValue('s'),
    optionalSecretValue('s', true),
    optionalSecretValue('p', false),
    arrayValue([intValue(1)]),
    objectValue([['a', nullValue]]),
  ),
  int64.map(intValue),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(uintValue),
  fc.double().map(floatValue),
  fc.string().map(stringValue),
)

test('every operator gives a value or names the side at fault, for any two values', () => {
  fc.assert(
    fc.property(fc.constantFrom(...operators), anyValue, anyValue, (operator, left, right) => {
      const result = applyBinary(operator, left, right)
      if ('problem' in result) expect(result.problem.message).not.toBe('')
      else expect(result.value.kind).toBeDefined()
    }),
    { numRuns: 2000 },
  )
  fc.assert(
    fc.property(fc.constantFrom('!', '-'), anyValue, (operator, operand) => {
      expect(applyUnary(operator, operand)).toBeDefined()
    }),
  )
})

test('signed arithmetic wraps like 64-bit hardware', () => {
  fc.assert(
    fc.property(int64, int64, (a, b) => {
      expect(applyBinary('+', intValue(a), intValue(b)).value).toEqual(intValue(a + b))
      expect(applyBinary('*', intValue(a), intValue(b)).value).toEqual(intValue(a * b))
      expect(applyBinary('-', intValue(a), intValue(b)).value).toEqual(intValue(a - b))
      expect(applyBinary('^', intValue(a), intValue(3)).value).toEqual(intValue(a * a * a))
    }),
  )
})

test('division and remainder belong together', () => {
  fc.assert(
    fc.property(
      int64,
      int64.filter((b) => b !== 0n),
      (a, b) => {
        const quotient = applyBinary('/', intValue(a), intValue(b)).value!
        const back = applyBinary('*', quotient, intValue(b)).value!
        expect(applyBinary('+', back, applyBinary('%', intValue(a), intValue(b)).value!).value).toEqual(intValue(a))
      },
    ),
  )
})

test('no operator turns a masked secret into something that shows it', () => {
  const secrets = [secretValue('hush'), optionalSecretValue('hush', true)]
  for (const secret of secrets) {
    for (const other of [stringValue('x'), optionalSecretValue('x', false), ...secrets]) {
      expect(holdsSecret(applyBinary('+', secret, other).value!)).toBe(true)
      expect(holdsSecret(applyBinary('+', other, secret).value!)).toBe(true)
    }
  }
})
