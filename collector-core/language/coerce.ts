// Puts a value into a typed slot and decodes it to plain JavaScript. Where Alloy accepts something that loses or changes
// the value, so does Weir, with a warning.

import { RE2JS } from 're2js'
import { parseByteSize } from './byte-size.ts'
import { parseDuration } from './duration.ts'
import type { NumberValue } from './number.ts'
import { decimalText, numberText } from './number.ts'
import { parseNumberText, parseSizeNumber } from './number-text.ts'
import { toPlain } from './plain-value.ts'
import { Secret } from './secret.ts'
import type { Slot } from './slot.ts'
import { slotName, wantedType } from './slot.ts'
import { didYouMean } from './suggest.ts'
import { fieldsOf, nullValue, secretIn, textIn, typeName } from './value.ts'
import type { Value } from './value.ts'

/** A complaint about a value in a slot: `message` continues a sentence whose subject is the value at `path`. */
export interface CoercionProblem {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  readonly path: readonly (string | number)[]
}

/** The decoded value, unless one of the problems is an error. */
export interface Coercion {
  readonly ok: boolean
  readonly value?: unknown
  readonly problems: readonly CoercionProblem[]
}

/**
 * Decodes: integer, float → number; string, regex, choice → string; duration → milliseconds; bytes → bytes;
 * secret, optional_secret → `Secret`; list → array (nulls among capsules left out); map → `Map`; target → `Map` of
 * strings; any → plain JavaScript; value → the value itself; array → values; object → map of values; capsule → the host
 * value. Null at the top gives `undefined` (unset), or the empty value of the slot when `nullAs` says so; null inside a
 * list or map gives the empty value; targets, arrays and objects refuse it.
 */
export function coerce(value: Value, slot: Slot, options: { readonly nullAs?: 'unset' | 'empty' } = {}): Coercion {
  if (value.kind === 'null' && options.nullAs !== 'empty' && slot.kind !== 'value') return { ok: true, problems: [] }
  const decoder = new Decoder()
  const decoded = decoder.decode(value, slot, [])
  const ok = decoder.problems.every((problem) => problem.severity !== 'error')
  return { ok, ...(ok && { value: decoded }), problems: decoder.problems }
}

/** `subject.field[2] should be number, got string`: a problem as a whole sentence about the expression it arose from. */
export function describeProblem(subject: string, problem: Pick<CoercionProblem, 'path' | 'message'>): string {
  const path = problem.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return `${subject}${path} ${problem.message}`
}

type Path = readonly (string | number)[]

class Decoder {
  readonly problems: CoercionProblem[] = []

  decode(value: Value, slot: Slot, path: Path): unknown {
    if (value.kind === 'null') return refusesNull(slot) ? this.wrongType(value, slot, path) : emptyOf(slot)
    switch (slot.kind) {
      case 'value':
        return value
      case 'any':
        return toPlain(value)
      case 'bool':
        return value.kind === 'bool' ? value.value : this.wrongType(value, slot, path)
      case 'integer':
      case 'float':
        return this.number(value, slot, path)
      case 'string':
        return this.string(value, slot, path)
      case 'regex':
        return this.regex(value, slot, path)
      case 'choice':
        return this.choice(value, slot, path)
      case 'duration':
        return this.duration(value, slot, path)
      case 'bytes':
        return this.size(value, slot, path)
      case 'secret':
      case 'optional_secret':
        return this.secret(value, slot, path)
      case 'array':
        return value.kind === 'array' ? value.elements : this.wrongType(value, slot, path)
      case 'object':
        return fieldsOf(value) ?? this.wrongType(value, slot, path)
      case 'list':
        return this.list(value, slot, slot.of, path)
      case 'map':
        return this.map(value, slot, slot.of, path)
      case 'target':
        return this.target(value, slot, path)
      case 'capsule':
        return value.kind === 'capsule' && value.type === slot.name ? value.value : this.wrongType(value, slot, path)
    }
  }

  /** Complains; there is no value. */
  private fail(code: string, message: string, path: Path): unknown {
    this.problems.push({ severity: 'error', code, message, path })
    return undefined
  }

  private warn(code: string, message: string, path: Path): void {
    this.problems.push({ severity: 'warning', code, message, path })
  }

  private wrongType(value: Value, slot: Slot, path: Path): unknown {
    return this.fail('wrong-type', `should be ${wantedType(slot)}, got ${typeName(value)}`, path)
  }

  private string(value: Value, slot: Slot, path: Path): string | undefined {
    if (value.kind === 'number') return numberText(value)
    const secret = secretIn(value)
    if (secret?.masked === false) return secret.reveal()
    if (secret) {
      const message =
        'is a secret and cannot be used as a plain string: wrap it in convert.nonsensitive if it may be seen'
      this.fail('secret-as-string', message, path)
      return undefined
    }
    const text = textIn(value)
    if (text === undefined) this.wrongType(value, slot, path)
    return text
  }

