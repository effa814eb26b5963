// One value under one printf verb, lists and objects element by element.

import { bytesOf, compareText, isValidText, textOf } from '../byte-text.ts'
import type { NumberValue } from '../number.ts'
import { fieldsOf, secretIn, stringValue } from '../value.ts'
import type { Value } from '../value.ts'
import { formatFloat, formatInteger } from './printf-number.ts'
import { pad } from './printf-verb.ts'
import type { Verb } from './printf-verb.ts'
import { quoteCharacter, quoteGo } from './quote-go.ts'

/** The text, and whether a marker for a verb that does not fit is in it. */
export interface FormattedValue {
  readonly text: string
  readonly marked: boolean
}

/** Formats a value; a verb that does not fit gives `%!verb(type=value)`. */
export function formatValue(value: Value, verb: Verb): FormattedValue {
  const formatter = new Formatter()
  const text = formatter.argument(value, verb)
  return { text, marked: formatter.marked }
}

const plainVerb: Verb = { character: 'v', plus: false, minus: false, sharp: false, space: false, zero: false }

/** The remark Go leaves for values that no verb used. */
export function extraArguments(values: readonly Value[]): string {
  const shown = values.map((value) =>
    value.kind === 'null' ? '<nil>' : `${goType(value)}=${formatValue(value, plainVerb).text}`,
  )
  return `%!(EXTRA ${shown.join(', ')})`
}

class Formatter {
  marked = false
  private showing = false

  argument(value: Value, given: Verb): string {
    // Under %v the plus flag asks for field names, not for a sign, and # for Go source.
    const verb = given.character === 'v' ? { ...given, plus: false, sharp: false, goSyntax: given.sharp } : given
    if (verb.character === 'T') return pad(firstCharacters(goType(value), verb), verb)
    if (value.kind === 'null') return verb.character === 'v' ? pad('<nil>', verb) : this.misfit(value, verb)
    return this.format(value, verb)
  }

  private format(value: Value, verb: Verb): string {
    switch (value.kind) {
      case 'null':
        return verb.goSyntax ? 'interface {}(nil)' : '<nil>'
      case 'bool':
        return 'tv'.includes(verb.character) ? pad(String(value.value), verb) : this.misfit(value, verb)
      case 'number':
        return value.type === 'float64' ? this.float(value, verb) : this.integer(value, verb)
      case 'string':
        return this.text(value.text, verb)
      case 'array':
        return this.list(value.elements, verb)
      case 'object':
        return this.fields(value.fields, verb)
      case 'function':
        return pad(value.signature.name, verb)
      case 'capsule': {
        const secret = secretIn(value)
        if (secret) return this.format(stringValue(secret.toString()), verb)
        const fields = fieldsOf(value)
        return fields ? this.fields(fields, verb) : pad(`capsule(${value.type})`, verb)
      }
    }
  }

  private misfit(value: Value, verb: Verb): string {
    this.marked = true
    if (value.kind === 'null') return `%!${verb.character}(<nil>)`
    if (this.showing) return ''
    this.showing = true
    const shown = this.format(value, { ...verb, character: 'v' })
    this.showing = false
    return `%!${verb.character}(${goType(value)}=${shown})`
  }

  private integer(value: NumberValue & { value: bigint }, verb: Verb): string {
    switch (verb.character) {
      case 'v':
        if (verb.goSyntax && value.type === 'uint64') return formatInteger(value.value, { ...verb, sharp: true }, 16)
        return formatInteger(value.value, { ...verb, sharp: false }, 10)
      case 'd':
        return formatInteger(value.value, { ...verb, sharp: false }, 10)
      case 'b':
        return formatInteger(value.value, verb, 2)
      case 'o':
      case 'O':
        return formatInteger(value.value, verb, 8)
      case 'x':
      case 'X':
        return formatInteger(value.value, verb, 16)
      case 'c':
        return pad(characterOf(value.value), verb)
      case 'q':
        return pad(quoteCharacter(characterOf(value.value), verb.plus), verb)
      case 'U':
        return pad(unicodeName(value.value, verb), { ...verb, zero: false })
      default:
        return this.misfit(value, verb)
    }
  }

