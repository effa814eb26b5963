import type { Expression } from './ast.ts'

/** Where a part of a value was written: the innermost expression that holds it, and the steps from there on. */
export interface Place {
  readonly expression: Expression
  readonly rest: readonly (string | number)[]
}

/** Follows a path of fields and indexes through list and object literals for as long as they are literals. */
export function locate(expression: Expression, path: readonly (string | number)[]): Place {
  let at = expression
  for (let step = 0; ; step++) {
    while (at.kind === 'paren') at = at.inner
    const next = step < path.length ? partOf(at, path[step]) : undefined
    if (next === undefined) return { expression: at, rest: path.slice(step) }
    at = next
  }
}

function partOf(expression: Expression, step: string | number): Expression | undefined {
  if (expression.kind === 'array') return typeof step === 'number' ? expression.elements[step] : undefined
  if (expression.kind !== 'object') return undefined
  return expression.fields.findLast((field) => field.name.text === step)?.value
}
