import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, isValidText } from './byte-text.ts'
import { literalValue, stringText } from './literal.ts'
import { quote } from './print-value.ts'

const span = { start: 0, end: 1 }

test('a raw string loses its carriage returns and nothing else', () => {
  expect(stringText('`a\r\nb\r\\n"`')).toBe('a\nb\\n"')
})

test('byte escapes are bytes, and neighbours may spell a character', () => {
  expect(Array.from(bytesOf(stringText('"\\xff\\377a"')))).toEqual([0xff, 0xff, 0x61])
  expect(stringText('"\\xc3\\xa9"')).toBe('é')
  expect(stringText('"\\xc3" + "')).not.toBe('Ã" + ')
})

test('broken literals stand for themselves', () => {
  expect(stringText('"\\q\\x1"')).toBe('\\q\\x1')
  expect(stringText('"\\400\\ud800\\U00110000"')).toBe('\\400\\ud800\\U00110000')
  expect(stringText('"open')).toBe('open')
  expect(stringText('"')).toBe('')
  expect(stringText('`')).toBe('')
})

test('quoted text reads back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => isValidText(text)),
      (text) => {
        expect(stringText(quote(text))).toBe(text)
      },
    ),
  )
})

test('a leading zero is pointed out with the decimal number as the way out', () => {
  const { diagnostics } = literalValue({ kind: 'literal', type: 'number', raw: '00012', span })
  expect(diagnostics).toMatchObject([
    { severity: 'warning', code: 'leading-zero', suggestion: { edit: { span, text: '12' } } },
  ])
  expect(literalValue({ kind: 'literal', type: 'number', raw: '0', span }).diagnostics).toEqual([])
})

test('endless digits are read quickly', () => {
  const result = literalValue({ kind: 'literal', type: 'number', raw: '7'.repeat(200_000), span })
  expect(result.diagnostics[0].code).toBe('number-out-of-range')
})
