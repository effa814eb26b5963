// Tree and tokens back to text. A parsed text prints exactly; a bare expression prints on one line.

import type { Expression, FieldName } from './ast.ts'
import type { Span } from './position.ts'
import type { Token } from './token.ts'

/** The tokens joined: exactly the text they were scanned from. */
export function printTokens(text: string, tokens: readonly Token[]): string {
  let result = ''
  for (const token of tokens) result += text.slice(token.start, token.end)
  return result
}

/** A node as it was written. */
export function sourceOf(text: string, node: { readonly span: Span }): string {
  return text.slice(node.span.start, node.span.end)
}

/** The expression on one line with single spaces, from the tree alone; raw strings keep their lines, errors print as nothing. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'identifier':
      return expression.name
    case 'literal':
      return expression.raw
    case 'array':
      return `[${expression.elements.map(printExpression).join(', ')}]`
    case 'object':
      return `{${expression.fields.map((field) => `${printKey(field.name)} = ${printExpression(field.value)}`).join(', ')}}`
    case 'access':
      return `${printOwner(expression.of)}.${expression.member.name}`
    case 'index':
      return `${printExpression(expression.of)}[${printExpression(expression.at)}]`
    case 'call':
      return `${printExpression(expression.callee)}(${expression.args.map(printExpression).join(', ')})`
    case 'unary':
      return expression.operator + printExpression(expression.operand)
    case 'binary':
      return `${printExpression(expression.left)} ${expression.operator} ${printExpression(expression.right)}`
    case 'paren':
      return `(${printExpression(expression.inner)})`
    case 'error-expression':
      return ''
  }
}

function printKey(name: FieldName): string {
  return name.raw
}

// A number directly before a dot would swallow it.
function printOwner(owner: Expression): string {
  const printed = printExpression(owner)
  return owner.kind === 'literal' && owner.type === 'number' ? `${printed} ` : printed
}
