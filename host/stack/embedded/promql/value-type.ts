import { isSetOperator, isComparison } from './expression.ts'
import type { AggregateExpression, BinaryExpression, CallExpression, Expression, ValueType } from './expression.ts'
import { signatures } from './signatures.ts'

const names: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
}

/** The type an expression evaluates to. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar'
    case 'text':
      return 'string'
    case 'selector':
    case 'aggregate':
      return 'vector'
    case 'range':
    case 'subquery':
      return 'matrix'
    case 'negative':
      return typeOf(expression.expression)
    case 'call':
      return signatures.get(expression.name)!.result
    case 'binary':
      return typeOf(expression.left) === 'scalar' && typeOf(expression.right) === 'scalar' ? 'scalar' : 'vector'
  }
}

/** What is wrong with the arguments of a call. */
export function callProblem({ name, args }: CallExpression): string | undefined {
  const { args: wanted, optional = 0, variadic = false } = signatures.get(name)!
  if (args.length < wanted.length - optional || (args.length > wanted.length && !variadic)) {
    const count = optional > 0 ? `${wanted.length - optional} or more` : String(wanted.length)
    return `expected ${count} argument(s) in call to "${name}", got ${args.length}`
  }
  for (const [i, arg] of args.entries()) {
    const type = wanted[Math.min(i, wanted.length - 1)]
    if (typeOf(arg) !== type)
      return `expected type ${names[type]} in call to function "${name}", got ${names[typeOf(arg)]}`
  }
  return undefined
}

/** What is wrong with the operands of an aggregation. */
export function aggregateProblem({ operator, parameter, expression }: AggregateExpression): string | undefined {
  const wanted = parameterType(operator)
  if ((wanted === undefined) !== (parameter === undefined)) {
    return `wrong number of arguments for aggregate expression "${operator}"`
  }
  if (parameter !== undefined && typeOf(parameter) !== wanted) {
    return `expected type ${names[wanted!]} in aggregation parameter, got ${names[typeOf(parameter)]}`
  }
  if (typeOf(expression) === 'vector') return undefined
  return `expected type instant vector in aggregation expression, got ${names[typeOf(expression)]}`
}

function parameterType(operator: AggregateExpression['operator']): ValueType | undefined {
  if (operator === 'count_values') return 'string'
  return operator === 'topk' || operator === 'bottomk' || operator === 'quantile' ? 'scalar' : undefined
}

/** What is wrong with the operands of a binary expression. */
export function binaryProblem({ operator, left, right, bool, matching }: BinaryExpression): string | undefined {
  const types = [typeOf(left), typeOf(right)]
  if (!types.every((type) => type === 'scalar' || type === 'vector')) {
    return 'binary expression must contain only scalar and instant vector types'
  }
  const vectors = types.every((type) => type === 'vector')
  if (bool && !isComparison(operator)) return 'bool modifier can only be used on comparison operators'
  if (isComparison(operator) && !bool && types.every((type) => type === 'scalar')) {
    return 'comparisons between scalars must use BOOL modifier'
  }
  if (isSetOperator(operator) && !vectors) return `set operator "${operator}" not allowed in binary scalar expression`
  if (!vectors && (matching.on || matching.labels.length > 0 || matching.many !== 'none')) {
    return 'vector matching only allowed between instant vectors'
  }
  if (isSetOperator(operator) && matching.many !== 'none') return `no grouping allowed for "${operator}" operation`
  const both = matching.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined
  if (both !== undefined) return `label "${both}" must not occur in ON and GROUP clause at once`
  return undefined
}
