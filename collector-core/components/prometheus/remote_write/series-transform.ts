import { Labels } from '../../../signal/labels.ts'
import type { RelabelRule } from '../../../signal/relabel-rule.ts'
import { RelabelCache } from '../../../signal/relabel/relabel-cache.ts'
import { compileRelabel } from '../../../signal/relabel/relabel.ts'

/** Label sets whose result is remembered per endpoint encoding; whole lists that come again need none of them. */
const remembered = 200_000

/** External labels where the series lacks them, then the rules; undefined drops the series. */
export function seriesTransform(
  externalLabels: ReadonlyMap<string, string>,
  rules: readonly RelabelRule[],
): (labels: Labels) => Labels | undefined {
  const relabel = compileRelabel(rules)
  if (externalLabels.size === 0 && rules.length === 0) return relabel
  const cache = new RelabelCache((labels) => relabel(withMissing(labels, externalLabels)), { maxEntries: remembered })
  return (labels) => cache.get(labels)
}

function withMissing(labels: Labels, added: ReadonlyMap<string, string>): Labels {
  // An empty set is invalid; external labels must not make a series of it.
  if (labels.size === 0) return labels
  const missing = [...added].filter(([name]) => !labels.has(name))
  return missing.length === 0 ? labels : labels.with(missing)
}
