// Prometheus relabelling: rules are compiled once, then applied to label sets.
import { isLegacyLabelName } from '../label-name.ts'
import type { Labels } from '../labels.ts'
import { Labels as LabelSet } from '../labels.ts'
import { checkedRegex, expandTemplate } from '../regex.ts'
import type { Regex } from '../regex.ts'
import type { RelabelRule } from '../relabel-rule.ts'
import { toLowerAsGo, toUpperAsGo } from './case-fold.ts'
import { hashModulo } from './md5.ts'

/** Answers the relabelled set (the same object when nothing changed), or undefined when it is dropped or left empty. */
export type Relabel = (labels: Labels) => Labels | undefined

/** What one rule made of a label set; `result` is undefined for the rule that dropped it, after which no step follows. */
export interface RelabelStep {
  readonly rule: RelabelRule
  readonly result: Labels | undefined
  readonly changed: boolean
}

/** Compiles checked rules; throws on rules that `checkRelabelRules` or the `regex` shape would refuse. */
export function compileRelabel(rules: readonly RelabelRule[]): Relabel {
  if (rules.length === 0) return (labels) => (labels.size === 0 ? undefined : labels)
  const steps = rules.map(compileRule)
  return (labels) => {
    const draft = new LabelDraft(labels)
    for (const step of steps) if (!step(draft)) return undefined
    const result = draft.finish()
    return result.size === 0 ? undefined : result
  }
}

/** Shows, rule by rule, what becomes of a label set. */
export function relabelSteps(rules: readonly RelabelRule[]): (labels: Labels) => readonly RelabelStep[] {
  const compiled = rules.map((rule) => ({ rule, apply: compileRule(rule) }))
  return (labels) => {
    const steps: RelabelStep[] = []
    let current = labels
    for (const { rule, apply } of compiled) {
      const draft = new LabelDraft(current)
      const kept = apply(draft)
      const result = draft.finish()
      steps.push({ rule, result: kept ? result : undefined, changed: !kept || !result.equals(current) })
      if (!kept) break
      current = result
    }
    return steps
  }
}

/** A label set under change; copies on the first write. */
class LabelDraft {
  private readonly original: Labels
  private map: Map<string, string> | undefined

  constructor(original: Labels) {
    this.original = original
  }

  get(name: string): string {
    return this.map === undefined ? this.original.get(name) : (this.map.get(name) ?? '')
  }

  set(name: string, value: string): void {
    if (this.get(name) === value) return
    this.map ??= this.original.toMap()
    if (value === '') this.map.delete(name)
    else this.map.set(name, value)
  }

  names(): readonly string[] {
    return this.map === undefined ? this.original.names : [...this.map.keys()]
  }

  finish(): Labels {
    return this.map === undefined ? this.original : LabelSet.ofMap(this.map)
  }
}

/** Changes the draft; false drops it. */
type Step = (draft: LabelDraft) => boolean

function compileRule(rule: RelabelRule): Step {
  const { target_label: target, replacement } = rule
  const joined = joiner(rule)
  switch (rule.action) {
    case 'keep': {
      const regex = regexOf(rule)
      return (draft) => regex.test(joined(draft))
    }
    case 'drop': {
      const regex = regexOf(rule)
      return (draft) => !regex.test(joined(draft))
    }
    case 'keepequal':
      return (draft) => draft.get(target) === joined(draft)
    case 'dropequal':
      return (draft) => draft.get(target) !== joined(draft)
    case 'replace':
      return replaceStep(rule, joined)
    case 'lowercase':
      return setStep(target, (draft) => toLowerAsGo(joined(draft)))
    case 'uppercase':
      return setStep(target, (draft) => toUpperAsGo(joined(draft)))
    case 'hashmod':
      return setStep(target, (draft) => String(hashModulo(joined(draft), rule.modulus)))
    case 'labelmap': {
      const regex = regexOf(rule)
      return (draft) => {
        const renamed = draft.names().map((name) => [nameAfter(regex, name, replacement), draft.get(name)] as const)
        for (const [name, value] of renamed) if (name !== '') draft.set(name, value)
        return true
      }
    }
    case 'labeldrop':
      return removeStep(regexOf(rule), true)
    case 'labelkeep':
      return removeStep(regexOf(rule), false)
  }
}

const regexOf = (rule: RelabelRule): Regex => checkedRegex(rule.regex, { anchored: true })

function joiner({ source_labels: sources, separator }: RelabelRule): (draft: LabelDraft) => string {
  if (sources.length === 0) return () => ''
  if (sources.length === 1) return (draft) => draft.get(sources[0])
  return (draft) => sources.map((name) => draft.get(name)).join(separator)
}

function setStep(target: string, value: (draft: LabelDraft) => string): Step {
  return (draft) => {
    draft.set(target, value(draft))
    return true
  }
}

function removeStep(regex: Regex, matching: boolean): Step {
  return (draft) => {
    for (const name of draft.names()) if (regex.test(name) === matching) draft.set(name, '')
    return true
  }
}

function replaceStep(rule: RelabelRule, joined: (draft: LabelDraft) => string): Step {
  const { target_label: target, replacement } = rule
  const literalTarget = !target.includes('$')
  if (rule.regex === '(.*)' && literalTarget && isLegacyLabelName(target)) {
    if (replacement === '$1') return setStep(target, joined)
    if (!replacement.includes('$')) return setStep(target, () => replacement)
  }
  const regex = regexOf(rule)
  return (draft) => {
    const match = regex.exec(joined(draft))
    if (match === undefined) return true
    const name = expandTemplate(target, match)
    if (isLegacyLabelName(name)) draft.set(name, expandTemplate(replacement, match))
    return true
  }
}

function nameAfter(regex: Regex, name: string, replacement: string): string {
  const match = regex.exec(name)
  return match === undefined ? '' : expandTemplate(replacement, match)
}
