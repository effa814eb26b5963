import type { ArithmeticOperator, ComparisonOperator } from './expression.ts'

/** An arithmetic operator on two numbers, as Go computes it. */
export function calculate(operator: ArithmeticOperator, a: number, b: number): number {
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
      return power(a, b)
    case 'atan2':
      return Math.atan2(a, b)
  }
}

/** Go, unlike JavaScript, has 1 for 1^NaN and for (±1)^±Inf. */
function power(base: number, exponent: number): number {
  if (base === 1) return 1
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return 1
  return base ** exponent
}

export function compare(operator: ComparisonOperator, a: number, b: number): boolean {
  switch (operator) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '>':
      return a > b
    case '<':
      return a < b
    case '>=':
      return a >= b
    case '<=':
      return a <= b
  }
}
