import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLogfmt } from './parse-logfmt.ts'
import { problemsOf, runStages } from './run-stages.ts'

const pairs = (text: string): [boolean, string[]] => {
  const found: string[] = []
  return [parseLogfmt(text, (key, value) => found.push(`${key}=${value}`)), found]
}

describe('logfmt', () => {
  test.each<[string, boolean, string[]]>([
    ['a=1 b=two', true, ['a=1', 'b=two']],
    ['a="x y" b="q\\"q" c="\\u00e4\\n"', true, ['a=x y', 'b=q"q', 'c=ä\n']],
    ['flag a= b=""', true, ['flag=', 'a=', 'b=']],
    ['  spaced \t a=1  ', true, ['spaced=', 'a=1']],
    ['a=1 b=x=y c=3', false, ['a=1']],
    ['a=1 "b"=2', false, ['a=1']],
    ['a=1 b="open', false, ['a=1']],
    ['a="x"y', false, []],
    ['=1', false, []],
    ['', true, []],
    ['a=1\nb=2', true, ['a=1', 'b=2']],
    ['ключ=знач', true, ['ключ=знач']],
  ])('%s', (text, whole, expected) => expect(pairs(text)).toEqual([whole, expected]))

  test('never loops or throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '=', '"', ' ', '\\', '\n', 'é') }),
        (text) => void pairs(text),
      ),
    )
  })

  test('reads back what it would write', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()), { maxLength: 5 }), (wanted) => {
        const text = wanted.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(' ')
        expect(pairs(text)).toEqual([true, wanted.map(([key, value]) => `${key}=${value}`)])
      }),
    )
  })
})

describe('stage.logfmt', () => {
  test.each<[Record<string, unknown>, Record<string, string>]>([
    [{ mapping: { level: '', msg: 'message' } }, { level: 'warn', msg: 'hi there' }],
    [{ mapping: { one: 'level', two: 'level' } }, { one: 'warn', two: 'warn' }],
    [{ regex: '^(n|level)$' }, { level: 'warn', n: '1' }],
    [{ mapping: { nope: '' } }, {}],
  ])('%j', (args, expected) =>
    expect(runStages([['logfmt', args]], 'level=warn message="hi there" n=1').out[0].extracted).toEqual(expected),
  )

  test('parses an extracted value further', () => {
    const stages = [
      ['logfmt', { mapping: { extra: '' } }],
      ['logfmt', { mapping: { username: 'user' }, source: 'extra' }],
    ] as const
    expect(runStages(stages, 'a=1 extra="user=bob x=y"').out[0].extracted).toMatchObject({ username: 'bob' })
  })

  test('refuses to do nothing', () => expect(problemsOf([['logfmt']])[0]).toContain('set mapping, regex or both'))
})
