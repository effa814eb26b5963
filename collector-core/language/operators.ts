// What the operators do. No operator throws; what cannot be done comes back as a problem with the side at fault.

import type { BinaryOperator, UnaryOperator } from './ast.ts'
import { compareText, concatText } from './byte-text.ts'
import { commonType, compareNumbers, floatValue, intValue, toFloat, toInt64, toUint64, uintValue } from './number.ts'
import type { NumberValue } from './number.ts'
import { boolValue, optionalSecretValue, secretIn, secretValue, stringValue, typeName } from './value.ts'
import type { Value } from './value.ts'
import { valuesEqual } from './values-equal.ts'

/** Why an operation cannot be done, or what is odd about it; the message continues a sentence about the operand. */
export interface OperatorProblem {
  readonly side: 'left' | 'right'
  readonly code: string
  readonly message: string
}

/** The result of an operation. */
export type OperatorResult =
  | { readonly value: Value; readonly warning?: OperatorProblem }
  | { readonly problem: OperatorProblem; readonly value?: undefined }

/** `!x` and `-x`; integers become signed. */
export function applyUnary(operator: UnaryOperator, operand: Value): OperatorResult {
  if (operator === '!') {
    return operand.kind === 'bool' ? { value: boolValue(!operand.value) } : wrongType('right', 'bool', operand)
  }
  if (operand.kind !== 'number') return wrongType('right', 'number', operand)
  return { value: operand.type === 'float64' ? floatValue(-operand.value) : intValue(-operand.value) }
}

/** `left operator right`; both sides have been evaluated already, also of `&&` and `||`. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value): OperatorResult {
  switch (operator) {
    case '==':
      return { value: boolValue(valuesEqual(left, right)) }
    case '!=':
      return { value: boolValue(!valuesEqual(left, right)) }
    case '&&':
    case '||':
      return applyLogic(operator, left, right)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return applyOrder(operator, left, right)
    case '+':
      return applyPlus(left, right)
    default:
      if (left.kind !== 'number') return wrongType('left', 'number', left)
      return right.kind === 'number' ? applyArithmetic(operator, left, right) : wrongType('right', 'number', right)
  }
}

function wrongType(side: 'left' | 'right', wanted: string, got: Value): OperatorResult {
  return { problem: { side, code: 'wrong-type', message: `should be ${wanted}, got ${typeName(got)}` } }
}

function applyLogic(operator: '&&' | '||', left: Value, right: Value): OperatorResult {
  if (left.kind !== 'bool') return wrongType('left', 'bool', left)
  if (right.kind !== 'bool') return wrongType('right', 'bool', right)
  return { value: boolValue(operator === '&&' ? left.value && right.value : left.value || right.value) }
}

function applyOrder(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): OperatorResult {
  let order: number
  if (left.kind === 'number') {
    if (right.kind !== 'number') return wrongType('right', 'number', right)
    order = compareNumbers(left, right)
  } else {
    const [leftText, rightText] = [plainText(left), plainText(right)]
    if (leftText === undefined) return wrongType('left', 'number or string', left)
    if (rightText === undefined) return wrongType('right', 'string', right)
    order = compareText(leftText, rightText)
  }
  switch (operator) {
    case '<':
      return { value: boolValue(order < 0) }
    case '<=':
      return { value: boolValue(order <= 0) }
    case '>':
      return { value: boolValue(order > 0) }
    case '>=':
      return { value: boolValue(order >= 0) }
  }
}

/** The text of a string, or of an optional secret that is plain. */
function plainText(value: Value): string | undefined {
  if (value.kind === 'string') return value.text
  const secret = secretIn(value)
  return secret?.masked === false ? secret.reveal() : undefined
}

function applyPlus(left: Value, right: Value): OperatorResult {
  if (secretIn(left) || (left.kind === 'string' && secretIn(right))) return joinSecrets(left, right)
  if (left.kind === 'string') {
    return right.kind === 'string'
      ? { value: stringValue(concatText(left.text, right.text)) }
      : wrongType('right', 'string', right)
  }
  if (left.kind !== 'number') return wrongType('left', 'number or string', left)
  return right.kind === 'number' ? applyArithmetic('+', left, right) : wrongType('right', 'number', right)
}

/** A secret anywhere makes the result a secret; a masked optional secret a masked one; otherwise it stays plain. */
function joinSecrets(left: Value, right: Value): OperatorResult {
  const [a, b] = [secretIn(left), secretIn(right)]
  const leftText = a?.reveal() ?? (left.kind === 'string' ? left.text : '')
  const rightText = b?.reveal() ?? (right.kind === 'string' ? right.text : undefined)
  if (rightText === undefined) return wrongType('right', 'string or secret', right)
  const text = concatText(leftText, rightText)
  if (isPlainSecret(left) || isPlainSecret(right)) return { value: secretValue(text) }
  if (a?.masked === true || b?.masked === true) return { value: optionalSecretValue(text, true) }
  return { value: a && b ? optionalSecretValue(text, false) : stringValue(text) }
}

function isPlainSecret(value: Value): boolean {
  return value.kind === 'capsule' && value.type === 'secret'
}

type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^'

function applyArithmetic(operator: ArithmeticOperator, left: NumberValue, right: NumberValue): OperatorResult {
  if ((operator === '/' || operator === '%') && toFloat(right) === 0) {
    return { problem: { side: 'right', code: 'divide-by-zero', message: 'is zero: nothing can be divided by it' } }
  }
  const type = commonType(left, right)
  if (type === 'float64') return { value: floatValue(floatArithmetic(operator, toFloat(left), toFloat(right))) }
  const [a, b] = type === 'int64' ? [toInt64(left), toInt64(right)] : [toUint64(left), toUint64(right)]
  const result = integerArithmetic(operator, a, b)
  const value = type === 'int64' ? intValue(result) : uintValue(result)
  if (operator !== '^' || b >= 0n) return { value }
  const message = `is negative, and a whole number to a negative power keeps its value in Alloy (here ${a}): write a fraction such as ${a}.0`
  return { value, warning: { side: 'right', code: 'negative-power', message } }
}

function floatArithmetic(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '^':
      // Alloy, unlike JavaScript, takes 1 to any power as 1.
      return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b
  }
}

function integerArithmetic(operator: ArithmeticOperator, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '^':
      return wrappedPower(a, b)
  }
}

/** `base ^ exponent` modulo 2^64; a negative exponent leaves the base as it is, as Alloy does. */
function wrappedPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) return base
  let result = 1n
  let square = BigInt.asUintN(64, base)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asUintN(64, result * square)
    square = BigInt.asUintN(64, square * square)
  }
  return result
}
