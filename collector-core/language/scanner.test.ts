import { describe, expect, test } from 'vitest'
import { DiagnosticList } from './diagnostic-list.ts'
import { scan } from './scanner.ts'
import { isTrivia } from './token.ts'

function kinds(text: string): string {
  return scan(text, new DiagnosticList())
    .filter(({ kind }) => !isTrivia(kind) && kind !== 'eof')
    .map(({ kind, start, end }) => (kind === 'terminator' ? ';' : `${kind}:${text.slice(start, end)}`))
    .map((word) => word.replace(/^(\W+):\1$/, '$1'))
    .join(' ')
}

describe('tokens', () => {
  test.each([
    ['a _b c9 é٣', 'identifier:a identifier:_b identifier:c9 identifier:é٣ ;'],
    ['true null x', 'bool:true null:null identifier:x ;'],
    ['1 1. .5 1.5e-3 2E4', 'number:1 float:1. float:.5 float:1.5e-3 float:2E4 ;'],
    ['1.2.3', 'float:1.2 float:.3 ;'],
    ['0x1F', 'number:0 identifier:x1F ;'],
    ['a.5', 'identifier:a float:.5 ;'],
    ['a.b', 'identifier:a . identifier:b ;'],
    ['a-b', 'identifier:a - identifier:b ;'],
    ['"a\\"b" `c\nd`', 'string:"a\\"b" string:`c\nd` ;'],
    ['|| && ! == != < <= > >= + - * / % ^ =', '|| && ! == != < <= > >= + - * / % ^ ='],
    ['{}()[],.', '{ } ( ) [ ] , .'],
    ["'x y' $?", "illegal:'x y' illegal:$? ;"],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toBe(expected)
  })
})

describe('newlines end a statement after a name, a literal or a closing bracket', () => {
  test.each([
    ['a\nb', 'identifier:a ; identifier:b ;'],
    ['\n\na\n\n', 'identifier:a ;'],
    ['[\n1\n]', '[ number:1 ; ] ;'],
    ['[\n1,\n]\n', '[ number:1 , ] ;'],
    ['a =\n1', 'identifier:a = number:1 ;'],
    ['a\r\nb', 'identifier:a ; identifier:b ;'],
    ['a // c\nb', 'identifier:a ; identifier:b ;'],
    ['a /* c */ b', 'identifier:a identifier:b ;'],
    ['a /* c\n */ b', 'identifier:a ; identifier:b ;'],
    ['a /* c */ /* d */ // e\nb', 'identifier:a ; identifier:b ;'],
    ['a /* c */ /* d\n*/ b', 'identifier:a ; identifier:b ;'],
    ['a /* c */', 'identifier:a ;'],
    ['a # c\nb', 'identifier:a ; identifier:b ;'],
    ['a $\nb', 'identifier:a illegal:$ ; identifier:b ;'],
    ['a = $\nb', 'identifier:a = illegal:$ identifier:b ;'],
  ])('%j', (text, expected) => {
    expect(kinds(text)).toBe(expected)
  })
})

test('the terminator stands in front of the comment that ends the line', () => {
  const tokens = scan('a /* c */ // d\n', new DiagnosticList())
  expect(tokens.map(({ kind }) => kind)).toEqual([
    'identifier',
    'whitespace',
    'terminator',
    'block-comment',
    'whitespace',
    'line-comment',
    'newline',
    'eof',
  ])
})

describe('characters that may stand nowhere', () => {
  test.each([
    ['"a\0b"', 'nul-character', 2],
    ['// \uFEFF', 'stray-byte-order-mark', 3],
    ['"\uD800"', 'broken-unicode', 1],
  ])('%j', (text, code, start) => {
    const diagnostics = new DiagnosticList()
    scan(text, diagnostics)
    expect(diagnostics.sorted().map((found) => [found.code, found.span.start])).toEqual([[code, start]])
  })

  test('a byte order mark in front is fine', () => {
    const diagnostics = new DiagnosticList()
    expect(scan('\uFEFFa', diagnostics)[0].kind).toBe('bom')
    expect(diagnostics.sorted()).toEqual([])
  })
})
