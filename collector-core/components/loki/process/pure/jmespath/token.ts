import type { Json } from './json-value.ts'

/** `name` and `quoted` are identifiers, `literal` a value in backticks or single quotes. */
export type Token =
  | { readonly kind: 'name' | 'quoted'; readonly text: string; readonly at: number }
  | { readonly kind: 'literal'; readonly value: Json; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: Punctuation | 'end'; readonly at: number }

const punctuation = [
  '[]',
  '[?',
  '||',
  '&&',
  '==',
  '!=',
  '<=',
  '>=',
  '.',
  '*',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  ',',
  ':',
  '|',
  '@',
  '&',
  '<',
  '>',
  '!',
] as const
export type Punctuation = (typeof punctuation)[number]

/** A mistake in an expression or a value of the wrong kind while evaluating one. */
export class JmespathError extends Error {}

/** Splits an expression into tokens; throws a `JmespathError` where it cannot. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at])) {
      at++
      continue
    }
    const { token, end } = tokenAt(text, at)
    tokens.push(token)
    at = end
  }
  tokens.push({ kind: 'end', at })
  return tokens
}

function tokenAt(text: string, at: number): { token: Token; end: number } {
  const rest = text.slice(at)
  const name = /^[a-zA-Z_][a-zA-Z0-9_]*/.exec(rest)?.[0]
  if (name !== undefined) return { token: { kind: 'name', text: name, at }, end: at + name.length }
  const number = /^-?\d+/.exec(rest)?.[0]
  if (number !== undefined) return { token: { kind: 'number', value: Number(number), at }, end: at + number.length }
  if (rest.startsWith('"')) {
    const { inner, end } = delimited(text, at, '"')
    return { token: { kind: 'quoted', text: parseJson(`"${inner}"`, at) as string, at }, end }
  }
  if (rest.startsWith("'")) {
    const { inner, end } = delimited(text, at, "'")
    return { token: { kind: 'literal', value: inner.replaceAll("\\'", "'"), at }, end }
  }
  if (rest.startsWith('`')) {
    const { inner, end } = delimited(text, at, '`')
    return { token: { kind: 'literal', value: literalValue(inner.replaceAll('\\`', '`').trim(), at), at }, end }
  }
  const mark = punctuation.find((candidate) => rest.startsWith(candidate))
  if (mark === undefined) throw new JmespathError(`unexpected "${text[at]}" at character ${at + 1}`)
  return { token: { kind: mark, at }, end: at + mark.length }
}

function delimited(text: string, start: number, quote: string): { inner: string; end: number } {
  let at = start + 1
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1
  if (at >= text.length) throw new JmespathError(`the ${quote} at character ${start + 1} is not closed`)
  return { inner: text.slice(start + 1, at), end: at + 1 }
}

/** A backtick literal is JSON; a bare word is taken as a string, as older expressions expect. */
function literalValue(text: string, at: number): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return parseJson(`"${text.replaceAll('"', '\\"')}"`, at)
  }
}

function parseJson(text: string, at: number): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new JmespathError(`the literal at character ${at + 1} is not valid JSON`)
  }
}
