import { describe, expect, test } from 'vitest'
import { parse, parseExpression } from './parser.ts'
import { printExpression } from './printer.ts'
import { applyEdits } from './text-edit.ts'
import { attributeOf, blocksAt, findBlock, nodeAt, pathAt } from './walk.ts'

describe('nodeAt', () => {
  const text = 'a.b "l" {\n  c = [d.e, f(1)]\n}\n'
  test.each([
    ['a.b', 'identifier'],
    ['"l"', 'label'],
    ['c =', 'identifier'],
    ['[', 'array'],
    ['e,', 'identifier'],
    ['1)', 'literal'],
  ])('at %j is a %s', (part, kind) => {
    expect(nodeAt(parse(text).tree, text.indexOf(part)).kind).toBe(kind)
  })

  test('knows what is around', () => {
    const { tree } = parse(text)
    expect(pathAt(tree, text.indexOf('1)')).map(({ kind }) => kind)).toEqual([
      'file',
      'body',
      'block',
      'body',
      'attribute',
      'array',
      'call',
      'literal',
    ])
    expect(blocksAt(tree, text.indexOf('1)')).map((block) => block.name.text)).toEqual(['a.b'])
  })
})

describe('findBlock', () => {
  const { tree } = parse('a "x" { r { v = 1 }\n}\na "y" {\n  r { v = 2 }\n  r { v = 3 }\n}\n')
  test.each([
    [[{ name: 'a' }, { name: 'r' }], '1'],
    [[{ name: 'a', label: 'y' }, { name: 'r' }], '2'],
    [
      [
        { name: 'a', nth: 1 },
        { name: 'r', nth: 1 },
      ],
      '3',
    ],
    [[{ name: 'a', label: 'z' }], undefined],
    [[{ name: 'a', label: '' }], undefined],
    [[], undefined],
  ])('%j', (path, value) => {
    const block = findBlock(tree, path)
    const found = block && attributeOf(block.body, 'v')?.value
    expect(found?.kind === 'literal' ? found.raw : undefined).toBe(value)
  })
})

describe('printExpression', () => {
  test.each(['1 .a', 'x.y[0](1, 2)', '-(-1)', '[1, {a = 1, "b" = `c`}]', 'a && !b ^ 2', 'f()', '{}', '[]'])(
    '%s',
    (text) => {
      expect(printExpression(parseExpression(text).tree)).toBe(text)
    },
  )
})

describe('applyEdits', () => {
  test('applies all at once, insertions at one place in order', () => {
    const at = (start: number, end: number, text: string) => ({ span: { start, end }, text })
    expect(applyEdits('abcd', [at(3, 4, 'D'), at(1, 1, 'x'), at(1, 1, 'y'), at(1, 2, '')])).toBe('axycD')
    expect(() => applyEdits('abcd', [at(0, 2, ''), at(1, 3, '')])).toThrow(RangeError)
    expect(() => applyEdits('ab', [at(0, 3, '')])).toThrow(RangeError)
  })
})
