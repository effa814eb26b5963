import { expect, test } from 'vitest'
import { Labels } from '../../../../collector-core/signal/labels.ts'
import type { RelabelRule } from '../../../../collector-core/signal/relabel-rule.ts'
import { readLabelSets } from './label-sets.ts'
import { traceRules } from './rule-trace.ts'

const rule = (given: Partial<RelabelRule>): RelabelRule => ({
  action: 'replace',
  source_labels: [],
  separator: ';',
  regex: '(.*)',
  modulus: 0,
  target_label: '',
  replacement: '$1',
  ...given,
})

test('each rule counts what it changed and dropped, and a set tells which rule dropped it', () => {
  const sets = [
    { job: 'a', env: 'dev' },
    { job: 'b', env: 'prod' },
    { job: '', env: 'prod' },
  ].map((set) => Labels.from(set))
  const { hits, traces } = traceRules(
    [
      rule({ action: 'drop', source_labels: ['env'], regex: 'dev' }),
      rule({ source_labels: ['job'], target_label: 'service' }),
    ],
    sets,
  )
  expect(hits.map(({ changed, dropped }) => [changed, dropped])).toEqual([
    [0, 1],
    [1, 0],
  ])
  expect(traces.map(({ droppedBy }) => droppedBy)).toEqual([0, undefined, undefined])
  expect([...traces[1].after!]).toEqual([...Labels.from({ env: 'prod', job: 'b', service: 'b' })])
})

test('without rules everything passes', () => {
  const { traces } = traceRules([], [Labels.from({ a: 'b' })])
  expect(traces[0].after?.get('a')).toBe('b')
})

test.each([
  ['up{job="a", instance="x:1"} 1', { __name__: 'up', job: 'a', instance: 'x:1' }],
  ['{job="a"}', { job: 'a' }],
  ['up 1', { __name__: 'up' }],
  ['{"job": "a", "b.c": "d\\"e"}', { job: 'a', 'b.c': 'd"e' }],
  ['{}', {}],
])('the label set %s is read', (line, expected) => {
  const { sets, broken } = readLabelSets(`# comment\n\n${line}\n`)
  expect(broken).toBeUndefined()
  expect(Object.fromEntries(sets[0])).toEqual(expected)
})

test('a line that is no label set is told', () => {
  expect(readLabelSets('{a="b"}\n{a=b}\n').broken).toBe('{a=b}')
})
