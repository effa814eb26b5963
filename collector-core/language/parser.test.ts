import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse, parseExpression } from './parser.ts'
import type { Parsed } from './parser.ts'
import { LineIndex } from './position.ts'
import { printExpression } from './printer.ts'

/**
 * Errors are marked where they must appear: a comment `/*! code *​/` right before or behind the place, `//v code` on the line
 * above. Every mark must be met and no error may go without one.
 */
function expectMarkedErrors(parsed: Parsed): void {
  const { text, tokens, diagnostics } = parsed
  const lines = new LineIndex(text)
  const open = diagnostics.map(({ code, span }) => ({ code, start: span.start }))
  const unmet: string[] = []
  for (const { kind, start, end } of tokens) {
    const code = /^(?:\/\*!|\/\/v) ([a-z0-9-]+)/.exec(text.slice(start, end))?.[1]
    if (!code || (kind !== 'block-comment' && kind !== 'line-comment')) continue
    const line = lines.lineOf(start)
    const places = [text.slice(0, start).trimEnd().length, start, end + /^\s*/.exec(text.slice(end))![0].length]
    const index = open.findIndex(
      (error) =>
        error.code === code &&
        (kind === 'block-comment' ? places.includes(error.start) : lines.lineOf(error.start) === line + 1),
    )
    if (index < 0) unmet.push(`line ${line}: ${code}`)
    else open.splice(index, 1)
  }
  expect({ unmet, unexpected: open.map((error) => `line ${lines.lineOf(error.start)}: ${error.code}`) }).toEqual({
    unmet: [],
    unexpected: [],
  })
}

const folder = new URL('./testdata/parse/', import.meta.url)

describe('marked errors', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    expectMarkedErrors(parse(readFileSync(new URL(name, folder), 'utf8')))
  })
})

describe('precedence', () => {
  test.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['2 ^ 3 ^ 4', '(2 ^ (3 ^ 4))'],
    ['-2 ^ 2', '((-2) ^ 2)'],
    ['2 ^ -1', '(2 ^ (-1))'],
    ['!a && b || c', '(((!a) && b) || c)'],
    ['a == b < c', '((a == b) < c)'],
    ['a || b && c == d + e * f ^ g', '(a || (b && (c == (d + (e * (f ^ g))))))'],
    ['-a.b[0](1)', '(-a.b[0](1))'],
    ['- -1', '(-(-1))'],
  ])('%s', (source, grouped) => {
    const { tree, diagnostics } = parseExpression(source)
    expect(diagnostics).toEqual([])
    expect(printGrouped(tree)).toBe(grouped)
  })
})

function printGrouped(expression: Parameters<typeof printExpression>[0]): string {
  if (expression.kind === 'binary')
    return `(${printGrouped(expression.left)} ${expression.operator} ${printGrouped(expression.right)})`
  if (expression.kind === 'unary') return `(${expression.operator}${printGrouped(expression.operand)})`
  return printExpression(expression)
}

describe('tree', () => {
  test('a block keeps its parts apart', () => {
    const [block] = parse('a . b "l" { c = 1 }').tree.body.statements
    if (block.kind !== 'block') throw new Error('expected a block')
    expect(block.name.text).toBe('a.b')
    expect(block.label).toEqual({ kind: 'label', span: { start: 6, end: 9 }, raw: '"l"', text: 'l' })
    expect([block.open, block.body.span, block.close]).toEqual([
      { start: 10, end: 11 },
      { start: 11, end: 18 },
      { start: 18, end: 19 },
    ])
  })

  test('keys are not unescaped', () => {
    const { tree } = parseExpression('{"a\\nb" = 1, "" = 2, `r` = 3, c = 4}')
    if (tree.kind !== 'object') throw new Error('expected an object')
    expect(tree.fields.map(({ name }) => [name.text, name.quoted])).toEqual([
      ['a\\nb', true],
      ['', true],
      ['r', true],
      ['c', false],
    ])
  })

  test('a broken statement costs only itself', () => {
    const { tree } = parse('a = 1\nb = ]\nc "x" {\n  d = (\n  e = 2\n}\nf = 3\n')
    expect(tree.body.statements.map((statement) => statement.kind)).toEqual([
      'attribute',
      'attribute',
      'error-statement',
      'block',
      'attribute',
    ])
    const block = tree.body.statements[3]
    expect(block.kind === 'block' && block.body.statements.map((statement) => statement.kind)).toEqual([
      'attribute',
      'attribute',
    ])
  })

  test('an unclosed block ends where its indentation does', () => {
    const { tree } = parse('a "x" {\n  b = 1\n  c {\n    d = 2\n\ne "y" { }\nf "z" { }\n')
    expect(tree.body.statements.map((statement) => statement.kind === 'block' && statement.name.text)).toEqual([
      'a',
      'e',
      'f',
    ])
  })

  test('one slip is one message', () => {
    expect(parse('a = = = 1 ) ] }').diagnostics).toHaveLength(1)
  })

  test('suggested edits mend the text', () => {
    const text = "# c\na: 'x'\nb foo {\nc = [1, 2\n]\n}\nd = x | y\ne = 1;\n"
    const mended = parse(text)
      .diagnostics.toReversed()
      .reduce((result, { suggestion }) => {
        if (!suggestion?.edit) return result
        const { span, text: replacement } = suggestion.edit
        return result.slice(0, span.start) + replacement + result.slice(span.end)
      }, text)
    expect(mended).toBe('// c\na = "x"\nb "foo" {\nc = [1, 2,\n]\n}\nd = x || y\ne = 1\n')
    expect(parse(mended).diagnostics).toEqual([])
  })
})

describe('bounds', () => {
  test.each(['[', '(', '{a=', 'f(', 'x[', 'a {\n', '!', '-', '2^', '1+', 'a.', '(1+', '[1,[', '{', '"', '/*'])(
    '100,000 times %s does not exhaust the stack',
    (piece) => {
      const text = `a = ${piece.repeat(100_000)}`
      const { tree, diagnostics } = parse(text)
      expect(tree.span.end).toBe(text.length)
      expect(diagnostics.length).toBeGreaterThan(0)
      expect(diagnostics.length).toBeLessThanOrEqual(201)
    },
  )

  test('there is no bound on how many statements or items follow one another', () => {
    const { tree, diagnostics } = parse(`${'a = 1\n'.repeat(300_000)}b = [${'1,'.repeat(300_000)}]\n`)
    expect([tree.body.statements.length, diagnostics.length]).toEqual([300_001, 0])
  })

  test('what is nested too deeply is one error and the rest is read', () => {
    const { tree, diagnostics } = parse(`a = ${'['.repeat(500)}${']'.repeat(500)}\nb = 1\n`)
    expect(diagnostics.map(({ code }) => code)).toEqual(['nested-too-deeply'])
    expect(tree.body.statements).toHaveLength(2)
  })

  test('the list of errors ends with a note when it is cut', () => {
    const { diagnostics } = parse('a = $\n'.repeat(1000))
    expect(diagnostics).toHaveLength(201)
    expect(diagnostics.at(-1)?.code).toBe('too-many-errors')
  })
})
