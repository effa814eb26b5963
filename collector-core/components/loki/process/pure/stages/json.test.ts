import { describe, expect, test } from 'vitest'
import { problemsOf, runStages, StageRun } from './run-stages.ts'

const extracted = (args: Record<string, unknown>, line: string, labels = {}): Record<string, unknown> =>
  runStages([['json', args]], { line, labels }).out[0].extracted

describe('stage.json', () => {
  test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    [
      'keeps types',
      { expressions: { s: '', n: '', b: '', z: '' } },
      '{"s":"x","n":1.5,"b":false,"z":null}',
      { s: 'x', n: 1.5, b: false, z: null },
    ],
    ['a missing path is null', { expressions: { x: 'a.b' } }, '{}', { x: null }],
    [
      'objects and arrays become JSON',
      { expressions: { o: '', a: '' } },
      '{"o":{"k":"<"},"a":[1,"x"]}',
      { o: '{"k":"<"}', a: '[1,"x"]' },
    ],
    [
      'JMESPath',
      { expressions: { d: 'a.b[0].c', n: 'length(a.b)' } },
      '{"a":{"b":[{"c":"deep"}]}}',
      { d: 'deep', n: 1 },
    ],
    ['a function that does not fit stores nothing', { expressions: { n: 'abs(s)', s: '' } }, '{"s":"x"}', { s: 'x' }],
    ['regex copies top-level members', { regex: '^x_' }, '{"x_a":1,"x_b":{"k":2},"y":3}', { x_a: 1, x_b: '{"k":2}' }],
    ['an array is malformed', { expressions: { a: '' } }, '[1]', {}],
    ['a scalar is malformed', { expressions: { a: '' } }, '"x"', {}],
    ['not JSON at all', { expressions: { a: '' } }, 'a=1', {}],
  ])('%s', (_, args, line, expected) => expect(extracted(args, line)).toEqual(expected))

  test('reads a source, which a later stage may parse further', () => {
    const { out } = runStages(
      [
        ['json', { expressions: { inner: '' } }],
        ['json', { expressions: { k: '' }, source: 'inner' }],
        ['json', { expressions: { never: '' }, source: 'nope' }],
      ],
      '{"inner":"{\\"k\\":\\"v\\"}"}',
    )
    expect(out[0].extracted).toEqual({ inner: '{"k":"v"}', k: 'v' })
  })

  test('drops malformed lines only when told to', () => {
    const run = new StageRun([['json', { expressions: { a: '' }, drop_malformed: true }]]).send('nope', '[]', '{"a":1}')
    expect(run.lines).toEqual(['{"a":1}'])
    expect(run.drops).toEqual({ malformed_json: 2 })
  })

  test.each<[Record<string, unknown>, string]>([
    [{}, 'set expressions, regex or both'],
    [{ expressions: { a: 'b..c' } }, 'expressions.a: the JMESPath of "a" is not valid'],
    [{ expressions: { a: '' }, source: '' }, 'source must not be empty'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['json', args]])[0]).toContain(reason))
})

describe('stage.split_json', () => {
  const split = (line: string, args = {}): string[] => runStages([['split_json', args]], line).lines
  test.each([
    ['[1, "a, ]" ,{"k":[1,2]},null,[ ]]', ['1', '"a, ]"', '{"k":[1,2]}', 'null', '[ ]']],
    [' \n[ 1.50e3 ]', ['1.50e3']],
    ['["\\"]"]', ['"\\"]"']],
    ['{"a":1}', ['{"a":1}']],
    ['[1,', ['[1,']],
    ['plain', ['plain']],
    ['[]', []],
  ])('%s', (line, expected) => expect(split(line)).toEqual(expected))

  test('the elements share labels, time and extracted values, each on its own', () => {
    const { out } = runStages(
      [
        ['json', { expressions: { items: '', k: '' } }],
        ['split_json', { source: 'items' }],
        ['template', { source: 'k', template: '{{ .Value }}-{{ .Entry }}' }],
      ],
      { line: '{"items":["x","y"],"k":"v"}', labels: { a: '1' }, time: '1000000005' },
    )
    expect(out.map(({ line, labels, time, extracted }) => [line, labels, time, extracted.k])).toEqual([
      ['"x"', { a: '1' }, '1000000005', 'v-"x"'],
      ['"y"', { a: '1' }, '1000000005', 'v-"y"'],
    ])
  })
})
