// How far numbers and strings reach, and what is wrong inside them.

import { isDigit, isHexDigit } from './character.ts'
import type { DiagnosticList } from './diagnostic-list.ts'

/** The end of a literal, and its kind. */
export interface ScannedLiteral {
  readonly kind: 'number' | 'float' | 'string'
  readonly end: number
}

/** number = digits ; float = digits "." [ digits ] [ exp ] | "." digits [ exp ] | digits exp ; exp = ( "e" | "E" ) [ "+" | "-" ] digits */
export function scanNumber(text: string, start: number, diagnostics: DiagnosticList): ScannedLiteral {
  let at = skipDigits(text, start)
  let kind: 'number' | 'float' = 'number'
  if (text[at] === '.') {
    kind = 'float'
    at = skipDigits(text, at + 1)
  }
  if (text[at] === 'e' || text[at] === 'E') {
    kind = 'float'
    at++
    if (text[at] === '+' || text[at] === '-') at++
    const digits = skipDigits(text, at)
    if (digits === at)
      diagnostics.error(
        'exponent-without-digits',
        { start, end: at },
        'this number needs digits after its exponent sign',
      )
    at = digits
  }
  return { kind, end: at }
}

function skipDigits(text: string, start: number): number {
  let at = start
  while (isDigit(text.charCodeAt(at))) at++
  return at
}

/** string = '"' { character | escape } '"', on one line. */
export function scanQuotedString(text: string, start: number, diagnostics: DiagnosticList): ScannedLiteral {
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 34) return { kind: 'string', end: at + 1 }
    if (code === 10) break
    at = code === 92 ? scanEscape(text, at, diagnostics) : at + 1
  }
  const end = text[at - 1] === '\r' && at - 1 > start ? at - 1 : at
  diagnostics.error(
    'unterminated-string',
    { start, end },
    'this string is not closed: add a " before the end of the line, or use backticks for text of several lines',
  )
  return { kind: 'string', end }
}

/** raw = "`" { any character but "`" } "`", over any number of lines. */
export function scanRawString(text: string, start: number, diagnostics: DiagnosticList): ScannedLiteral {
  const close = text.indexOf('`', start + 1)
  if (close >= 0) return { kind: 'string', end: close + 1 }
  diagnostics.error(
    'unterminated-raw-string',
    { start, end: start + 1 },
    'this raw string is not closed: a second backtick is missing',
  )
  return { kind: 'string', end: text.length }
}

/** escape = "\" ( a b f n r t v \ " | 3 octal digits | x + 2 hex | u + 4 hex | U + 8 hex ). Returns where scanning goes on. */
function scanEscape(text: string, start: number, diagnostics: DiagnosticList): number {
  const letter = text[start + 1] ?? ''
  if (letter !== '' && 'abfnrtv\\"'.includes(letter)) return start + 2
  if (letter >= '0' && letter <= '7') return scanCode(text, start, start + 1, 3, 8, 0xff, diagnostics)
  if (letter === 'x') return scanCode(text, start, start + 2, 2, 16, 0xff, diagnostics)
  if (letter === 'u') return scanCode(text, start, start + 2, 4, 16, 0x10ffff, diagnostics)
  if (letter === 'U') return scanCode(text, start, start + 2, 8, 16, 0x10ffff, diagnostics)
  const known = letter !== '' && letter !== '\n' && letter !== '\r'
  diagnostics.error(
    'unknown-escape',
    { start, end: known ? start + 2 : start + 1 },
    known ? `"\\${letter}" is not an escape sequence` : 'a lone backslash is not an escape sequence',
    {
      text: 'write \\\\ for a backslash, or put the whole text in backticks',
      edit: { span: { start, end: start + 1 }, text: '\\\\' },
    },
  )
  return start + 1
}

function scanCode(
  text: string,
  start: number,
  from: number,
  digits: number,
  base: 8 | 16,
  max: number,
  diagnostics: DiagnosticList,
): number {
  let at = from
  let value = 0
  while (at < from + digits && isDigitOf(text.charCodeAt(at), base)) {
    value = value * base + Number.parseInt(text[at], base)
    at++
  }
  if (at < from + digits) {
    diagnostics.error(
      'short-escape',
      { start, end: at },
      `this escape sequence needs exactly ${digits} ${base === 8 ? 'octal' : 'hexadecimal'} digits`,
    )
  } else if (value > max || (max > 0xff && value >= 0xd800 && value < 0xe000)) {
    diagnostics.error('bad-code-point', { start, end: at }, 'this escape sequence names no character')
  }
  return at
}

function isDigitOf(code: number, base: 8 | 16): boolean {
  return base === 8 ? code >= 48 && code <= 55 : isHexDigit(code)
}
