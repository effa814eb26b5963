import type { ArgumentProblem } from '../../schema/definition.ts'
import { checkedRegex, compileRegex } from '../regex.ts'
import type { RelabelAction, RelabelRule } from '../relabel-rule.ts'
import { isLegacyLabelName } from '../label-name.ts'

const needsTarget: readonly RelabelAction[] = ['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']
const fixedReplacement: readonly RelabelAction[] = ['lowercase', 'uppercase', 'keepequal', 'dropequal']
const nameTemplate = checkedRegex('(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+', { anchored: true })
const defaults = { separator: ';', regex: '(.*)', modulus: 0, replacement: '$1', target_label: '' }

/** The rules across the arguments of relabel rules; `path` leads to the list. */
export function checkRelabelRules(
  rules: readonly RelabelRule[],
  path: readonly (string | number)[] = ['rule'],
): ArgumentProblem[] {
  return rules.flatMap((rule, index) =>
    checkRule(rule).map(([name, message]) => ({ path: [...path, index, name], message })),
  )
}

type RuleProblem = readonly [argument: keyof RelabelRule, message: string]

function checkRule(rule: RelabelRule): RuleProblem[] {
  const { action, target_label: target, replacement } = rule
  const problems: RuleProblem[] = []
  const { error } = compileRegex(rule.regex, { anchored: true })
  if (error !== undefined) problems.push(['regex', error])
  if (action === 'hashmod' && rule.modulus === 0) problems.push(['modulus', 'hashmod needs a modulus above 0'])
  if (needsTarget.includes(action)) {
    const problem = targetProblem(action, target)
    if (problem !== undefined) problems.push(['target_label', problem])
  }
  if (fixedReplacement.includes(action) && replacement !== defaults.replacement) {
    problems.push(['replacement', `replacement has no meaning for ${action}; remove it`])
  }
  if (action === 'labelmap' && !nameTemplate.test(replacement)) {
    problems.push(['replacement', `"${replacement}" does not make a label name; use letters, digits, _ and $1`])
  }
  if (action === 'keepequal' || action === 'dropequal') {
    problems.push(...untouched(rule, ['regex', 'modulus', 'separator'], 'source_labels and target_label'))
  }
  if (action === 'labeldrop' || action === 'labelkeep') {
    if (rule.source_labels.length > 0) {
      problems.push(['source_labels', `${action} looks at label names and takes only regex; remove source_labels`])
    }
    problems.push(...untouched(rule, ['target_label', 'modulus', 'separator', 'replacement'], 'regex'))
  }
  return problems
}

function targetProblem(action: RelabelAction, target: string): string | undefined {
  if (target === '') return `${action} needs a target_label`
  if (action === 'replace' && target.includes('$')) {
    return nameTemplate.test(target) ? undefined : `"${target}" does not make a label name`
  }
  return isLegacyLabelName(target)
    ? undefined
    : `"${target}" is not a label name; use letters, digits and _, not starting with a digit`
}

function untouched(rule: RelabelRule, names: readonly (keyof typeof defaults)[], takes: string): RuleProblem[] {
  return names
    .filter((name) => rule[name] !== defaults[name])
    .map((name) => [name, `${rule.action} takes only ${takes}; remove ${name}`] as const)
}
