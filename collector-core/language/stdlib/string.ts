import { concatText, isValidText, latin1Of, splitText, textOfLatin1 } from '../byte-text.ts'
import { arrayValue, stringValue } from '../value.ts'
import type { FunctionValue } from '../value.ts'
import { give, libraryFunction, refuse, text, texts, value } from './library-function.ts'
import { toLowerCase, toUpperCase } from './letter-case.ts'
import { printf } from './printf.ts'

const input = text('text', 'The text to work on.')

const format = libraryFunction(
  {
    name: 'string.format',
    parameters: [text('format', 'Text with verbs such as `%s`, `%d`, `%.2f`, `%v`, `%q` or `%[2]s`.')],
    rest: value('values', 'What the verbs stand for, in order.'),
    returns: 'string',
    doc: "Fills values into a text, with the verbs of Go's printf.",
  },
  ([format], { rest }) => {
    const result = printf(format, rest)
    if (result.secretAt !== undefined) {
      const message = 'holds a secret that would appear in the text: wrap it in convert.nonsensitive if it may be seen'
      return refuse('secret-as-string', message, result.secretAt + 1)
    }
    return give(
      stringValue(result.text),
      ...result.problems.map((message) => ({ code: 'format-marker', message, argument: 0 })),
    )
  },
)

const join = libraryFunction(
  {
    name: 'string.join',
    parameters: [texts('list', 'The texts to join.'), text('separator', 'What to put between them.')],
    returns: 'string',
    doc: 'Joins texts with a separator.',
  },
  ([list, separator]) => give(stringValue(joinTexts(list, separator))),
)

function joinTexts(list: readonly string[], separator: string): string {
  return concatText('', list.join(separator))
}

const replace = libraryFunction(
  {
    name: 'string.replace',
    parameters: [input, text('old', 'What to look for.'), text('new', 'What to put in its place.')],
    returns: 'string',
    doc: 'Replaces every occurrence of a text by another.',
  },
  ([whole, old, next]) => {
    if (old !== '') return give(stringValue(joinTexts(splitText(whole, old), next)))
    // Nothing is found before each character and at the end.
    return give(stringValue(joinTexts(['', ...Array.from(whole), ''], next)))
  },
)

const split = libraryFunction(
  {
    name: 'string.split',
    parameters: [input, text('separator', 'Where to split; "" splits into characters.')],
    returns: 'list(string)',
    doc: 'Splits a text at each separator.',
  },
  ([whole, separator]) => {
    const parts = separator === '' ? Array.from(whole) : splitText(whole, separator)
    return give(arrayValue(parts.map(stringValue)))
  },
)

const lower = libraryFunction(
  { name: 'string.to_lower', parameters: [input], returns: 'string', doc: 'Turns letters into lower case.' },
  ([whole]) => give(stringValue(toLowerCase(whole))),
)

const upper = libraryFunction(
  { name: 'string.to_upper', parameters: [input], returns: 'string', doc: 'Turns letters into upper case.' },
  ([whole]) => give(stringValue(toUpperCase(whole))),
)

const trim = libraryFunction(
  {
    name: 'string.trim',
    parameters: [input, text('characters', 'The characters to remove, in any order.')],
    returns: 'string',
    doc: 'Removes all leading and trailing characters that are among the given ones.',
  },
  ([whole, characters]) => {
    const cut = new Set(Array.from(characters))
    const letters = Array.from(whole)
    let start = 0
    let end = letters.length
    while (start < end && cut.has(letters[start])) start++
    while (end > start && cut.has(letters[end - 1])) end--
    return give(stringValue(letters.slice(start, end).join('')))
  },
)

const trimPrefix = libraryFunction(
  {
    name: 'string.trim_prefix',
    parameters: [input, text('prefix', 'The beginning to remove.')],
    returns: 'string',
    doc: 'Removes a beginning, once, if it is there.',
  },
  ([whole, prefix]) => give(stringValue(withoutPrefix(whole, prefix))),
)

const trimSuffix = libraryFunction(
  {
    name: 'string.trim_suffix',
    parameters: [input, text('suffix', 'The end to remove.')],
    returns: 'string',
    doc: 'Removes an end, once, if it is there.',
  },
  ([whole, suffix]) => give(stringValue(withoutSuffix(whole, suffix))),
)

function withoutPrefix(whole: string, prefix: string): string {
  if (!isValidText(prefix)) return textOfLatin1(withoutValidPrefix(latin1Of(whole), latin1Of(prefix)))
  return withoutValidPrefix(whole, prefix)
}

function withoutValidPrefix(whole: string, prefix: string): string {
  return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole
}

function withoutSuffix(whole: string, suffix: string): string {
  if (!isValidText(suffix)) return textOfLatin1(withoutValidSuffix(latin1Of(whole), latin1Of(suffix)))
  return withoutValidSuffix(whole, suffix)
}

function withoutValidSuffix(whole: string, suffix: string): string {
  return whole.endsWith(suffix) ? whole.slice(0, whole.length - suffix.length) : whole
}

// Unicode white space as Go sees it: with U+0085, without U+FEFF.
const space = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const leadingSpace = new RegExp(`^${space}+`)
const spaceCharacter = new RegExp(space)

const trimSpace = libraryFunction(
  {
    name: 'string.trim_space',
    parameters: [input],
    returns: 'string',
    doc: 'Removes leading and trailing white space.',
  },
  ([whole]) => {
    let end = whole.length
    while (end > 0 && spaceCharacter.test(whole[end - 1])) end--
    return give(stringValue(whole.slice(0, end).replace(leadingSpace, '')))
  },
)

/** The functions of the namespace `string`. */
export const stringFunctions: readonly FunctionValue[] = [
  format,
  join,
  replace,
  split,
  lower,
  upper,
  trim,
  trimPrefix,
  trimSpace,
  trimSuffix,
]
