import { letterEscapes } from '../../language/string-escapes.ts'

/** A string literal of LogQL or Go read from a text: its value and where it ends, or what is wrong with it. */
export type QuotedText =
  { readonly value: string; readonly end: number; readonly error?: undefined } | { readonly error: string }

const simpleEscapes: Readonly<Record<string, string>> = { ...letterEscapes, '"': '"', "'": "'" }
const codeLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/**
 * string = "`" { any character except "`" } "`"
 *        | '"' { character | "\" ( a b f n r t v \ ' " ) | "\x" hex2 | "\u" hex4 | "\U" hex8 | "\" octal3 } '"' .
 */
export function readQuotedText(text: string, start: number): QuotedText {
  const quote = text[start]
  if (quote === '`') {
    const close = text.indexOf('`', start + 1)
    if (close < 0) return { error: 'a string opened with ` is not closed' }
    return { value: text.slice(start + 1, close), end: close + 1 }
  }
  if (quote !== '"') return { error: 'expected a string in double quotes or backticks' }
  let value = ''
  for (let at = start + 1; at < text.length;) {
    const char = text[at]
    if (char === '"') return { value, end: at + 1 }
    if (char === '\n') break
    if (char !== '\\') {
      value += char
      at++
      continue
    }
    const escape = readEscape(text, at + 1)
    if (escape === undefined) return { error: `unknown escape "${text.slice(at, at + 2)}" in a string` }
    value += escape.value
    at = escape.end
  }
  return { error: 'a string opened with " is not closed' }
}

function readEscape(text: string, at: number): { value: string; end: number } | undefined {
  const char = text.charAt(at)
  if (char in simpleEscapes) return { value: simpleEscapes[char], end: at + 1 }
  if (char in codeLengths) return readCode(text, at + 1, codeLengths[char], 16)
  return /[0-7]/.test(char) ? readCode(text, at, 3, 8) : undefined
}

function readCode(text: string, at: number, length: number, base: 8 | 16): { value: string; end: number } | undefined {
  const digits = text.slice(at, at + length)
  if (digits.length < length || !(base === 8 ? /^[0-7]+$/ : /^[0-9a-fA-F]+$/).test(digits)) return undefined
  const code = Number.parseInt(digits, base)
  const surrogate = code >= 0xd800 && code <= 0xdfff
  return code > 0x10ffff || surrogate ? undefined : { value: String.fromCodePoint(code), end: at + length }
}
