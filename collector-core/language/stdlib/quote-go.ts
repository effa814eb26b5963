// Text between quotes as Go's %q writes it.
import { codeEscape, letterEscape, strayByteEscape } from '../string-escapes.ts'

/** The text in double quotes; what cannot be seen is escaped, with `ascii` everything beyond ASCII. */
export function quoteGo(text: string, ascii: boolean): string {
  let quoted = ''
  for (const character of text) quoted += character === '"' ? '\\"' : escape(character, ascii)
  return `"${quoted}"`
}

/** The character in single quotes. */
export function quoteCharacter(character: string, ascii: boolean): string {
  return `'${character === "'" ? "\\'" : escape(character, ascii)}'`
}

function escape(character: string, ascii: boolean): string {
  const code = character.codePointAt(0) ?? 0
  const short = letterEscape(character) ?? strayByteEscape(code)
  if (short !== undefined) return short
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character) && (!ascii || code < 0x80)) return character
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  return codeEscape(code)
}
