import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { compileTemplate } from './template.ts'
import type { TemplateRuntime } from './template-function.ts'

const runtime: TemplateRuntime = { hash: (algorithm, text) => createHash(algorithm).update(text).digest('hex') }
const data = new Map([
  ['Value', 'Hello World'],
  ['level', 'warn'],
  ['n', '7'],
  ['empty', ''],
  ['csv', 'a,b,c'],
  ['json', '{"k":[1,2.5],"<":true}'],
  ['Entry', 'the line'],
])

const render = (text: string): string | undefined => {
  const { template, error } = compileTemplate(text)
  return template === undefined ? `error: ${error}` : template.execute(data, runtime)
}

describe('syntax', () => {
  test.each([
    ['plain', 'plain'],
    ['{{ .Value }}', 'Hello World'],
    ['{{.level}}-{{ .Entry }}', 'warn-the line'],
    ['a {{- .level -}} b', 'awarnb'],
    ['a {{/* hidden */}} b', 'a  b'],
    ['a {{- /* hidden */ -}} b', 'ab'],
    ['{{ .missing }}', '<no value>'],
    ['{{ .missing.deeper }}', '<no value>'],
    ['{{ "q\\"x" }}{{ `raw\\n` }}', 'q"xraw\\n'],
    ["{{ 1 }} {{ 1.50 }} {{ -2 }} {{ true }} {{ 'a' }}", '1 1.5 -2 true 97'],
    ['{{ if .level }}y{{ else }}n{{ end }}', 'y'],
    ['{{ if .empty }}y{{ else if eq .level "warn" }}w{{ else }}n{{ end }}', 'w'],
    ['{{ with .level }}<{{ . }}>{{ else }}none{{ end }}', '<warn>'],
    ['{{ with .empty }}<{{ . }}>{{ else }}none{{ end }}', 'none'],
    ['{{ range splitList "," .csv }}[{{ . }}]{{ end }}', '[a][b][c]'],
    ['{{ range $i, $e := splitList "," .csv }}{{ $i }}={{ $e }};{{ end }}', '0=a;1=b;2=c;'],
    ['{{ range $k, $v := dict "b" 2 "a" 1 }}{{ $k }}{{ $v }}{{ end }}', 'a1b2'],
    ['{{ range list }}x{{ else }}empty{{ end }}', 'empty'],
    ['{{ range 3 }}{{ . }}{{ end }}', '012'],
    [
      '{{ range until 5 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}',
      '02',
    ],
    ['{{ $x := .level }}{{ $x }}{{ $x = "e" }}{{ $x }}', 'warne'],
    ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ end }}{{ $x }}', '2'],
    ['{{ if $l := .level }}{{ $l }}{{ end }}', 'warn'],
    ['{{ range list 1 2 }}{{ $.level }}{{ end }}', 'warnwarn'],
    ['{{ (splitList "," .csv | first) | upper }}', 'A'],
    ['{{ (dict "a" (dict "b" "deep")).a.b }}', 'deep'],
    ['{{ .level | ToUpper | printf "%s!" }}', 'WARN!'],
    ['{{ not .empty }} {{ and .level "x" }} {{ or .empty "d" }} {{ and .empty (fail "not run") }}', 'true x d '],
  ])('%s', (text, expected) => expect(render(text)).toBe(expected))
})

