// Go's printf over values of the language. A verb that cannot be followed leaves a marker such as `%!d(string=x)` in the
// text, as in Go, and is also reported.

import type { Value } from '../value.ts'
import { holdsSecret } from '../value.ts'
import { formatValue } from './printf-value.ts'
import type { Verb } from './printf-verb.ts'
import { extraArguments } from './printf-value.ts'

/** The text, what is odd about it, and which argument holds a secret that would be shown, if one does. */
export interface PrintfResult {
  readonly text: string
  readonly problems: readonly string[]
  readonly secretAt?: number
}

/** The largest width or precision; a larger one is no valid verb. */
export const widestPrintf = 1_000_000

/** The longest text printf gives, in UTF-16 code units; a longer one throws `RangeError`. */
export const longestPrintf = 64 * 1024 * 1024

/** format = { text | "%" { flag } [ "[" n "]" ] [ width ] [ "." [ precision ] ] [ "[" n "]" ] verb } */
export function printf(format: string, args: readonly Value[]): PrintfResult {
  return new Printer(format, args).print()
}

class Printer {
  private readonly format: string
  private readonly args: readonly Value[]
  private readonly problems: string[] = []
  private at = 0
  private next = 0
  private reordered = false
  private goodIndex = true
  private secretAt: number | undefined

  constructor(format: string, args: readonly Value[]) {
    this.format = format
    this.args = args
  }

  print(): PrintfResult {
    let text = ''
    while (this.at < this.format.length) {
      const percent = this.format.indexOf('%', this.at)
      const end = percent < 0 ? this.format.length : percent
      text += this.format.slice(this.at, end)
      this.at = end
      if (percent < 0) break
      this.at++
      text += this.directive(percent)
      if (text.length > longestPrintf) throw new RangeError('printf result too large')
    }
    if (!this.reordered && this.next < this.args.length) {
      text += extraArguments(this.args.slice(this.next))
      this.problems.push(`is followed by ${this.args.length - this.next} more values than its verbs use`)
    }
    // Also a secret that no verb asked for would be printed, behind the text.
    const secret = this.args.findIndex(holdsSecret)
    this.secretAt = secret < 0 ? undefined : secret
    return { text, problems: this.problems, secretAt: this.secretAt }
  }

  private directive(start: number): string {
    this.goodIndex = true
    const flags = new Set<string>()
    while (/[#0+\- ]/.test(this.format[this.at] ?? '')) flags.add(this.format[this.at++])
    let afterIndex = this.index()
    let bad = ''
    let width = this.star()
    if (width !== undefined) {
      afterIndex = false
      if (width === 'bad') bad += '%!(BADWIDTH)'
      else if (width < 0) {
        flags.add('-')
        width = -width
      }
    } else {
      width = this.number()
      if (width !== undefined && afterIndex) this.goodIndex = false
    }
    let precision: number | 'bad' | undefined
    if (this.format[this.at] === '.') {
      this.at++
      if (afterIndex) this.goodIndex = false
      afterIndex = this.index()
      precision = this.star()
      if (precision !== undefined) {
        afterIndex = false
        if (precision === 'bad') bad += '%!(BADPREC)'
        else if (precision < 0) {
          precision = undefined
          bad += '%!(BADPREC)'
        }
      } else precision = this.number() ?? 0
    }
    if (!afterIndex) this.index()
    const character = String.fromCodePoint(this.format.codePointAt(this.at) ?? 0)
    if (this.at >= this.format.length) return this.mark(start, bad + '%!(NOVERB)')
    this.at += character.length
    const verb: Verb = {
      character,
      plus: flags.has('+'),
      minus: flags.has('-'),
      sharp: flags.has('#'),
      space: flags.has(' '),
      zero: flags.has('0') && !flags.has('-'),
      ...(typeof width === 'number' && { width }),
      ...(typeof precision === 'number' && { precision }),
    }
    return bad === '' ? this.apply(start, verb) : this.mark(start, bad) + this.apply(start, verb)
  }

  private apply(start: number, verb: Verb): string {
    if (verb.character === '%') return '%'
    if (!this.goodIndex) return this.mark(start, `%!${verb.character}(BADINDEX)`)
    if (this.next >= this.args.length) return this.mark(start, `%!${verb.character}(MISSING)`)
    const { text, marked } = formatValue(this.args[this.next++], verb)
    return marked ? this.mark(start, text) : text
  }

  /** Says what kind of mark, not what it holds: that may be a secret. */
  private mark(start: number, text: string): string {
    const shown = text.slice(0, 80).replace(/=[^]*/, '=…)')
    this.problems.push(`has the verb ${this.format.slice(start, this.at)}, which puts ${shown} into the text`)
    return text
  }

  /** Reads `[n]`, which makes the nth argument the next one. */
  private index(): boolean {
    if (this.format[this.at] !== '[') return false
    this.reordered = true
    const close = this.format.indexOf(']', this.at)
    const digits = close < 0 ? '' : this.format.slice(this.at + 1, close)
    this.at = close < 0 ? this.at + 1 : close + 1
    const index = /^\d{1,7}$/.test(digits) ? Number(digits) - 1 : -1
    if (index >= 0 && index < this.args.length) {
      this.next = index
      return true
    }
    this.goodIndex = false
    return /^\d+$/.test(digits)
  }

  /** Reads `*`, which takes a width or precision from the arguments. */
  private star(): number | 'bad' | undefined {
    if (this.format[this.at] !== '*') return undefined
    this.at++
    if (this.next >= this.args.length) return 'bad'
    const arg = this.args[this.next++]
    const size = arg.kind === 'number' && arg.type !== 'float64' ? Number(arg.value) : NaN
    return Math.abs(size) <= widestPrintf ? size : 'bad'
  }

  private number(): number | undefined {
    const digits = /\d+/y
    digits.lastIndex = this.at
    const match = digits.exec(this.format)
    if (match === null) return undefined
    this.at += match[0].length
    const value = Number(match[0])
    if (value <= widestPrintf) return value
    // As in Go, the rest of the format is given up.
    this.at = this.format.length
    return undefined
  }
}
