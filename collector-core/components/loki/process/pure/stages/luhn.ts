import { integer, regex, string } from '../../../../../schema/field.ts'
import { checkedRegex } from '../../../../../signal/regex.ts'
import { defineStage, problem } from './stage.ts'

const largestNumber = '9223372036854775807'

/** Replaces digit runs whose Luhn checksum is right, such as card numbers. */
export const luhnStage = defineStage({
  fields: {
    replacement: string('Text put in place of a number.', { default: '**REDACTED**' }),
    source: string('Extracted value to look at instead of the line; the result becomes the line either way.'),
    min_length: integer('Fewest digits a number has.', { default: 13 }),
    delimiters: string('Characters that may stand between the digits of a number.', { default: '' }),
    skip_regex: regex('RE2 expression for stretches of text to leave alone, such as identifiers.'),
  },
  check: ({ source }) =>
    source === '' ? [problem('source', 'source must not be empty; leave it out to use the line')] : [],
  build({ replacement, source, min_length, delimiters, skip_regex: skip }, _, next) {
    const options = { replacement: replacement || '**REDACTED**', least: min_length < 1 ? 13 : min_length, delimiters }
    const redact = (text: string): string => redactNumbers(text, options)
    const pattern = skip ? checkedRegex(skip, { anchored: false }) : undefined
    return (entry) => {
      const value = source === undefined ? entry.line : entry.extracted.get(source)
      if (typeof value !== 'string') {
        next(entry)
        return
      }
      let out = ''
      let from = 0
      for (const match of pattern?.execAll(value) ?? []) {
        out += redact(value.slice(from, match.starts[0])) + value.slice(match.starts[0], match.ends[0])
        from = match.ends[0]
      }
      out += redact(value.slice(from))
      if (source !== undefined || out !== value) entry.line = out
      next(entry)
    }
  },
})

interface Redaction {
  readonly replacement: string
  readonly least: number
  readonly delimiters: string
}

function redactNumbers(text: string, { replacement, least, delimiters }: Redaction): string {
  let out = ''
  for (let at = 0; at < text.length;) {
    if (!isDigit(text, at)) {
      out += text[at++]
      continue
    }
    let end = at
    let digits = ''
    for (; end < text.length && (isDigit(text, end) || delimiters.includes(text[end])); end++) {
      if (isDigit(text, end)) digits += text[end]
    }
    const redacted = digits.length >= least && isLuhn(digits)
    // A delimiter behind the last digit belongs to what follows.
    const trailing = isDigit(text, end - 1) ? '' : text[end - 1]
    out += redacted ? replacement + trailing : text.slice(at, end)
    at = end
  }
  return out
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** Numbers beyond 64 bits are not looked at. */
function isLuhn(digits: string): boolean {
  const number = digits.replace(/^0+(?=\d)/, '')
  if (number.length > 19 || (number.length === 19 && number > largestNumber)) return false
  let sum = 0
  for (let i = 0; i < number.length; i++) {
    const digit = number.charCodeAt(number.length - 1 - i) - 48
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