describe('functions', () => {
  test.each([
    ['{{ ToLower .Value }}{{ ToUpper "straße" }}', 'hello worldSTRAßE'],
    [
      '{{ Replace .Value "l" "L" 2 }}|{{ Replace .Value "l" "" -1 }}|{{ Replace "ab" "" "-" -1 }}|{{ Replace "ab" "" "-" 2 }}',
      'HeLLo World|Heo Word|-a-b-|-a-b',
    ],
    ['{{ Replace "aXbXc" "X" "-" 1 }}|{{ Replace "aXb" "X" "-" 0 }}', 'a-bXc|aXb'],
    ['{{ Trim "xxaxx" "x" }}{{ TrimLeft "xya" "yx" }}{{ TrimRight "axy" "yx" }}', 'aaa'],
    ['{{ TrimPrefix "foobar" "foo" }}{{ TrimSuffix "foobar" "bar" }}{{ TrimSpace " \\t x \\n" }}', 'barfoox'],
    ['{{ Hash "salt" .Value }}', createHash('sha3-256').update('saltHello World').digest('hex')],
    ['{{ Sha2Hash "salt" .Value }}', createHash('sha256').update('saltHello World').digest('hex')],
    ['{{ regexReplaceAll "(H)ello" .Value "${1}i" }}', 'Hi World'],
    ['{{ regexReplaceAllLiteral "(H)ello" .Value "${1}" }}', '${1} World'],
    [
      '{{ regexMatch "^\\\\d$" .n }} {{ regexFind "W.*" .Value }} {{ regexFindAll "o" .Value 1 }} {{ regexSplit "[, ]" "a,b c" -1 }}',
      'true World [o] [a b c]',
    ],
    [
      '{{ upper "a" }}{{ title "two words" }}{{ untitle "Two Words" }}{{ trunc 3 "abcdef" }}{{ trunc -2 "abcdef" }}',
      'ATwo Wordstwo wordsabcef',
    ],
    ['{{ substr 1 3 "abcdef" }}{{ nospace "a b" }}{{ repeat 2 "ab" }}{{ abbrev 5 "abcdefgh" }}', 'bcabababab...'],
    ['{{ contains "lo" .Value }} {{ hasPrefix "He" .Value }} {{ hasSuffix "x" .Value }}', 'true true false'],
    ['{{ quote .level 1 }} {{ squote .level }} {{ cat "a" 1 true }}', '"warn" "1" \'warn\' a 1 true'],
    ['{{ indent 2 "a\\nb" }}|{{ replace "a" "b" "aa" }}|{{ plural "one" "many" 2 }}', '  a\n  b|bb|many'],
    ['{{ b64enc "hä" }} {{ b64dec "aMOk" }} {{ sha1sum "a" }}', 'aMOk hä 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    [
      '{{ default "d" .missing }} {{ default "d" .level }} {{ empty .empty }} {{ coalesce .empty .missing "c" }} {{ ternary "y" "n" (eq .n "7") }}',
      'd warn true c y',
    ],
    [
      '{{ add 1 2 "3" }} {{ sub 5 2 }} {{ mul 2 3 4 }} {{ div 7 2 }} {{ mod 7 2 }} {{ max 1 3 2 }} {{ min 2 1 }} {{ add1 .n }}',
      '6 3 24 3 1 3 1 8',
    ],
    [
      '{{ floor 1.7 }} {{ ceil 1.2 }} {{ round 1.256 2 }} {{ float64 "1.5" }} {{ int "12" }} {{ atoi "x" }}',
      '1 2 1.26 1.5 12 0',
    ],
    [
      '{{ join "-" (list 1 "b" true) }} {{ (split "," .csv)._1 }} {{ (splitn "," 2 .csv)._1 }} {{ last (list 1 2) }} {{ rest (list 1 2 3) }}',
      '1-b-true b b,c 2 [2 3]',
    ],
    [
      '{{ uniq (list 1 1 2) }} {{ without (list 1 2) 1 }} {{ has 2 (list 1 2) }} {{ reverse (list 1 2) }} {{ sortAlpha (list "b" "a") }}',
      '[1 2] [2] true [2 1] [a b]',
    ],
    [
      '{{ toJson (dict "a" (list 1 "<")) }} {{ toRawJson "<" }} {{ (fromJson .json).k }} {{ index (fromJson .json) "<" }}',
      '{"a":[1,"\\u003c"]} "<" [1 2.5] true',
    ],
    [
      '{{ get (dict "a" 1) "a" }} {{ hasKey (dict "a" 1) "b" }} {{ keys (dict "a" 1) }} {{ pick (dict "a" 1 "b" 2) "b" }}',
      '1 false [a] map[b:2]',
    ],
    [
      '{{ len "hä" }} {{ len (list 1 2) }} {{ index (list "a" "b") 1 }} {{ slice "abcdef" 1 3 }} {{ index . "level" }}',
      '3 2 b bc warn',
    ],
    [
      '{{ eq 1 1 }} {{ eq .level "a" "warn" }} {{ ne 1 2 }} {{ lt "a" "b" }} {{ ge 2 2 }} {{ eq .missing "x" }} {{ gt 1.5 0.5 }}',
      'true true true true true false true',
    ],
    [
      '{{ print 1 2 "a" 3 }} {{ println "x" 1 }}{{ html "<a>" }} {{ urlquery "a b&c" }}',
      '1 2a3 x 1\n&lt;a&gt; a+b%26c',
    ],
  ])('%s', (text, expected) => expect(render(text)).toBe(expected))
})

