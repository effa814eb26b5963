import { expect, test } from 'vitest'
import { parse, parseExpression } from './parser.ts'
import { traversals } from './references.ts'

const found = (source: string): string[] => traversals(parseExpression(source).tree).map(({ names }) => names.join('.'))

test.each([
  ['a.b.c', ['a.b.c']],
  ['a', ['a']],
  ['a.b[c.d].e', ['a.b', 'c.d']],
  ['string.join([x.y], z)', ['string.join', 'x.y', 'z']],
  ['f(x).y', ['f', 'x']],
  ['(a.b).c', ['a.b']],
  ['{k = a.b, "q" = -c + !d}', ['a.b', 'c', 'd']],
  ['[1, "a", null]', []],
  ['a.b + ', ['a.b']],
])('%s reads %j', (source, expected) => {
  expect(found(source)).toEqual(expected)
})

test('spans cover the names and nothing else', () => {
  const source = '[ aa . bb [0] ]'
  const [{ span, steps }] = traversals(parseExpression(source).tree)
  expect(source.slice(span.start, span.end)).toBe('aa . bb')
  expect(steps.map((step) => source.slice(step.span.start, step.span.end))).toEqual(['aa', 'bb'])
})

test('a body is searched through its blocks, in order', () => {
  const { tree } = parse('x = a.b\nblock "l" {\n  y = c.d\n  inner { z = [e.f] }\n}\n')
  expect(traversals(tree.body).map(({ names }) => names.join('.'))).toEqual(['a.b', 'c.d', 'e.f'])
})
