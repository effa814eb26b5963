// Characters that begin no token, read in the largest piece that makes one sensible complaint.

import { isDigit, isNameStart } from './character.ts'
import type { DiagnosticList } from './diagnostic-list.ts'

/** How far the mistake reaches, and whether it was meant as a value, so that a newline after it ends the statement. */
export interface ScannedIllegal {
  readonly end: number
  readonly ofValue: boolean
}

const typographic: Readonly<Record<string, string>> = { '“': '”', '”': '”', '„': '“', '‘': '’', '’': '’', "'": "'" }

// How far a closing quote is looked for.
const maxQuoted = 500

const forbidden = /\0|\uFEFF|\p{Cs}/gu

/** Reports what may stand nowhere, not even in strings and comments: NUL, a late byte order mark, half surrogate pairs. */
export function reportForbiddenCharacters(text: string, diagnostics: DiagnosticList): void {
  for (const match of text.matchAll(forbidden)) {
    const span = { start: match.index, end: match.index + 1 }
    if (match[0] === '\0') diagnostics.error('nul-character', span, 'a NUL character (U+0000) stands here; remove it')
    else if (match[0] !== '\uFEFF')
      diagnostics.error('broken-unicode', span, 'half of a surrogate pair stands here; the text is not valid Unicode')
    else if (match.index > 0)
      diagnostics.error(
        'stray-byte-order-mark',
        span,
        'a byte order mark (U+FEFF) may only be the very first character',
      )
  }
}

/** Reads single-quoted or typographically quoted text, or a run of meaningless characters, and reports it once. */
export function scanIllegal(text: string, start: number, diagnostics: DiagnosticList): ScannedIllegal {
  if (Object.hasOwn(typographic, text[start])) return scanWrongQuotes(text, start, diagnostics)
  let end = start
  do end += text.codePointAt(end)! > 0xffff ? 2 : 1
  while (end < text.length && isMeaningless(text, end))
  const first = text.codePointAt(start)!
  if (!isForbidden(text, start)) {
    const name = unicodeName(first)
    const shown = /[\p{Z}\p{C}]/u.test(String.fromCodePoint(first))
      ? name
      : `"${String.fromCodePoint(first)}" (${name})`
    diagnostics.error(
      'illegal-character',
      { start, end },
      `the character ${shown} has no meaning outside strings and comments`,
    )
  }
  return { end, ofValue: false }
}

function scanWrongQuotes(text: string, start: number, diagnostics: DiagnosticList): ScannedIllegal {
  const [line] = text.slice(start, start + maxQuoted).split('\n', 1)
  const close = line.indexOf(typographic[text[start]], 1)
  const end = close < 0 ? start + 1 : start + close + 1
  const span = { start, end }
  const inner = text.slice(start + 1, end - 1)
  const message = `text goes in double quotes (" "), not in ${text[start] === "'" ? 'single' : 'typographic'} quotes`
  if (close >= 0 && !/["\\]/.test(inner))
    diagnostics.error('wrong-quotes', span, message, {
      text: `did you mean "${inner}"?`,
      edit: { span, text: `"${inner}"` },
    })
  else diagnostics.error('wrong-quotes', span, message)
  return { end, ofValue: true }
}

function isMeaningless(text: string, at: number): boolean {
  const code = text.codePointAt(at)!
  if (isNameStart(code) || isDigit(code)) return false
  return (
    !' \t\r\n"`./#)]}{([,:;+-*%^=!<>|&'.includes(text[at]) &&
    !Object.hasOwn(typographic, text[at]) &&
    !isForbidden(text, at)
  )
}

function isForbidden(text: string, at: number): boolean {
  const code = text.codePointAt(at)!
  return code === 0 || code === 0xfeff || (code >= 0xd800 && code < 0xe000)
}

function unicodeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