  private number(value: Value, slot: Slot & { kind: 'integer' | 'float' }, path: Path): unknown {
    const text = textIn(value)
    const number = value.kind === 'number' ? value : text === undefined ? undefined : parseNumberText(text)
    if (number === undefined) {
      if (text === undefined) return this.wrongType(value, slot, path)
      return this.fail('wrong-type', `should be number, got string that does not read as a number`, path)
    }
    const decoded = slot.kind === 'float' ? Number(number.value) : this.integer(number, path)
    if (decoded === undefined) return undefined
    if (slot.min !== undefined && decoded < slot.min)
      return this.fail('out-of-range', `should be at least ${slot.min}, got ${decoded}`, path)
    if (slot.max !== undefined && decoded > slot.max)
      return this.fail('out-of-range', `should be at most ${slot.max}, got ${decoded}`, path)
    return decoded
  }

  private integer(number: NumberValue, path: Path): number | undefined {
    const given = Number(number.value)
    if (!Number.isFinite(given)) {
      this.fail('out-of-range', `should be a whole number, got ${numberText(number)}`, path)
      return undefined
    }
    const whole = Math.trunc(given) + 0
    if (whole !== given) this.warn('fraction-dropped', `should be a whole number: ${given} is cut to ${whole}`, path)
    else if (!Number.isSafeInteger(whole))
      this.warn('imprecise-integer', `is beyond 2^53 and is rounded to ${decimalText(whole)}`, path)
    return whole
  }

  private regex(value: Value, slot: Slot, path: Path): unknown {
    const text = this.string(value, slot, path)
    if (text === undefined) return undefined
    try {
      RE2JS.compile(text)
      return text
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return this.fail('bad-regex', `is not a regular expression in RE2 syntax: ${reason}`, path)
    }
  }

  private choice(value: Value, slot: Slot & { kind: 'choice' }, path: Path): unknown {
    const text = this.string(value, slot, path)
    if (text === undefined || slot.values.includes(text)) return text
    const hint = didYouMean(text, slot.values)
    return this.fail('not-a-choice', `should be one of ${slotName(slot)}${hint ? `: ${hint}` : ''}`, path)
  }

  private duration(value: Value, slot: Slot, path: Path): unknown {
    const text = this.string(value, slot, path)
    if (text === undefined) return undefined
    const { duration, problem } = parseDuration(text)
    return problem === undefined
      ? duration.milliseconds
      : this.fail('bad-duration', `should be duration: ${problem}`, path)
  }

  private size(value: Value, slot: Slot, path: Path): unknown {
    const bare = parseSizeNumber(value)
    if (bare !== undefined) {
      if (bare !== 0)
        this.warn(
          'size-without-unit',
          `has no unit and is taken as bytes: write "${bare}B", which every Alloy accepts`,
          path,
        )
      return bare
    }
    const text = this.string(value, slot, path)
    if (text === undefined) return undefined
    const { bytes, problem } = parseByteSize(text)
    return problem === undefined ? bytes : this.fail('bad-size', `should be size: ${problem}`, path)
  }

  private secret(value: Value, slot: Slot, path: Path): unknown {
    const secret = secretIn(value)
    if (secret) return slot.kind === 'secret' && !secret.masked ? new Secret(secret.reveal()) : secret
    const text = textIn(value)
    if (text === undefined) return this.wrongType(value, slot, path)
    return new Secret(text, { masked: slot.kind === 'secret' })
  }

  private list(value: Value, slot: Slot, of: Slot, path: Path): unknown {
    if (value.kind !== 'array') return this.wrongType(value, slot, path)
    const decoded = value.elements.map((element, index) => this.decode(element, of, [...path, index]))
    return of.kind === 'capsule' ? decoded.filter((element) => element !== undefined) : decoded
  }

  private map(value: Value, slot: Slot, of: Slot, path: Path): unknown {
    const fields = fieldsOf(value)
    if (fields === undefined) return this.wrongType(value, slot, path)
    return new Map([...fields].map(([key, field]) => [key, this.decode(field, of, [...path, key])]))
  }

  private target(value: Value, slot: Slot, path: Path): unknown {
    const fields = fieldsOf(value)
    if (fields === undefined) return this.wrongType(value, slot, path)
    const labels = new Map<string, string>()
    for (const [name, field] of fields) {
      const at = [...path, name]
      if (field.kind === 'null') {
        this.wrongType(field, { kind: 'string' }, at)
        continue
      }
      const text = field.kind === 'bool' ? String(field.value) : this.string(field, { kind: 'string' }, at)
      if (text !== undefined) labels.set(name, text)
    }
    return labels
  }
}

function refusesNull(slot: Slot): boolean {
  return ['target', 'array', 'object'].includes(slot.kind) || (slot.kind === 'list' && slot.of.kind === 'object')
}

function emptyOf(slot: Slot): unknown {
  switch (slot.kind) {
    case 'value':
      return nullValue
    case 'any':
      return null
    case 'bool':
      return false
    case 'integer':
    case 'float':
    case 'duration':
    case 'bytes':
      return 0
    case 'string':
    case 'regex':
    case 'choice':
      return ''
    case 'secret':
      return new Secret('')
    case 'optional_secret':
      return new Secret('', { masked: false })
    case 'array':
    case 'list':
      return []
    case 'object':
    case 'map':
    case 'target':
      return new Map()
    case 'capsule':
      return undefined
  }
}
