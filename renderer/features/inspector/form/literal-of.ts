import type { Expression } from '../../../../collector-core/language/ast.ts'
import { stringText } from '../../../../collector-core/language/literal.ts'
import { quote } from '../../../../collector-core/language/print-value.ts'
import { printExpression } from '../../../../collector-core/language/printer.ts'
import type { Shape } from '../../../../collector-core/schema/shape.ts'

/** How a value of a shape is edited in the form. */
export type ControlKind = 'text' | 'number' | 'bool' | 'choice' | 'secret' | 'list' | 'map' | 'references' | 'reference'

/** The control for a shape; undefined where only an expression will do. */
export function controlFor(shape: Shape): ControlKind | undefined {
  switch (shape.kind) {
    case 'string':
    case 'duration':
    case 'bytes':
    case 'regex':
      return 'text'
    case 'integer':
    case 'float':
      return 'number'
    case 'bool':
    case 'choice':
    case 'list':
    case 'map':
    case 'secret':
      return shape.kind
    case 'optional_secret':
      return 'secret'
    case 'receivers':
    case 'targets':
      return 'references'
    case 'rules':
    case 'capsule':
      return 'reference'
    default:
      return undefined
  }
}

/** The literal text of a scalar as it stands in its control; undefined for any other expression, which is kept as it is. */
export function scalarText(expression: Expression, shape: Shape): string | undefined {
  const kind = controlFor(shape)
  if (kind === 'number') return numberIn(expression)
  if (expression.kind !== 'literal') return undefined
  if (kind === 'bool') return expression.type === 'bool' ? expression.raw : undefined
  if (expression.type !== 'string') return undefined
  const text = stringText(expression.raw)
  if (shape.kind === 'choice') return shape.values.includes(text) ? text : undefined
  return kind === 'text' || kind === 'secret' ? text : undefined
}

/** A scalar's text as it is written in a config. */
export function scalarExpression(text: string, shape: Shape): string {
  const kind = controlFor(shape)
  if (kind === 'number' || kind === 'bool') return text.trim()
  return shape.kind === 'regex' && text.includes('\\') && !/[`\r\n]/.test(text) ? `\`${text}\`` : quote(text)
}

function numberIn(expression: Expression): string | undefined {
  const negative = expression.kind === 'unary' && expression.operator === '-'
  const literal = negative ? expression.operand : expression
  if (literal.kind !== 'literal' || (literal.type !== 'number' && literal.type !== 'float')) return undefined
  return negative ? `-${literal.raw}` : literal.raw
}

/** The references that make up a value: items of a list, arguments of a concat, or the whole; undefined when there is more. */
export function referencesIn(expression: Expression, shape: Shape): readonly string[] | undefined {
  if (shape.kind === 'targets') {
    if (expression.kind === 'array' && expression.elements.length === 0) return []
    if (isReference(expression)) return [printExpression(expression)]
    if (expression.kind !== 'call' || !/^(?:array\.)?concat$/.test(printExpression(expression.callee))) return undefined
    return expression.args.every(isReference) ? expression.args.map(printExpression) : undefined
  }
  return expression.kind === 'array' && expression.elements.every(isReference)
    ? expression.elements.map(printExpression)
    : undefined
}

const isReference = (expression: Expression): boolean => expression.kind === 'access'
