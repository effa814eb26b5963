import { expect, test } from 'vitest'
import type { RelabelRule } from '../relabel-rule.ts'
import { relabelRule } from '../../testing/relabel-rule.ts'
import { checkRelabelRules } from './check-rules.ts'

const good: Partial<RelabelRule>[] = [
  { target_label: 'a' },
  { target_label: '${1}_x$2' },
  { action: 'keep', source_labels: ['a'], regex: 'x' },
  { action: 'drop' },
  { action: 'keepequal', source_labels: ['a'], target_label: 'b' },
  { action: 'hashmod', source_labels: ['a'], target_label: 'b', modulus: 8 },
  { action: 'labelmap', regex: '__meta_(.+)' },
  { action: 'labelmap', regex: '__meta_(.+)', replacement: 'x_$1' },
  { action: 'labeldrop', regex: 'a' },
  { action: 'lowercase', source_labels: ['a'], target_label: 'a' },
]

test.each(good)('%j is fine', (rule) => {
  expect(checkRelabelRules([relabelRule(rule)])).toEqual([])
})

const bad: [Partial<RelabelRule>, keyof RelabelRule, string][] = [
  [{}, 'target_label', 'replace needs a target_label'],
  [{ target_label: '1a' }, 'target_label', 'is not a label name'],
  [{ target_label: 'a.b' }, 'target_label', 'is not a label name'],
  [{ target_label: '1$2' }, 'target_label', 'does not make a label name'],
  [{ target_label: 'a', regex: '(' }, 'regex', 'not valid RE2'],
  [{ action: 'hashmod', target_label: 'a' }, 'modulus', 'needs a modulus'],
  [{ action: 'hashmod', target_label: '$1', modulus: 2 }, 'target_label', 'is not a label name'],
  [{ action: 'uppercase' }, 'target_label', 'uppercase needs a target_label'],
  [{ action: 'uppercase', target_label: 'a', replacement: 'x' }, 'replacement', 'has no meaning'],
  [{ action: 'keepequal', target_label: 'a', regex: 'x' }, 'regex', 'takes only source_labels and target_label'],
  [{ action: 'dropequal', target_label: 'a', separator: ',' }, 'separator', 'takes only source_labels'],
  [{ action: 'labelmap', replacement: '-' }, 'replacement', 'does not make a label name'],
  [{ action: 'labeldrop', source_labels: ['a'] }, 'source_labels', 'takes only regex'],
  [{ action: 'labelkeep', target_label: 'a' }, 'target_label', 'takes only regex'],
  [{ action: 'labelkeep', replacement: 'a' }, 'replacement', 'takes only regex'],
]

test.each(bad)('%j is refused at %s', (rule, argument, message) => {
  const problems = checkRelabelRules([relabelRule({ target_label: 'a' }), relabelRule(rule)])
  expect(problems).toEqual([{ path: ['rule', 1, argument], message: expect.stringContaining(message) as string }])
})
