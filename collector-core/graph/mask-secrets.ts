// Keeps what stands in secret arguments out of everything that quotes a config. Works on tokens, so that it also holds for
// text that does not parse, and on names, so that it also holds for blocks nobody knows.
import type { Catalog } from '../catalog.ts'
import { DiagnosticList } from '../language/diagnostic-list.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import { redactUrls, starUrls } from '../language/redact-url.ts'
import { scan } from '../language/scanner.ts'
import { nearest } from '../language/suggest.ts'
import { isTrivia } from '../language/token.ts'
import type { Token } from '../language/token.ts'
import type { Fields } from '../schema/field.ts'
import { holdsSecret } from '../schema/shape.ts'

/** The value of one secret argument in a text. */
interface Hidden {
  readonly start: number
  readonly end: number
  /** Literals and bare words of it. */
  readonly parts: readonly Token[]
}

/** The text with a `*` for every character of a literal in a secret argument and of a password in a URL: as long, with the same lines. */
export function maskSecrets(text: string, catalog: Catalog): string {
  let masked = ''
  let at = 0
  for (const { start, end } of hiddenIn(text, catalog).flatMap(({ parts }) => parts)) {
    masked += text.slice(at, start) + text.slice(start, end).replaceAll(/[^\n\r"`]/g, '*')
    at = end
  }
  return starUrls(masked + text.slice(at))
}

/** Takes the content of secret arguments out of what is said about their place, and passwords in URLs out of everything. */
export function withoutSecrets(diagnostics: readonly Diagnostic[], text: string, catalog: Catalog): Diagnostic[] {
  if (diagnostics.length === 0) return []
  const hidden = hiddenIn(text, catalog)
  return diagnostics.map((diagnostic) => {
    const { span, suggestion } = diagnostic
    const message = redactUrls(diagnostic.message)
    const concerned = hidden.filter(({ start, end }) => span.start < end && start < span.end)
    const contents = concerned.flatMap(({ parts }) => parts.flatMap((part) => contentsOf(text, part)))
    if (contents.length === 0) return { ...diagnostic, message }
    const clean = contents.reduce((sentence, content) => sentence.replaceAll(content, '(secret)'), message)
    const tells = contents.some((content) => suggestion?.text.includes(content) ?? false)
    return { ...diagnostic, message: clean, suggestion: tells ? undefined : suggestion }
  })
}

/** How a literal may be quoted: as it is written, and without its quotes. */
function contentsOf(text: string, { start, end }: Token): string[] {
  const raw = text.slice(start, end)
  const inner = raw.replace(/^["'`]/, '').replace(/["'`]$/, '')
  return [raw, inner].filter((content) => content !== '')
}

function hiddenIn(text: string, catalog: Catalog): Hidden[] {
  const isSecret = secretNameTest(catalog)
  const tokens = scan(text, new DiagnosticList()).filter(({ kind }) => !isTrivia(kind))
  const hidden: Hidden[] = []
  for (let index = 0; index < tokens.length - 2; index++) {
    const { kind, start, end } = tokens[index]
    if (tokens[index + 1].kind !== '=' || kind !== 'identifier' || !isSecret(text.slice(start, end))) continue
    const first = index + 2
    const last = endOfValue(tokens, first)
    const parts = tokens.slice(first, last).filter((token, offset) => isContent(tokens, first + offset, token))
    hidden.push({ start: tokens[first].start, end: tokens[last].start, parts })
    index = last - 1
  }
  return hidden
}

/** The index behind an expression: its line's end outside brackets, or the bracket that closes what is around it. */
function endOfValue(tokens: readonly Token[], from: number): number {
  let depth = 0
  for (let index = from; index < tokens.length; index++) {
    const { kind } = tokens[index]
    if (kind === '(' || kind === '[' || kind === '{') depth++
    if (kind === ')' || kind === ']' || kind === '}') depth--
    if (depth < 0 || kind === 'eof' || (kind === 'terminator' && depth === 0)) return index
  }
  return tokens.length - 1
}

/** Literals, what cannot be read, and words that are no part of a reference or call: maybe a value without its quotes. */
function isContent(tokens: readonly Token[], index: number, { kind }: Token): boolean {
  if (kind === 'string' || kind === 'number' || kind === 'float' || kind === 'illegal') return true
  const next = tokens[index + 1].kind
  return kind === 'identifier' && next !== '.' && next !== '(' && next !== '=' && tokens[index - 1].kind !== '.'
}

/** Misspelt names of one text that are looked up; finding the nearest takes a look at every name. */
const mostLookups = 200

/** Tells secret names, and what a misspelt one was probably meant to be. */
function secretNameTest(catalog: Catalog): (name: string) => boolean {
  const names = secretNames(catalog)
  const meant = new Map<string, boolean>()
  return (name) => {
    const known = names.get(name) ?? meant.get(name)
    if (known !== undefined || meant.size >= mostLookups) return known ?? false
    const isSecret = names.get(nearest(name, names.keys()) ?? '') ?? false
    meant.set(name, isSecret)
    return isSecret
  }
}

const namesByCatalog = new WeakMap<Catalog, ReadonlyMap<string, boolean>>()

/** All names of attributes, and whether any of that name is secret. */
function secretNames(catalog: Catalog): ReadonlyMap<string, boolean> {
  let names = namesByCatalog.get(catalog)
  if (names === undefined) {
    const found = new Map<string, boolean>()
    const seen = new Set<Fields>()
    for (const { arguments: args } of [...catalog.components.values(), ...catalog.configBlocks.values()]) {
      collectNames(args, found, seen)
    }
    namesByCatalog.set(catalog, (names = found))
  }
  return names
}

function collectNames(fields: Fields, found: Map<string, boolean>, seen: Set<Fields>): void {
  if (seen.has(fields)) return
  seen.add(fields)
  for (const [name, { shape }] of Object.entries(fields)) {
    if (shape.kind === 'block' || shape.kind === 'blocks') collectNames(shape.fields, found, seen)
    else if (shape.kind === 'variants') for (const inner of Object.values(shape.of())) collectNames(inner, found, seen)
    else found.set(name, holdsSecret(shape) || found.get(name) === true)
  }
}
