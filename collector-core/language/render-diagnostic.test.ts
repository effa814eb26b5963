import { describe, expect, test } from 'vitest'
import type { Diagnostic } from './diagnostic.ts'
import { renderDiagnostic } from './render-diagnostic.ts'

function render(text: string, part: string, extra: Partial<Diagnostic> = {}): string {
  const start = text.indexOf(part)
  const span = { start, end: start + part.length }
  return renderDiagnostic({ severity: 'error', code: 'c', message: 'it is wrong', span, ...extra }, text)
}

describe('renderDiagnostic', () => {
  test('marks a place on one line, between its neighbours', () => {
    expect(render('a = 1\n\tb = nope\nc = 3\n', 'nope', { file: 'config.alloy' })).toBe(
      [
        'Error: config.alloy:2:6: it is wrong',
        '',
        '1 | a = 1',
        '2 |     b = nope',
        '  |         ^^^^',
        '3 | c = 3',
      ].join('\n'),
    )
  })

  test('marks a range of lines in the margin and ends with the way out', () => {
    const suggestion = { text: 'did you mean "b"?' }
    expect(render('a {\n  b = 1\n}\nc = 2', 'a {\n  b = 1\n}', { severity: 'warning', suggestion })).toBe(
      [
        'Warning: 1:1: it is wrong',
        '',
        '1 | > a {',
        '2 | >   b = 1',
        '3 | > }',
        '4 |   c = 2',
        '',
        'hint: did you mean "b"?',
      ].join('\n'),
    )
  })

  test('an empty place gets one mark, also at the end of the text', () => {
    expect(render('a =', '', { span: { start: 3, end: 3 } })).toBe('Error: 1:4: it is wrong\n\n1 | a =\n  |    ^')
  })

  test('columns count bytes, marks stand under what is shown', () => {
    expect(render('이름 = x', 'x')).toBe('Error: 1:10: it is wrong\n\n1 | 이름 = x\n  |        ^')
  })

  test('a long range is cut, and says so', () => {
    const text = Array.from({ length: 40 }, (_, line) => `line${line}`).join('\n')
    expect(
      render(text, text)
        .split('\n')
        .find((line) => line.includes('…')),
    ).toBe('   : … 27 more lines')
    expect(render(text, text).split('\n')).toHaveLength(16)
  })
})
