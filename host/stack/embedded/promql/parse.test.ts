import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QueryError } from '../query-text/query-error.ts'
import type { Expression } from './expression.ts'
import { parsePromql } from './parse.ts'

/** An expression with every operation in parentheses. */
function shape(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value)
    case 'text':
      return JSON.stringify(expression.value)
    case 'selector': {
      const names = expression.matchers.map(({ name, op, value }) =>
        name === '__name__' ? value : `${name}${op}${value}`,
      )
      const at = expression.at === undefined ? '' : `@${expression.at}`
      return names.join(',') + (expression.offsetMs === 0 ? '' : `-${expression.offsetMs}`) + at
    }
    case 'range':
      return `${shape(expression.selector)}[${expression.rangeMs}]`
    case 'subquery':
      return `${shape(expression.expression)}[${expression.rangeMs}:${expression.stepMs ?? ''}]`
    case 'call':
      return `${expression.name}(${expression.args.map(shape).join(', ')})`
    case 'aggregate': {
      const { operator, without, labels, parameter, expression: inner } = expression
      const grouping = `${without ? 'without' : 'by'}(${labels.join(',')})`
      return `${operator} ${grouping}(${[...(parameter === undefined ? [] : [parameter]), inner].map(shape).join(', ')})`
    }
    case 'binary': {
      const { matching, bool } = expression
      const how = `${bool ? ' bool' : ''}${matching.on ? ` on(${matching.labels.join(',')})` : ''}${matching.many === 'none' ? '' : ` ${matching.many}(${matching.include.join(',')})`}`
      return `(${shape(expression.left)} ${expression.operator}${how} ${shape(expression.right)})`
    }
    case 'negative':
      return `-${shape(expression.expression)}`
  }
}

test.each([
  ['a + b offset 5m', '(a + b-300000)'],
  ['-a @ 5', '-a@5000'],
  ['-1 ^ 2', '-(1 ^ 2)'],
  ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
  ['1 - 2 - 3', '((1 - 2) - 3)'],
  ['a or b and c unless d', '(a or ((b and c) unless d))'],
  ['a == bool b + 1', '(a == bool (b + 1))'],
  ['a * -b', '(a * -b)'],
  ['a / on(x) group_left(y) b @ start()', '(a / on(x) left(y) b@start)'],
  ['a / on(x) group_left (b)', '(a / on(x) left() b)'],
  ['sum by (a, b,) (rate(x[5m:30s]))', 'sum by(a,b)(rate(x[300000:30000]))'],
  ['sum(x) without (a)', 'sum without(a)(x)'],
  ['topk(3, x)', 'topk by()(3, x)'],
  ['sum', 'sum'],
  ['sum{a="b"}', 'sum,a=b'],
  ['{"my.metric", \'a\'=~`b.*`}', 'my.metric,a=~b.*'],
  ['0x1F + 1e3 + .5 + Inf # all of them', '(((31 + 1000) + 0.5) + Infinity)'],
  ['x[1h30m] offset -1m', 'x--60000[5400000]'],
  ['x[300]', 'x[300000]'],
])('%s is %s', (text, expected) => {
  expect(shape(parsePromql(text))).toBe(expected)
})

test.each([
  ['', '1:1: parse error: no expression found in input'],
  ['foo{', 'label matching'],
  ['{a=""}', 'at least one non-empty matcher'],
  ['rate(foo)', 'expected type range vector in call to function "rate", got instant vector'],
  ['foo[5m] + 1', 'must contain only scalar and instant vector types'],
  ['1 > 2', 'must use BOOL modifier'],
  ['1 and foo', 'set operator "and" not allowed'],
  ['foo and on(a) group_left bar', 'no grouping allowed for "and" operation'],
  ['nothing(foo)', 'unknown function with name "nothing"'],
  ['holt_winters(foo[5m], 1, 1)', 'unknown function'],
  ['foo{a=~"("}', 'not valid RE2'],
  ['foo offset 5m offset 1m', 'offset may not be set multiple times'],
  ['sum(foo)[5m]', 'ranges only allowed for vector selectors'],
  ['foo[0s]', 'duration must be greater than 0'],
  ['foo bar', 'unexpected "bar"'],
  ['topk(foo)', 'wrong number of arguments'],
])('%s is refused: %s', (text, reason) => {
  expect(() => parsePromql(text)).toThrow(QueryError)
  expect(() => parsePromql(text)).toThrow(reason)
})

test('an expression nested too deep is refused before it exhausts the stack', () => {
  expect(() => parsePromql(`${'('.repeat(300)}1${')'.repeat(300)}`)).toThrow('nested deeper')
})

test('whatever is asked, the answer is an expression or a query error', () => {
  const token = fc.constantFrom(
    'sum',
    'by',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '5m',
    ':',
    'a',
    '=~',
    '"x"',
    '+',
    '-',
    '^',
    'offset',
    '@',
    'on',
    'group_left',
    ',',
    '1e3',
    'rate',
    ' ',
    'bool',
    '#',
    "'",
  )
  fc.assert(
    fc.property(fc.array(token, { maxLength: 25 }), (tokens) => {
      try {
        parsePromql(tokens.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError)
      }
    }),
    { numRuns: 2000 },
  )
})
