import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Labels } from '../labels.ts'
import type { RelabelRule } from '../relabel-rule.ts'
import { relabelRule as rule } from '../../testing/relabel-rule.ts'
import { toLowerAsGo, toUpperAsGo } from './case-fold.ts'
import { hashModulo } from './md5.ts'
import { compileRelabel, relabelSteps } from './relabel.ts'

type Plain = Record<string, string>
const run = (labels: Plain, ...rules: Partial<RelabelRule>[]): Plain | undefined =>
  compileRelabel(rules.map(rule))(Labels.from(labels))?.toJSON()

const base = { __name__: 'up', a: 'foo', b: 'bar', c: 'baz' }

describe('every action', () => {
  const cases: [string, Plain, Partial<RelabelRule>[], Plain | undefined][] = [
    [
      'replace with a group',
      base,
      [{ source_labels: ['a'], regex: 'f(.*)', target_label: 'd', replacement: 'ch${1}-ch$1' }],
      { ...base, d: 'choo-choo' },
    ],
    ['replace that does not match', base, [{ source_labels: ['a'], regex: 'x', target_label: 'd' }], base],
    ['replace is anchored', base, [{ source_labels: ['a'], regex: 'oo', target_label: 'd', replacement: 'x' }], base],
    [
      'replace joins with the separator',
      base,
      [{ source_labels: ['a', 'nope', 'b'], target_label: 'd' }],
      { ...base, d: 'foo;;bar' },
    ],
    [
      'replace with an own separator',
      base,
      [{ source_labels: ['a', 'b'], separator: '/', target_label: 'd' }],
      { ...base, d: 'foo/bar' },
    ],
    ['replace with a constant', base, [{ target_label: 'd', replacement: 'x' }], { ...base, d: 'x' }],
    [
      'replace with an empty constant deletes',
      base,
      [{ target_label: 'a', replacement: '' }],
      { __name__: 'up', b: 'bar', c: 'baz' },
    ],
    [
      'replace with an empty expansion deletes',
      base,
      [{ source_labels: ['a'], regex: '(f).*', target_label: 'a', replacement: '$2' }],
      { __name__: 'up', b: 'bar', c: 'baz' },
    ],
    [
      'replace without source matches only what the empty text matches',
      base,
      [{ regex: '.+', target_label: 'd', replacement: 'x' }],
      base,
    ],
    [
      'replace with a computed target',
      base,
      [{ source_labels: ['a'], regex: '(fo)(o)', target_label: '${1}_$2', replacement: '$$$2' }],
      { ...base, fo_o: '$o' },
    ],
    [
      'replace whose computed target is not a name',
      base,
      [{ source_labels: ['a'], regex: '(f).*', target_label: '$2', replacement: 'x' }],
      base,
    ],
    [
      'replace: the dot matches newlines',
      { a: 'x\ny' },
      [{ source_labels: ['a'], regex: 'x(.*)y', target_label: 'd', replacement: '[$1]' }],
      { a: 'x\ny', d: '[\n]' },
    ],
    [
      'replace with a named group',
      base,
      [{ source_labels: ['a'], regex: '(?P<rest>f.*)', target_label: 'd', replacement: '$rest!' }],
      { ...base, d: 'foo!' },
    ],
    [
      'replace: $1x is a group named 1x',
      base,
      [{ source_labels: ['a'], regex: '(f).*', target_label: 'd', replacement: '$1x-' }],
      { ...base, d: '-' },
    ],
    ['keep that matches', base, [{ action: 'keep', source_labels: ['a'], regex: 'foo' }], base],
    ['keep that does not', base, [{ action: 'keep', source_labels: ['a'], regex: 'fo' }], undefined],
    ['keep on an absent label', base, [{ action: 'keep', source_labels: ['z'], regex: '' }], base],
    ['drop that matches', base, [{ action: 'drop', source_labels: ['a'], regex: 'f.o' }], undefined],
    ['drop that does not', base, [{ action: 'drop', source_labels: ['a'], regex: 'f' }], base],
    [
      'keepequal',
      { a: 'x', b: 'x' },
      [{ action: 'keepequal', source_labels: ['a'], target_label: 'b' }],
      { a: 'x', b: 'x' },
    ],
    ['keepequal, unequal', base, [{ action: 'keepequal', source_labels: ['a'], target_label: 'b' }], undefined],
    ['dropequal', { a: 'x', b: 'x' }, [{ action: 'dropequal', source_labels: ['a'], target_label: 'b' }], undefined],
    ['dropequal, unequal', base, [{ action: 'dropequal', source_labels: ['a'], target_label: 'b' }], base],
    [
      'hashmod',
      base,
      [{ action: 'hashmod', source_labels: ['c'], target_label: 'd', modulus: 1000 }],
      { ...base, d: '976' },
    ],
    [
      'hashmod over a line break',
      { a: 'foo\nbar' },
      [{ action: 'hashmod', source_labels: ['a'], target_label: 'b', modulus: 1000 }],
      { a: 'foo\nbar', b: '734' },
    ],
    [
      'labelmap',
      { a: 'foo', b1: 'bar', b2: 'baz' },
      [{ action: 'labelmap', regex: '(b.*)', replacement: 'bar_${1}' }],
      { a: 'foo', b1: 'bar', b2: 'baz', bar_b1: 'bar', bar_b2: 'baz' },
    ],
    [
      'labelmap works on what was there before',
      { a1: 'x', a2: 'y' },
      [{ action: 'labelmap', regex: 'a(.)', replacement: 'aa$1' }],
      { a1: 'x', a2: 'y', aa1: 'x', aa2: 'y' },
    ],
    [
      'labelmap strips a prefix',
      { __meta_docker_name: 'web' },
      [{ action: 'labelmap', regex: '__meta_docker_(.+)' }],
      { __meta_docker_name: 'web', name: 'web' },
    ],
    ['labeldrop', base, [{ action: 'labeldrop', regex: 'a|b' }], { __name__: 'up', c: 'baz' }],
    ['labelkeep takes the name too', base, [{ action: 'labelkeep', regex: 'a' }], { a: 'foo' }],
    ['labelkeep of nothing drops', base, [{ action: 'labelkeep', regex: 'z' }], undefined],
    [
      'lowercase and uppercase',
      { a: 'MiXed' },
      [
        { action: 'lowercase', source_labels: ['a'], target_label: 'low' },
        { action: 'uppercase', source_labels: ['a'], target_label: 'up' },
      ],
      { a: 'MiXed', low: 'mixed', up: 'MIXED' },
    ],
    [
      'lowercase of nothing removes the target',
      { a: 'x', low: 'y' },
      [{ action: 'lowercase', source_labels: ['z'], target_label: 'low' }],
      { a: 'x' },
    ],
    [
      'rules run in order',
      base,
      [
        { source_labels: ['a'], target_label: 'b' },
        { source_labels: ['b'], target_label: 'c', replacement: '$1$1' },
      ],
      { ...base, b: 'foo', c: 'foofoo' },
    ],
    [
      'rules after a drop do not run',
      base,
      [
        { action: 'drop', source_labels: ['a'], regex: 'foo' },
        { target_label: 'd', replacement: 'x' },
      ],
      undefined,
    ],
    ['an empty set is dropped', {}, [], undefined],
  ]
  test.each(cases)('%s', (_, labels, rules, expected) => {
    expect(run(labels, ...rules)).toEqual(expected)
  })
})

