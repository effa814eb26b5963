import { relabelActions } from '../signal/relabel-rule.ts'
import { choice, integer, list, regex, string } from './field.ts'

/** The `rule` block of relabel components, equally `write_relabel_config`. */
export const relabelRuleFields = {
  action: choice(relabelActions, 'What to do on a match.', { default: 'replace' }),
  source_labels: list(string(''), 'Labels whose values are joined and matched.'),
  separator: string('What joins the source label values.', { default: ';' }),
  regex: regex('RE2 expression that has to match the whole joined value.', { default: '(.*)' }),
  modulus: integer('Divisor of the hash, for hashmod.', { default: 0, min: 0 }),
  target_label: string('Label that receives the result.', { default: '' }),
  replacement: string('The result; `$1` stands for the first group.', { default: '$1' }),
}
