import { isLegacyLabelName } from '../../../signal/label-name.ts'
import { Labels } from '../../../signal/labels.ts'
import type { Label } from '../../../signal/labels.ts'
import type { ScrapeLimits } from './scrape-bounds.ts'

export interface MergeRules {
  readonly honorLabels: boolean
  /** Whether names outside the legacy alphabet are valid. */
  readonly utf8: boolean
  readonly limits: Pick<ScrapeLimits, 'labels' | 'labelNameBytes' | 'labelValueBytes'>
}

/** Why a series makes the scrape fail; `limit` when a label limit does. */
export interface SeriesProblem {
  readonly reason: string
  readonly limit: boolean
}

const legacyMetric = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/

/** The labels of a series as stored: those it exposes together with those of its target, or what is wrong with it. */
export function mergeLabels(
  name: string,
  exposed: readonly Label[],
  target: Labels,
  rules: MergeRules,
): Labels | SeriesProblem {
  const map = new Map<string, string>()
  for (const [label, value] of exposed) {
    if (label === '__name__' || map.has(label)) {
      return problem(`the label ${JSON.stringify(label)} of ${name} is given twice`)
    }
    if (!(rules.utf8 ? label !== '' : isLegacyLabelName(label))) {
      return problem(`${JSON.stringify(label)} is not a valid label name (on ${name})`)
    }
    map.set(label, value)
  }
  if (!(rules.utf8 ? name !== '' : legacyMetric.test(name))) {
    return problem(`${JSON.stringify(name)} is not a valid metric name`)
  }
  if (rules.honorLabels) addMissing(map, target)
  else moveConflicting(map, target)
  map.set('__name__', name)
  const labels = Labels.ofMap(map)
  return limitProblem(labels, name, rules.limits) ?? labels
}

/** Exposed labels win. One exposed as empty keeps the target's away and then vanishes. */
function addMissing(map: Map<string, string>, target: Labels): void {
  for (const [label, value] of target) if (!map.has(label)) map.set(label, value)
}

/** Target labels win. What was exposed under the same name moves to `exported_…`, shorter names first. */
function moveConflicting(map: Map<string, string>, target: Labels): void {
  const conflicting: Label[] = []
  for (const [label, value] of target) {
    const exposed = map.get(label) ?? ''
    if (exposed !== '') conflicting.push([label, exposed])
    map.set(label, value)
  }
  conflicting.sort(([a], [b]) => a.length - b.length)
  for (const [label, value] of conflicting) {
    let name = label
    do name = `exported_${name}`
    while ((map.get(name) ?? '') !== '')
    map.set(name, value)
  }
}

function limitProblem(labels: Labels, name: string, limits: MergeRules['limits']): SeriesProblem | undefined {
  const { names, values } = labels
  if (names.length > limits.labels) {
    return problem(`${shorten(name)} has ${names.length} labels, the limit is ${limits.labels}`, true)
  }
  for (let i = 0; i < names.length; i++) {
    if (longerThan(names[i], limits.labelNameBytes)) {
      return problem(`${shorten(name)} has a label name of more than ${limits.labelNameBytes} bytes`, true)
    }
    if (longerThan(values[i], limits.labelValueBytes)) {
      const label = shorten(names[i])
      return problem(`the label ${label} of ${shorten(name)} is longer than ${limits.labelValueBytes} bytes`, true)
    }
  }
  return undefined
}

const problem = (reason: string, limit = false): SeriesProblem => ({ reason, limit })

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

/** In UTF-8, measured only when it matters. */
function longerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true
  return text.length * 3 > bytes && Buffer.byteLength(text) > bytes
}
