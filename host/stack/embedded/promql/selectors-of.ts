import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'
import type { Expression } from './expression.ts'

/** The matchers of every selector in an expression. */
export function selectorsOf(expression: Expression): (readonly LabelMatcher[])[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return []
    case 'selector':
      return [expression.matchers]
    case 'range':
      return [expression.selector.matchers]
    case 'subquery':
    case 'negative':
      return selectorsOf(expression.expression)
    case 'call':
      return expression.args.flatMap(selectorsOf)
    case 'aggregate':
      return [
        ...(expression.parameter === undefined ? [] : selectorsOf(expression.parameter)),
        ...selectorsOf(expression.expression),
      ]
    case 'binary':
      return [...selectorsOf(expression.left), ...selectorsOf(expression.right)]
  }
}
