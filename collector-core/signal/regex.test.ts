import { describe, expect, test } from 'vitest'
import { checkedRegex, compileRegex, expandTemplate, longestPattern } from './regex.ts'

const anchored = { anchored: true }
const unanchored = { anchored: false }

describe('compileRegex', () => {
  test('says in a sentence what is wrong', () => {
    expect(compileRegex('a(', anchored).error).toBe('the regular expression is not valid RE2: missing closing ): `a(`')
    expect(compileRegex('(?=a)', unanchored).error).toContain('invalid or unsupported Perl syntax')
    expect(compileRegex('x{1001}', unanchored).error).toContain('invalid repeat count')
    expect(compileRegex('a'.repeat(longestPattern + 1), anchored).error).toContain('longer than')
    expect(() => checkedRegex('a(', anchored)).toThrow('missing closing')
  })

  test('gives the same object for the same text and mode', () => {
    expect(compileRegex('x+', anchored).regex).toBe(compileRegex('x+', anchored).regex)
    expect(compileRegex('x+', anchored).regex).not.toBe(compileRegex('x+', unanchored).regex)
  })

  test('stays linear where backtracking engines explode', () => {
    const started = performance.now()
    expect(checkedRegex('(a+)+$', anchored).test(`${'a'.repeat(5000)}b`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('anchored patterns', () => {
  test.each([
    ['foo', 'foo', true],
    ['foo', 'foobar', false],
    ['foo|foobar', 'foobar', true],
    ['.*', 'a\nb', true],
    ['', '', true],
    ['', 'x', false],
    ['(?i)FOO', 'foo', true],
    ['.', '😀', true],
  ])('%j against %j: %j', (text, input, expected) => {
    expect(checkedRegex(text, anchored).test(input)).toBe(expected)
    expect(checkedRegex(text, anchored).exec(input) !== undefined).toBe(expected)
  })
})

describe('unanchored patterns', () => {
  test('finds groups by number and name, from an offset, in text and bytes', () => {
    const regex = checkedRegex('(?P<level>[A-Z]+)(:)?', unanchored)
    expect(regex.groupNames).toEqual(['', 'level', ''])
    expect(regex.groupCount).toBe(2)
    const match = regex.exec('x ERROR y')!
    expect([match.starts[0], match.ends[0], match.groups[2], match.starts[2]]).toEqual([2, 7, undefined, -1])
    expect(match.named('level')).toBe('ERROR')
    expect(match.named('toString')).toBeUndefined()
    expect(regex.exec('AB CD', 2)!.groups[0]).toBe('CD')
    expect(regex.test(new TextEncoder().encode('é WARN'))).toBe(true)
    expect(checkedRegex('a.b', unanchored).test('a\nb')).toBe(false)
  })

  test.each([
    ['a*', 'baaac', 'x', 'xbxcx'],
    ['b', 'abcb', '', 'ac'],
    ['(\\w)(\\w)', 'abcd', '$2$1', 'badc'],
    ['', 'ab', '-', '-a-b-'],
    ['', '😀', '-', '-😀-'],
    ['^a', 'aa', 'x', 'xa'],
  ])('replaceAll(%j) in %j with %j gives %j as in Go', (text, input, template, expected) => {
    expect(checkedRegex(text, unanchored).replaceAll(input, template)).toBe(expected)
  })
})

describe('expandTemplate', () => {
  const match = checkedRegex('(?P<first>a)(b)?(c)', anchored).exec('ac')!
  test.each([
    ['$1-$3', 'a-c'],
    ['${1}x', 'ax'],
    ['$1x', ''],
    ['$first', 'a'],
    ['${first}_y', 'a_y'],
    ['$first_y', ''],
    ['$$1', '$1'],
    ['$2|$9|$nope', '||'],
    ['$0', 'ac'],
    ['$01', ''],
    ['$', '$'],
    ['$-', '$-'],
    ['${', '${'],
    ['${1', '${1'],
    ['${}', '${}'],
    ['${1-}', '${1-}'],
    ['plain', 'plain'],
  ])('%j gives %j', (template, expected) => {
    expect(expandTemplate(template, match)).toBe(expected)
  })
})