test('an unchanged set stays the same object', () => {
  const labels = Labels.from(base)
  const relabel = compileRelabel([rule({ source_labels: ['a'], target_label: 'a' }), rule({ action: 'keep' })])
  expect(relabel(labels)).toBe(labels)
})

test('the shortcuts of replace give what the general path gives', () => {
  const value = fc.constantFrom('', 'x', 'a\nb', 'ü', 'foo;bar')
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), value),
      fc.subarray(['a', 'b', 'c']),
      fc.constantFrom('$1', 'const', '', '${1}', '$$'),
      (labels, sources, replacement) => {
        const shared = { source_labels: sources, target_label: 'c', replacement }
        // The same expression, written so that no shortcut recognises it.
        expect(run(labels, shared)).toEqual(run(labels, { ...shared, regex: '((?:.*))' }))
      },
    ),
  )
})

test('hashModulo is the tail of MD5, whatever the length of the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 1, max: 2 ** 40 }),
      (text, modulus) => {
        const tail = createHash('md5').update(text).digest().readBigUInt64BE(8)
        expect(hashModulo(text, modulus)).toBe(Number(tail % BigInt(modulus)))
      },
    ),
  )
})

test('case folding maps one character to one character', () => {
  expect(toUpperAsGo('straße ŉ ᾳ ᾀ é')).toBe('STRAßE ŉ ᾼ ᾈ É')
  expect(toLowerAsGo('İSTANBUL ΟΔΟΣ É')).toBe('istanbul οδοσ é')
})

test('relabelSteps shows the set after each rule and ends at the drop', () => {
  const rules = [
    rule({ target_label: 'd', replacement: 'x' }),
    rule({ source_labels: ['a'], regex: 'no', target_label: 'e' }),
    rule({ action: 'drop', source_labels: ['d'], regex: 'x' }),
    rule({ target_label: 'f', replacement: 'never' }),
  ]
  const steps = relabelSteps(rules)(Labels.from({ a: 'foo' }))
  expect(steps.map(({ result, changed }) => [result?.toJSON(), changed])).toEqual([
    [{ a: 'foo', d: 'x' }, true],
    [{ a: 'foo', d: 'x' }, false],
    [undefined, true],
  ])
})
