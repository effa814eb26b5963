// Text functions: Alloy's own (capitalised) and those of sprig.
import { quoteLabelValue } from '../../../../../signal/labels.ts'
import { ofStrings } from './template-function.ts'
import type { FunctionTable, TemplateFunction } from './template-function.ts'
import { formatted, TemplateError } from './template-value.ts'
import type { TemplateValue } from './template-value.ts'

const longestText = 1024 * 1024
const space = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const outerSpace = new RegExp(`^${space}+|${space}+$`, 'g')
const anySpace = new RegExp(space, 'g')

const trimSpace = (text: string): string => text.replace(outerSpace, '')

function trimLeft(text: string, cutset: string): string {
  const chars = Array.from(text)
  const first = chars.findIndex((char) => !cutset.includes(char))
  return first < 0 ? '' : chars.slice(first).join('')
}

function trimRight(text: string, cutset: string): string {
  const chars = Array.from(text)
  return chars.slice(0, chars.findLastIndex((char) => !cutset.includes(char)) + 1).join('')
}

const trimBoth = (text: string, cutset: string): string => trimRight(trimLeft(text, cutset), cutset)
const withoutPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text.slice(prefix.length) : text
const withoutSuffix = (text: string, suffix: string): string =>
  suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text

/** Case by single characters, as Go folds it: what would become several stays. */
function mapCase(text: string, fold: (char: string) => string): string {
  let out = ''
  for (const char of text) {
    const folded = fold(char)
    out += Array.from(folded).length === 1 ? folded : char
  }
  return out
}

const upper = (text: string): string => mapCase(text, (char) => char.toUpperCase())
const lower = (text: string): string => mapCase(text, (char) => char.toLowerCase())

function replaceFirst(text: string, old: string, replacement: string, count: number): string {
  if (count < 0) return replaceEvery(text, old, replacement)
  const pieces = old === '' ? ['', ...Array.from(text)] : text.split(old)
  const joined = pieces.slice(0, count + 1).join(replacement)
  return pieces.length <= count + 1
    ? joined + (old === '' && pieces.length <= count ? replacement : '')
    : joined + (old === '' ? '' : old) + pieces.slice(count + 1).join(old)
}

function replaceEvery(text: string, old: string, replacement: string): string {
  return old === ''
    ? replacement +
        Array.from(text)
          .map((char) => char + replacement)
          .join('')
    : text.replaceAll(old, replacement)
}

/** Go counts bytes. */
function byteSlice(text: string, from: number, to?: number): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(Math.max(from, 0), to))
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

function truncated(count: number, text: string): string {
  const length = byteLength(text)
  if (count < 0) return length + count > 0 ? byteSlice(text, length + count) : text
  return length > count ? byteSlice(text, 0, count) : text
}

function indented(spaces: number, text: string): string {
  const pad = ' '.repeat(Math.min(Math.max(spaces, 0), 1000))
  return pad + text.replaceAll('\n', `\n${pad}`)
}

function repeated(count: number, text: string): string {
  if (count < 0 || count * text.length > longestText)
    throw new TemplateError(`repeat would make more than ${longestText} characters`)
  return text.repeat(count)
}

const present = (args: readonly TemplateValue[]): TemplateValue[] =>
  args.filter((arg) => arg !== undefined && arg !== null)

function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))
  } catch {
    return 'illegal base64 data'
  }
}

const toBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

const toText: TemplateFunction = { takes: ['any'], call: ([value]) => formatted(value) }

export const textFunctions: FunctionTable = {
  ToLower: ofStrings(1, lower),
  ToUpper: ofStrings(1, upper),
  Replace: {
    takes: ['string', 'string', 'string', 'int'],
    call: ([text, old, replacement, count]) =>
      replaceFirst(text as string, old as string, replacement as string, count as number),
  },
  Trim: ofStrings(2, trimBoth),
  TrimLeft: ofStrings(2, trimLeft),
  TrimRight: ofStrings(2, trimRight),
  TrimPrefix: ofStrings(2, withoutPrefix),
  TrimSuffix: ofStrings(2, withoutSuffix),
  TrimSpace: ofStrings(1, trimSpace),
  Hash: {
    takes: ['string', 'string'],
    call: ([salt, text], { hash }) => hash('sha3-256', (salt as string) + (text as string)),
  },
  Sha2Hash: {
    takes: ['string', 'string'],
    call: ([salt, text], { hash }) => hash('sha256', (salt as string) + (text as string)),
  },
  sha1sum: { takes: ['string'], call: ([text], { hash }) => hash('sha1', text as string) },
  sha256sum: { takes: ['string'], call: ([text], { hash }) => hash('sha256', text as string) },
  sha512sum: { takes: ['string'], call: ([text], { hash }) => hash('sha512', text as string) },
  trim: ofStrings(1, trimSpace),
  trimAll: ofStrings(2, (cutset, text) => trimBoth(text, cutset)),
  trimPrefix: ofStrings(2, (prefix, text) => withoutPrefix(text, prefix)),
  trimSuffix: ofStrings(2, (suffix, text) => withoutSuffix(text, suffix)),
  upper: ofStrings(1, upper),
  lower: ofStrings(1, lower),
  title: ofStrings(1, (text) => text.replace(/[\p{L}\p{Nd}_]+/gu, (word) => upper(word.slice(0, 1)) + word.slice(1))),
  untitle: ofStrings(1, (text) => text.replace(/[\p{L}\p{Nd}_]+/gu, (word) => lower(word.slice(0, 1)) + word.slice(1))),
  repeat: { takes: ['int', 'string'], call: ([count, text]) => repeated(count as number, text as string) },
  substr: {
    takes: ['int', 'int', 'string'],
    call([start, end, text]) {
      const [from, to, whole] = [start as number, end as number, text as string]
      return byteSlice(whole, from, from < 0 || (to >= 0 && to <= byteLength(whole)) ? to : undefined)
    },
  },
  nospace: ofStrings(1, (text) => text.replace(anySpace, '')),
  trunc: { takes: ['int', 'string'], call: ([count, text]) => truncated(count as number, text as string) },
  abbrev: {
    takes: ['int', 'string'],
    call: ([width, text]) =>
      (width as number) < 4 || byteLength(text as string) <= (width as number)
        ? text
        : `${byteSlice(text as string, 0, (width as number) - 3)}...`,
  },
  contains: ofStrings(2, (part, text) => text.includes(part)),
  hasPrefix: ofStrings(2, (prefix, text) => text.startsWith(prefix)),
  hasSuffix: ofStrings(2, (suffix, text) => text.endsWith(suffix)),
  quote: {
    takes: [],
    rest: 'any',
    call: (args) =>
      present(args)
        .map((arg) => quoteLabelValue(formatted(arg)))
        .join(' '),
  },
  squote: {
    takes: [],
    rest: 'any',
    call: (args) =>
      present(args)
        .map((arg) => `'${formatted(arg)}'`)
        .join(' '),
  },
  cat: { takes: [], rest: 'any', call: (args) => present(args).map(formatted).join(' ') },
  indent: { takes: ['int', 'string'], call: ([spaces, text]) => indented(spaces as number, text as string) },
  nindent: { takes: ['int', 'string'], call: ([spaces, text]) => `\n${indented(spaces as number, text as string)}` },
  replace: ofStrings(3, (old, replacement, text) => replaceEvery(text, old, replacement)),
  plural: { takes: ['string', 'string', 'int'], call: ([one, many, count]) => (count === 1 ? one : many) },
  b64enc: ofStrings(1, toBase64),
  b64dec: ofStrings(1, fromBase64),
  toString: toText,
}
