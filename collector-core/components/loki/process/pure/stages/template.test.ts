import { describe, expect, test } from 'vitest'
import { problemsOf, runStages } from './run-stages.ts'

describe('stage.template', () => {
  const json = ['json', { expressions: { level: '', n: '', gone: '' } }] as const
  test.each<[string, string, string | undefined]>([
    ['level', '{{ ToUpper .Value }}', 'WARN'],
    ['level', '{{ .level }}/{{ .n }}/{{ .app }}', 'warn/1.5/web'],
    ['fresh', '{{ .Value }}', '<no value>'],
    ['fresh', '{{ .Entry }}', '{"level":"warn","n":1.5,"gone":null}'],
    ['level', '', undefined],
    ['fresh', '{{ .gone }}', '<no value>'],
    ['level', '{{ ToUpper .nope }}', 'warn'],
    ['h', '{{ Hash "salt" .level }}', 'sha3-256:saltwarn'],
    ['k', '{{ range $k, $v := . }}{{ $k }} {{ end }}', 'Entry app level n '],
  ])('%s: %s', (source, template, expected) => {
    const { out } = runStages([json, ['template', { source, template }]], {
      line: '{"level":"warn","n":1.5,"gone":null}',
      labels: { app: 'web' },
    })
    expect(out[0].extracted[source]).toBe(expected)
  })

  test.each<[Record<string, unknown>, string]>([
    [{ source: 'a', template: '{{ .a' }, 'template: the template cannot be used'],
    [{ source: 'a', template: '{{ getHostByName "x" }}' }, 'the function getHostByName is not supported'],
    [{ source: '', template: 'x' }, 'source must not be empty'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['template', args]])[0]).toContain(reason))
})

describe('stage.replace', () => {
  const replace = (args: Record<string, unknown>, line: string) =>
    runStages([['replace', args]], { line, labels: { app: 'web' } }).out[0]
  test.each<[string, Record<string, unknown>, string, string]>([
    [
      'groups, not the whole match',
      { expression: 'password=(\\S+)', replace: '***' },
      'a password=x b password=y',
      'a password=*** b password=***',
    ],
    ['an empty template removes', { expression: 'secret (\\w+)' }, 'secret abc here', 'secret  here'],
    ['without groups nothing changes', { expression: 'abc', replace: 'x' }, 'abc', 'abc'],
    [
      'several groups',
      { expression: '(\\d+\\.\\d+) - (\\S+)', replace: '<{{ .Value }}>' },
      '1.2 - frank 3.4 - ann',
      '<1.2> - <frank> <3.4> - <ann>',
    ],
    ['nested groups count once', { expression: '(a(b)c)', replace: 'x' }, 'abc abc', 'x x'],
    [
      'template functions and other values',
      { expression: '(\\w+)!', replace: '{{ .Value | ToUpper }}-{{ .app }}' },
      'hi!',
      'HI-web!',
    ],
    ['an unmatched group is skipped', { expression: '(a)|(b)', replace: 'x' }, 'ba', 'xx'],
    ['no match', { expression: 'zzz(.)', replace: 'x' }, 'abc', 'abc'],
    ['a failing template changes nothing', { expression: '(a)', replace: '{{ fail "no" }}' }, 'abc', 'abc'],
  ])('%s', (_, args, line, expected) => expect(replace(args, line).line).toBe(expected))

  test('named groups are extracted with their new text', () => {
    expect(
      replace({ expression: 'user=(?P<user>\\w+) (?P<rest>.*)', replace: '[{{ .Value }}]' }, 'user=bob a b').extracted,
    ).toEqual({ app: 'web', user: '[bob]', rest: '[a b]' })
  })

  test('changes an extracted value', () => {
    const out = replace({ expression: '(w)', source: 'app', replace: 'W' }, 'line w')
    expect(out).toMatchObject({ line: 'line w', extracted: { app: 'Web' } })
  })

  test.each<[Record<string, unknown>, string]>([
    [{ expression: '' }, 'must not be empty'],
    [{ expression: 'x', replace: '{{ nope }}' }, 'replace: the template cannot be used'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['replace', args]])[0]).toContain(reason))
})
