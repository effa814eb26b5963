import { describe, expect, test } from 'vitest'
import { Labels } from '../labels.ts'
import { matchesLabels, parseLogSelector } from './log-selector.ts'

const matches = (selector: string, labels: Record<string, string>): boolean => {
  const parsed = parseLogSelector(selector)
  if (parsed.selector === undefined) throw new Error(parsed.error)
  return matchesLabels(parsed.selector.matchers, Labels.from(labels))
}

describe('label matchers', () => {
  test.each([
    ['{app="web"}', { app: 'web' }, true],
    ['{app="web"}', { app: 'webx' }, false],
    ['{app!="web"}', { app: 'db' }, true],
    ['{app!="web"}', {}, true],
    ['{app=""}', {}, true],
    ['{level=~"ERROR|WARN"}', { level: 'WARN' }, true],
    ['{level=~"ERROR|WARN"}', { level: 'WARNING' }, false],
    ['{level=~".+"}', {}, false],
    ['{text=~"a.b"}', { text: 'a\nb' }, true],
    ['{level!~"ERROR|WARN"}', { level: 'INFO' }, true],
    ['{a="1",b="2",}', { a: '1', b: '2' }, true],
    ['{a="1",b="2"}', { a: '1' }, false],
    ['{a=`x\\y`}', { a: 'x\\y' }, true],
    ['{a="q\\"\\x41\\u00e4\\101\\n"}', { a: 'q"AäA\n' }, true],
  ])('%s on %j is %s', (selector, labels, expected) => expect(matches(selector, labels)).toBe(expected))
})

test('reads line filters with their spaces and comments', () => {
  const { selector } = parseLogSelector('{a="1"} |= "x" != `y`\n# why\n|~ "z+" !~"w"')
  expect(selector?.filters.map(({ op, text, regex }) => [op, text, regex !== undefined])).toEqual([
    ['|=', 'x', false],
    ['!=', 'y', false],
    ['|~', 'z+', true],
    ['!~', 'w', true],
  ])
})

test.each([
  ['', 'expected "{"'],
  ['{}', 'at least one label matcher'],
  ['{a}', 'expected =, !=, =~ or !~'],
  ['{a="1" b="2"}', 'expected "," or "}"'],
  ["{a='1'}", 'double quotes or backticks'],
  ['{a="1}', 'not closed'],
  ['{a="\\q"}', 'unknown escape'],
  ['{a=~"("}', 'not valid RE2'],
  ['{a="1"} | json', 'parsers and label filters are not supported'],
  ['{a="1"} foo', 'expected a line filter'],
  ['{1a="1"}', 'expected a label name'],
])('refuses %s', (selector, reason) => expect(parseLogSelector(selector).error).toContain(reason))
