// Which names a piece of a config reads.

import type { Access, Body, Expression, Identifier, Statement } from './ast.ts'
import type { Span } from './position.ts'

/** An identifier and the uninterrupted `.name` steps after it; an index, a call or a parenthesis ends it. */
export interface Traversal {
  readonly names: readonly string[]
  /** One identifier per name. */
  readonly steps: readonly Identifier[]
  readonly span: Span
}

/** Every traversal inside an expression, a statement or a body, in the order of the text. */
export function traversals(node: Expression | Statement | Body): readonly Traversal[] {
  const found: Traversal[] = []
  // A list of things to do instead of recursion: a long chain of operators must not exhaust the stack.
  const pending: (Expression | Statement | Body)[] = [node]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const traversal = next.kind === 'identifier' || next.kind === 'access' ? traversalOf(next) : undefined
    if (traversal) found.push(traversal)
    // One at a time: a long list as arguments of one call would exhaust the stack as well.
    else for (const child of childrenOf(next).toReversed()) pending.push(child)
  }
  return found
}

/** The traversal an expression is, when it is nothing else. */
export function traversalOf(expression: Identifier | Access): Traversal | undefined {
  const steps: Identifier[] = []
  let at: Expression = expression
  while (at.kind === 'access') {
    steps.push(at.member)
    at = at.of
  }
  if (at.kind !== 'identifier') return undefined
  steps.push(at)
  steps.reverse()
  return { names: steps.map((step) => step.name), steps, span: expression.span }
}

function childrenOf(node: Expression | Statement | Body): readonly (Expression | Statement | Body)[] {
  switch (node.kind) {
    case 'body':
      return node.statements
    case 'attribute':
      return [node.value]
    case 'block':
      return [node.body]
    case 'array':
      return node.elements
    case 'object':
      return node.fields.map((field) => field.value)
    case 'access':
      return [node.of]
    case 'index':
      return [node.of, node.at]
    case 'call':
      return [node.callee, ...node.args]
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'paren':
      return [node.inner]
    case 'identifier':
    case 'literal':
    case 'error-expression':
    case 'error-statement':
      return []
  }
}