describe('printf', () => {
  test.each([
    ['"%s|%5s|%-5s|%q|%v" .level "a" "b" "q\\"" 1', 'warn|    a|b    |"q\\""|1'],
    ['"%d|%05d|%+d|%x|%X|%o|%b|%c" 42 42 42 255 255 8 5 65', '42|00042|+42|ff|FF|10|101|A'],
    [
      '"%f|%.2f|%8.3f|%e|%g|%.3g" 1.5 2.345 3.14159 12345.678 0.00001 1234.5',
      '1.500000|2.35|   3.142|1.234568e+04|1e-05|1.23e+03',
    ],
    ['"%t %T %% %x" true 1 "hi"', 'true int % 6869'],
    ['"%d" "hi"', '%!d(string=hi)'],
    ['"%s" 1', '%!s(int=1)'],
    ['"%s %s" "a"', 'a %!s(MISSING)'],
    ['"%s" "a" 2', 'a%!(EXTRA int=2)'],
    ['"%.2s|%05s" "abc" "x"', 'ab|0000x'],
  ])('printf %s', (args, expected) => expect(render(`{{ printf ${args} }}`)).toBe(expected))
})

describe('values that do not fit stop the template', () => {
  test.each([
    '{{ ToUpper .missing }}',
    '{{ ToUpper 1 }}',
    '{{ .level.x }}',
    '{{ index (list) 1 }}',
    '{{ eq 1 "1" }}',
    '{{ lt 1 "a" }}',
    '{{ fail "no" }}',
    '{{ div 1 0 }}',
    '{{ len 1 }}',
    '{{ range .level }}{{ end }}',
    '{{ repeat 99999999 "x" }}',
    '{{ $x := "xx" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}',
    '{{ $x := list 1 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}',
    '{{ range until 9000 }}{{ range until 9000 }}{{ end }}{{ end }}',
  ])('%s', (text) => expect(render(text)).toBeUndefined())
})

describe('mistakes are found when the template is parsed', () => {
  test.each([
    ['{{ .a', 'not closed'],
    ['{{ if .a }}', 'has no {{end}}'],
    ['{{ end }}', 'unexpected {{end}}'],
    ['{{ nope .a }}', 'the function nope is not supported'],
    ['{{ snakecase .a }}', 'the function snakecase is not supported'],
    ['{{ template "x" }}', '{{template}} is not supported'],
    ['{{ define "x" }}{{ end }}', '{{define}} is not supported'],
    ['{{ $x }}', 'the variable $x is not defined'],
    ['{{ $x = 1 }}', 'the variable $x is not defined'],
    ['{{ if true }}{{ $y := 1 }}{{ end }}{{ $y }}', 'the variable $y is not defined'],
    ['{{ ToUpper }}', 'ToUpper takes 1 argument(s), not 0'],
    ['{{ .a | Replace "x" }}', 'Replace takes 4 argument(s), not 2'],
    ['{{ .a .b }}', 'only a function can be given arguments'],
    ['{{ 1 | 2 }}', 'only a function can stand behind'],
    ['{{ break }}', 'outside of {{range}}'],
    ['{{ regexMatch "(" .a }}', 'not valid RE2'],
    ['{{ .a-b }}', 'unexpected'],
    ['{{ "x }}', 'not closed'],
    ['{{ }}', 'a value is missing'],
    ['{{ (1 }}', 'is not closed'],
    ['line\n{{ nope }}', '(line 2)'],
  ])('%s', (text, reason) => expect(render(text)).toContain(reason))
})