  private float(value: NumberValue & { value: number }, verb: Verb): string {
    if (verb.character === 'v') return formatFloat(value.value, { ...verb, character: 'g' })
    if ('eEfFgGxXb'.includes(verb.character)) return formatFloat(value.value, verb)
    return this.misfit(value, verb)
  }

  private text(text: string, verb: Verb): string {
    switch (verb.character) {
      case 'v':
        return verb.goSyntax
          ? pad(quoteGo(firstCharacters(text, verb), false), verb)
          : pad(firstCharacters(text, verb), verb)
      case 's':
        return pad(firstCharacters(text, verb), verb)
      case 'x':
      case 'X':
        return pad(hexText(bytesOf(text), verb), verb)
      case 'q': {
        const cut = firstCharacters(text, verb)
        const raw = verb.sharp && isValidText(cut) && !/[`\u007f\ufeff]/.test(cut) && !hasControl(cut)
        return pad(raw ? `\`${cut}\`` : quoteGo(cut, verb.plus), verb)
      }
      default:
        return this.misfit(stringValue(text), verb)
    }
  }

  private list(elements: readonly Value[], verb: Verb): string {
    if (verb.goSyntax) {
      return `[]interface {}{${elements.map((element) => this.format(element, verb)).join(', ')}}`
    }
    if (verb.character === 'p') return this.misfitWhole('list', verb)
    return `[${elements.map((element) => this.format(element, verb)).join(' ')}]`
  }

  private fields(fields: ReadonlyMap<string, Value>, verb: Verb): string {
    if (verb.character === 'p') return this.misfitWhole('object', verb)
    const sorted = [...fields].sort(([a], [b]) => compareText(a, b))
    const [open, separator, close] = verb.goSyntax ? ['map[string]interface {}{', ', ', '}'] : ['map[', ' ', ']']
    const shown = sorted.map(([key, field]) => `${this.format(stringValue(key), verb)}:${this.format(field, verb)}`)
    return open + shown.join(separator) + close
  }

  // Go prints an address, which means nothing here.
  private misfitWhole(kind: string, verb: Verb): string {
    this.marked = true
    return `%!${verb.character}(${kind})`
  }
}

/** The name Go has for the type of a value. */
function goType(value: Value): string {
  switch (value.kind) {
    case 'null':
      return '<nil>'
    case 'number':
      return value.type === 'float64' || value.value >= 2n ** 63n ? value.type : 'int'
    case 'array':
      return '[]interface {}'
    case 'object':
      return 'map[string]interface {}'
    case 'function':
      return 'func'
    case 'capsule':
      return secretIn(value) ? 'string' : value.type
    case 'bool':
    case 'string':
      return value.kind
  }
}

function firstCharacters(text: string, { precision }: Verb): string {
  return precision === undefined ? text : Array.from(text).slice(0, precision).join('')
}

function hasControl(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' && character !== '\t')
}

function hexText(bytes: Uint8Array, verb: Verb): string {
  const shown = bytes.subarray(0, verb.precision ?? bytes.length)
  const upper = verb.character === 'X'
  const prefix = verb.sharp ? (upper ? '0X' : '0x') : ''
  const pairs = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).map((pair) =>
    upper ? pair.toUpperCase() : pair,
  )
  if (pairs.length === 0) return ''
  return verb.space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('')
}

function characterOf(code: bigint): string {
  const valid = code >= 0n && code <= 0x10ffffn && !(code >= 0xd800n && code < 0xe000n)
  return valid ? String.fromCodePoint(Number(code)) : textOf(Uint8Array.of(0xef, 0xbf, 0xbd))
}

function unicodeName(code: bigint, verb: Verb): string {
  const unsigned = BigInt.asUintN(64, code)
  const name = `U+${unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, verb.precision ?? 4), '0')}`
  const printable = unsigned <= 0x10ffffn && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(characterOf(unsigned))
  return verb.sharp && printable ? `${name} '${characterOf(unsigned)}'` : name
}
