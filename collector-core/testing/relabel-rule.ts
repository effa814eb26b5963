import type { RelabelRule } from '../signal/relabel-rule.ts'

/** A relabelling rule with everything `changes` leaves out at its default. */
export function relabelRule(changes: Partial<RelabelRule>): RelabelRule {
  return {
    action: 'replace',
    source_labels: [],
    separator: ';',
    regex: '(.*)',
    modulus: 0,
    target_label: '',
    replacement: '$1',
    ...changes,
  }
}
