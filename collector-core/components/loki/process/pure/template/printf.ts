import { quoteLabelValue } from '../../../../../signal/labels.ts'
import { Float, formatFloat, formatted, twoDigitExponent, typeName } from './template-value.ts'
import type { TemplateValue } from './template-value.ts'

interface Verb {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly verb: string
}

const widest = 10_000

/** Go's `fmt.Sprintf` for the values templates have. verb = "%" { flag } [ width ] [ "." precision ] letter . */
export function sprintf(format: string, args: readonly TemplateValue[]): string {
  let used = 0
  const text = format.replace(
    /%([-+# 0]*)(\d*)(?:\.(\d*))?(%|\p{L}|$)/gu,
    (_, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      if (verb === '') return '%!(NOVERB)'
      if (used >= args.length) return `%!${verb}(MISSING)`
      return formatVerb(args[used++], {
        flags,
        width: Math.min(Number(width), widest),
        precision: precision === undefined ? undefined : Math.min(Number(precision), 100),
        verb,
      })
    },
  )
  if (used >= args.length) return text
  return `${text}%!(EXTRA ${args
    .slice(used)
    .map((arg) => `${typeName(arg)}=${formatted(arg)}`)
    .join(', ')})`
}

function formatVerb(value: TemplateValue, spec: Verb): string {
  if (spec.verb === 'v')
    return pad(
      value instanceof Float && spec.precision !== undefined
        ? floatText(value.value, { ...spec, verb: 'g' })
        : formatted(value),
      spec,
    )
  if (spec.verb === 'T') return pad(typeName(value), spec)
  const text =
    typeof value === 'string'
      ? stringText(value, spec)
      : typeof value === 'number'
        ? intText(value, spec)
        : value instanceof Float
          ? floatVerb(value.value, spec)
          : value === true || value === false
            ? spec.verb === 't'
              ? String(value)
              : undefined
            : spec.verb === 's' && value !== undefined && value !== null
              ? formatted(value)
              : undefined
  if (text !== undefined) return pad(text, spec)
  return value === undefined || value === null
    ? `%!${spec.verb}(<nil>)`
    : `%!${spec.verb}(${typeName(value)}=${formatted(value)})`
}

function stringText(value: string, { verb, precision }: Verb): string | undefined {
  const cut = precision === undefined ? value : Array.from(value).slice(0, precision).join('')
  const hex = (): string =>
    Array.from(new TextEncoder().encode(value), (byte) => byte.toString(16).padStart(2, '0')).join('')
  switch (verb) {
    case 's':
      return cut
    case 'q':
      return quoteLabelValue(cut)
    case 'x':
      return hex()
    case 'X':
      return hex().toUpperCase()
    default:
      return undefined
  }
}

function intText(value: number, { verb, flags }: Verb): string | undefined {
  const inBase = (base: number): string => signed(value, Math.abs(value).toString(base), flags)
  switch (verb) {
    case 'd':
      return inBase(10)
    case 'x':
      return inBase(16)
    case 'X':
      return inBase(16).toUpperCase()
    case 'o':
      return inBase(8)
    case 'b':
      return inBase(2)
    case 'c':
      return value >= 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd'
    case 'q':
      return `'${String.fromCodePoint(Math.min(Math.max(value, 0), 0x10ffff))}'`
    default:
      return undefined
  }
}

function floatVerb(value: number, spec: Verb): string | undefined {
  return 'feEgG'.includes(spec.verb) ? floatText(value, spec) : undefined
}

function floatText(value: number, { verb, precision, flags }: Verb): string {
  if (!Number.isFinite(value)) return formatFloat(value)
  const magnitude = Math.abs(value)
  const lower = verb.toLowerCase()
  let text: string
  if (lower === 'f') text = magnitude.toFixed(precision ?? 6)
  else if (lower === 'e') text = twoDigitExponent(magnitude.toExponential(precision ?? 6))
  else if (precision === undefined) text = formatFloat(magnitude)
  else text = shortened(magnitude, Math.max(precision, 1))
  if (verb === 'E' || verb === 'G') text = text.toUpperCase()
  return signed(value, text, flags)
}

/** `%g` with a precision: so many significant digits, without trailing zeros. */
function shortened(magnitude: number, digits: number): string {
  const [mantissa, exponent = '0'] = magnitude.toExponential(digits - 1).split('e')
  const power = Number(exponent)
  if (power < -4 || power >= digits)
    return twoDigitExponent(`${trimZeros(mantissa)}e${power < 0 ? '-' : '+'}${Math.abs(power)}`)
  return trimZeros(magnitude.toFixed(Math.max(digits - 1 - power, 0)))
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function signed(value: number, magnitude: string, flags: string): string {
  if (value < 0 || Object.is(value, -0)) return `-${magnitude}`
  return flags.includes('+') ? `+${magnitude}` : flags.includes(' ') ? ` ${magnitude}` : magnitude
}

function pad(text: string, { flags, width }: Verb): string {
  const missing = width - Array.from(text).length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  if (!flags.includes('0')) return ' '.repeat(missing) + text
  const sign = /^[-+ ]/.exec(text)?.[0] ?? ''
  return sign + '0'.repeat(missing) + text.slice(sign.length)
}
