import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeExpositionError } from './exposition.ts'
import { plainExposition, seriesAsText } from './testing/plain-exposition.ts'
import { parseTextExposition } from './text-exposition.ts'
import type { TextFormat } from './text-exposition.ts'

const testdata = new URL('testdata/', import.meta.url)

function parse(text: string, format: TextFormat) {
  const result = parseTextExposition(Buffer.from(text, 'latin1'), format, seriesAsText)
  return result.ok ? plainExposition(result.exposition).samples : describeExpositionError(result.error)
}
const classic = (text: string) => parse(text, 'text')
const metrics = (text: string) => parse(`${text}\n# EOF\n`, 'openmetrics')
const one = (series: string, value: number, timestamp?: number) => [{ series, value, timestamp }]

describe('golden expositions', () => {
  const files = readdirSync(testdata).filter((name) => !name.endsWith('.json'))
  it.each(files)('%s', (name) => {
    const metadata: string[] = []
    const result = parseTextExposition(readFileSync(new URL(name, testdata)), name.split('.')[1] as TextFormat, {
      ...seriesAsText,
      metadata: (field, family, text) => void metadata.push(`${field} ${family}: ${text}`),
    })
    if (!result.ok) throw new Error(describeExpositionError(result.error))
    const { samples, exemplars } = plainExposition(result.exposition)
    const lines = samples.map(({ series, value, timestamp }) =>
      [series, Object.is(value, -0) ? '-0' : String(value), ...(timestamp === undefined ? [] : [`@${timestamp}`])].join(
        ' ',
      ),
    )
    const printed = `${JSON.stringify({ lines, exemplars, metadata }, undefined, 2)}\n`
    const golden = new URL(`${name}.json`, testdata)
    if (process.env.UPDATE === '1') writeFileSync(golden, printed)
    expect(printed).toBe(readFileSync(golden, 'utf8'))
  })
})

describe('classic text', () => {
  it.each([
    ['a 1\n', one('a{} of unknown', 1)],
    ['a 1', one('a{} of unknown', 1)],
    ['a{}1\n', one('a{} of unknown', 1)],
    ['a{b="c"d="e"} +Inf 7\n', one('a{b="c",d="e"} of unknown', Infinity, 7)],
    ['a{b="x\ny"} nan\n', one('a{b="x\\ny"} of unknown', NaN)],
    ['a{b="\\q\\\\n"} .5\n', one('a{b="\\\\q\\\\n"} of unknown', 0.5)],
    ['# TYPE a histogram\na_bucket{le="2500000"} 1\n', one('a_bucket{le="2.5e+06"} of histogram', 1)],
    ['# TYPE a summary\na{quantile="x",le="1"} 1\n', one('a{quantile="x",le="1"} of summary', 1)],
    ['# HELP\n# TYPES a b\n# HELPa\n', []],
    ['# HELP a\n# HELP "a b" x\n', []],
    ['\n \n\t\n', []],
    ['', []],
  ])('reads %j', (text, expected) => {
    expect(classic(text)).toEqual(expected)
  })

  it.each([
    ['a', 'a series has no value on line 1: "a"'],
    ['a 1\n\nb{c="d" 2\n', 'expected a label name or "}" on line 3: "b{c=\\"d\\" 2"'],
    ["a{b='c'} 1\n", 'expected a quoted label value on line 1: "a{b=\'c\'} 1"'],
    ['a{b="c} 1\n', 'a quoted string is not closed on line 1: "a{b=\\"c} 1"'],
    ['a{="c"} 1\n', 'expected a label name or "}" on line 1: "a{=\\"c\\"} 1"'],
    ['a{b="c",,} 1\n', 'expected a label name or "}" on line 1: "a{b=\\"c\\",,} 1"'],
    ['a{b="\xff"} 1\n', 'text is not valid UTF-8 on line 1: "a{b=\\"\ufffd\\"} 1"'],
    ['a true\n', 'expected a number as the value on line 1: "a true"'],
    ['a 1_2\n', 'expected a number as the value on line 1: "a 1_2"'],
    ['a 0x1p-3\n', 'expected a number as the value on line 1: "a 0x1p-3"'],
    ['a 1e999\n', 'expected a number as the value on line 1: "a 1e999"'],
    ['a 1{\n', 'expected a timestamp in whole milliseconds or the end of the line after the value on line 1: "a 1{"'],
    [
      'a 1 -5\n',
      'expected a timestamp in whole milliseconds or the end of the line after the value on line 1: "a 1 -5"',
    ],
    ['a 1 5 6\n', 'expected the end of the line after the timestamp on line 1: "a 1 5 6"'],
    ['a 1 99999999999999999999\n', /^expected a timestamp/],
    ['a 1\r\n', 'a line ends in a carriage return; lines must end in a newline alone on line 1: "a 1\\r"'],
    ['# TYPE a counter\r\n', /carriage return/],
    ['# TYPE a thing\n', 'invalid metric type "thing" on line 1: "# TYPE a thing"'],
    ['# TYPE a stateset\n', /^invalid metric type/],
    ['# TYPE \n', 'expected a metric name after TYPE on line 1: "# TYPE "'],
    ['{"a"}\n', 'a series has no value on line 1: "{\\"a\\"}"'],
    ['{a="b"} 1\n', 'a series has no metric name on line 1: "{a=\\"b\\"} 1"'],
    ['{"a","b"} 1\n', 'a series has two metric names on line 1: "{\\"a\\",\\"b\\"} 1"'],
    ['a 1 # {b="c"} 2\n', /^expected a timestamp/],
    ['\0a 1\n', /^expected a metric name or a comment/],
    [`${'x'.repeat(500)}\n`, `a series has no value on line 1: "${'x'.repeat(120)}"`],
  ])('refuses %j', (text, expected) => {
    if (typeof expected === 'string') expect(classic(text)).toBe(expected)
    else expect(classic(text)).toMatch(expected)
  })
})

