import { Labels } from '../../../../collector-core/signal/labels.ts'
import { isLegacyLabelName } from '../../../../collector-core/signal/label-name.ts'
import { compileRegex, expandTemplate } from '../../../../collector-core/signal/regex.ts'
import { QueryError } from '../query-text/query-error.ts'
import type { Expression } from './expression.ts'
import { joinSame } from './vector.ts'
import type { Vector } from './vector.ts'

/** `label_replace(v, target, replacement, source, pattern)`. */
export function labelReplace(vector: Vector, [target, replacement, source, pattern]: readonly string[]): Vector {
  const { regex, error } = compileRegex(pattern, { anchored: true })
  if (regex === undefined) throw new QueryError('execution', `invalid regular expression in label_replace(): ${error}`)
  checkName(target, 'label_replace')
  return joinSame(
    vector.map((series) => {
      const match = regex.exec(series.labels.get(source))
      if (match === undefined) return series
      return { ...series, labels: series.labels.with([[target, expandTemplate(replacement, match)]]) }
    }),
  )
}

/** `label_join(v, target, separator, source…)`. */
export function labelJoin(vector: Vector, [target, separator, ...sources]: readonly string[]): Vector {
  checkName(target, 'label_join')
  return joinSame(
    vector.map((series) => {
      const value = sources.map((name) => series.labels.get(name)).join(separator)
      return { ...series, labels: series.labels.with([[target, value]]) }
    }),
  )
}

function checkName(name: string, where: string): void {
  if (!isLegacyLabelName(name))
    throw new QueryError('execution', `invalid destination label name in ${where}(): ${name}`)
}

/** The labels `absent` gives its element: what the selector asks to be equal, once per name. */
export function labelsOfAbsent(expression: Expression): Labels {
  const selector = expression.kind === 'range' ? expression.selector : expression
  if (selector.kind !== 'selector') return Labels.empty
  const named = new Map<string, string>()
  const dropped = new Set(['__name__'])
  for (const { name, op, value } of selector.matchers) {
    if (op === '=' && !named.has(name) && !dropped.has(name)) named.set(name, value)
    else dropped.add(name)
  }
  for (const name of dropped) named.delete(name)
  return Labels.ofMap(named)
}
