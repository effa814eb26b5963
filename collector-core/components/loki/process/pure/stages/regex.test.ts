import { describe, expect, test } from 'vitest'
import { parseLinePattern } from './line-pattern.ts'
import { problemsOf, runStages } from './run-stages.ts'

describe('stage.regex', () => {
  const run = (args: Record<string, unknown>, line: string, labels = {}) =>
    runStages([['regex', args]], { line, labels }).out[0]
  test('stores the named groups of the first match, unmatched ones as empty text', () => {
    expect(run({ expression: '(?P<m>[A-Z]+) (\\S+)(?: (?P<s>\\d+))?' }, 'x GET /a PUT /b 200').extracted).toEqual({
      m: 'GET',
      s: '',
    })
  })
  test('no match changes nothing', () =>
    expect(run({ expression: 'level=(?P<l>\\w+)' }, 'nothing').extracted).toEqual({}))
  test('is not anchored and knows RE2 only', () => {
    expect(run({ expression: '(?P<d>\\d+)' }, 'ab12').extracted).toEqual({ d: '12' })
    expect(run({ expression: '(?i)LEVEL=(?P<l>\\w+)' }, 'level=Warn').extracted).toEqual({ l: 'Warn' })
  })
  test('sets labels from groups when told to', () => {
    const out = run({ expression: 'l=(?P<l>\\w+)', labels_from_groups: true }, 'l=warn', { a: '1', l: 'old' })
    expect(out).toMatchObject({ labels: { a: '1', l: 'warn' }, extracted: { l: 'warn' } })
  })
  test('searches a source', () =>
    expect(run({ expression: '^(?P<x>.)', source: 'a' }, 'line', { a: 'val' }).extracted).toMatchObject({ x: 'v' }))
  test('offsets count characters, not bytes', () =>
    expect(run({ expression: '💩(?P<x>é+)' }, 'ä💩éé').extracted).toEqual({ x: 'éé' }))
  test.each([
    [{ expression: '' }, 'must not be empty'],
    [{ expression: 'x', source: '' }, 'source must not be empty'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['regex', args]])[0]).toContain(reason))
})

describe('stage.pattern', () => {
  test.each<[string, string, string[]]>([
    [
      '<ip> - <user> [<_>] "<method> <path> <_>" <status>',
      '1.2.3.4 - bob [now] "GET /x HTTP/1.1" 200',
      ['1.2.3.4', 'bob', 'GET', '/x', '200'],
    ],
    ['level=<level> <_>', 'level=warn msg=x', ['warn']],
    ['level=<level>', 'x level=warn', []],
    ['<_>level=<level>', 'x level=warn', ['warn']],
    ['<a> <b> end', 'one two', ['one', 'two']],
    ['<a>,<b>,<c>', '1,2', ['1', '2']],
    ['<a>', '', []],
    ['x<a>y', 'x1y2', ['1']],
    ['a < b <v>', 'a < b 7', ['7']],
  ])('%s on %s', (pattern, line, expected) => expect(parseLinePattern(pattern).pattern?.match(line)).toEqual(expected))

  test('stores captures, and labels when told to', () => {
    const { out } = runStages([['pattern', { pattern: '<m> <p>', labels_from_groups: true }]], 'GET /x')
    expect(out[0]).toMatchObject({ extracted: { m: 'GET', p: '/x' }, labels: { m: 'GET', p: '/x' } })
  })

  test.each([
    ['no captures', 'has no named capture'],
    ['<_>', 'has no named capture'],
    ['<a><b>', 'follows another capture'],
    ['<a> <a>', 'occurs twice'],
  ])('refuses %s', (pattern, reason) => expect(problemsOf([['pattern', { pattern }]])[0]).toContain(reason))
})
