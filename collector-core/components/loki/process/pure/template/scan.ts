// Splits a template into text and actions, and actions into tokens.
import { readQuotedText } from '../../../../../signal/logql/quoted-text.ts'
import { TemplateError } from './template-value.ts'

export type TemplateToken =
  | { readonly kind: 'word'; readonly text: string }
  /** `.name` */
  | { readonly kind: 'field'; readonly text: string; readonly spaceBefore: boolean }
  /** `$name`, or `$` with an empty name. */
  | { readonly kind: 'variable'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: '.' | '(' | ')' | '|' | ',' | ':=' | '='; readonly spaceBefore: boolean }

/** A stretch of text, or the tokens of one `{{ action }}`; `line` counts from 1. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly TemplateToken[]; readonly line: number }

/** Splits a template; `{{-` and `-}}` trim white space, comments vanish. Throws a `TemplateError`. */
export function scanTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let at = 0
  let trimNext = false
  for (;;) {
    const open = template.indexOf('{{', at)
    let text = template.slice(at, open < 0 ? undefined : open)
    if (trimNext) text = text.trimStart()
    const trimThis = open >= 0 && /^\{\{-\s/.test(template.slice(open, open + 4))
    if (trimThis) text = text.trimEnd()
    if (text !== '') parts.push({ kind: 'text', text })
    if (open < 0) return parts
    const line = template.slice(0, open).split('\n').length
    const scanned = scanAction(template, open + (trimThis ? 3 : 2), line)
    if (scanned.tokens !== undefined) parts.push({ kind: 'action', tokens: scanned.tokens, line })
    at = scanned.end
    trimNext = scanned.trims
  }
}

interface ScannedAction {
  readonly tokens: readonly TemplateToken[] | undefined
  readonly end: number
  readonly trims: boolean
}

function scanAction(template: string, start: number, line: number): ScannedAction {
  const comment = /^\s*\/\*[\s\S]*?\*\/(\s+-)?\}\}/.exec(template.slice(start))
  if (comment !== null) return { tokens: undefined, end: start + comment[0].length, trims: comment.at(1) !== undefined }
  const tokens: TemplateToken[] = []
  let at = start
  for (;;) {
    const space = /^\s+/.exec(template.slice(at))?.[0] ?? ''
    at += space.length
    if (space !== '' && template.startsWith('-}}', at)) return { tokens, end: at + 3, trims: true }
    if (template.startsWith('}}', at)) return { tokens, end: at + 2, trims: false }
    if (at >= template.length) throw new TemplateError(`the {{ in line ${line} is not closed`)
    const { token, length } = tokenAt(template, at, space !== '', line)
    tokens.push(token)
    at += length
  }
}

function tokenAt(
  template: string,
  at: number,
  spaceBefore: boolean,
  line: number,
): { token: TemplateToken; length: number } {
  const rest = template.slice(at)
  const char = rest[0]
  if (char === '"' || char === '`') {
    const quoted = readQuotedText(template, at)
    if (quoted.error !== undefined) throw new TemplateError(`${quoted.error} (line ${line})`)
    return { token: { kind: 'string', text: quoted.value }, length: quoted.end - at }
  }
  const matched = (pattern: RegExp): string | undefined => pattern.exec(rest)?.[0]
  const number = matched(/^[+-]?(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/)
  if (number !== undefined) return { token: { kind: 'number', text: number }, length: number.length }
  const character = /^'(?:\\.|[^\\'])'/u.exec(rest)?.[0]
  if (character !== undefined) {
    const code = character.length > 3 && character[1] === '\\' ? escapedCode(character[2]) : character.codePointAt(1)!
    return { token: { kind: 'number', text: String(code) }, length: character.length }
  }
  const field = matched(/^\.[\p{L}_][\p{L}\p{Nd}_]*/u)
  if (field !== undefined) return { token: { kind: 'field', text: field.slice(1), spaceBefore }, length: field.length }
  const variable = matched(/^\$[\p{L}\p{Nd}_]*/u)
  if (variable !== undefined) return { token: { kind: 'variable', text: variable.slice(1) }, length: variable.length }
  const word = matched(/^[\p{L}_][\p{L}\p{Nd}_]*/u)
  if (word !== undefined) return { token: { kind: 'word', text: word }, length: word.length }
  const mark = ([':=', '.', '(', ')', '|', ',', '='] as const).find((candidate) => rest.startsWith(candidate))
  if (mark === undefined) throw new TemplateError(`unexpected "${char}" in line ${line}`)
  return { token: { kind: mark, spaceBefore }, length: mark.length }
}

function escapedCode(letter: string): number {
  return ({ n: 10, t: 9, r: 13, '\\': 92, "'": 39 } as Partial<Record<string, number>>)[letter] ?? letter.charCodeAt(0)
}