describe('OpenMetrics', () => {
  it.each([
    ['a 1', one('a{} of unknown', 1)],
    ['a{b="c",} 1 5', one('a{b="c"} of unknown', 1, 5000)],
    ['a 1 -1.2345', one('a{} of unknown', 1, -1234)],
    ['{"a.b",c="d"} 1', one('a.b{c="d"} of unknown', 1)],
    ['# TYPE a gaugehistogram\na_bucket{le="1"} 1', one('a_bucket{le="1"} of gaugehistogram', 1)],
    ['# UNIT a_seconds seconds\n# UNIT b \n# HELP a \\"quoted\\"', []],
  ])('reads %j', (text, expected) => {
    expect(metrics(text)).toEqual(expected)
  })

  it.each([
    ['a  1', 'expected one space and a value after the series on line 1: "a  1"'],
    ['a {b="c"} 1', /^expected a number/],
    ['a{ b="c"} 1', /^expected a label name/],
    ['a{b="c"d="e"} 1', /^expected "," or "}"/],
    ['a 1 NaN', 'expected a timestamp in seconds on line 1: "a 1 NaN"'],
    ['a 1\n\nb 2', 'an empty line is not allowed in OpenMetrics on line 2'],
    ['# a comment', /OpenMetrics has no other comments/],
    ['#HELP a b', /^expected "# HELP"/],
    ['# HELP a', /^expected a space and a text/],
    ['# TYPE a untyped', /^invalid metric type "untyped"/],
    ['# UNIT a_seconds milliseconds', /^the unit "milliseconds" is not the suffix/],
    ['# UNIT aseconds seconds', /^the unit "seconds" is not the suffix/],
    ['a 1 # {"b"} 2', /^expected "="/],
    ['a 1 # {b="c"}', 'expected a value after exemplar labels on line 1: "a 1 # {b=\\"c\\"}"'],
    ['a 1 # {b="c"} 2 Inf', /^expected a timestamp in seconds/],
    ['a 1 # {b="c"} 2 3 4', /^expected the end of the line/],
    ['a 1 # {b="c"} 2 # {b="c"} 2', /^expected/],
    ['a 1 # x', /^expected a number/],
    ['# EOF\n', 'there is data after "# EOF" on line 2'],
  ])('refuses %j', (text, expected) => {
    if (typeof expected === 'string') expect(metrics(text)).toBe(expected)
    else expect(metrics(text)).toMatch(expected)
  })

  it.each(['a 1\n', 'a 1', '', 'a', '# HELP a b', 'a 1 # {b="c"} 2'])('wants # EOF after %j', (text) => {
    expect(parse(text, 'openmetrics')).toMatch(/^the data does not end with "# EOF"/)
  })

  it('keeps exemplar labels as they are written', () => {
    const text = 'a 1 5 # {b="c\\n",d="e"} 2 3.5\n# EOF\n'
    const result = parseTextExposition(Buffer.from(text), 'openmetrics', seriesAsText)
    expect(result.ok && plainExposition(result.exposition).exemplars).toEqual([
      { index: 0, labels: { b: 'c\\n', d: 'e' }, value: 2, timestamp: 3500 },
    ])
  })
})
