import { Float, TemplateError } from './template-value.ts'
import type { TemplateValue } from './template-value.ts'
import type { FunctionTable, TemplateFunction } from './template-function.ts'

/** Whole number of whatever looks like one; 0 for the rest. */
function toInt(value: TemplateValue): number {
  if (typeof value === 'number') return value
  if (value instanceof Float) return Math.trunc(value.value)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string' || !/^[+-]?(?:\d+(?:\.0*)?|0[xX][\da-fA-F]+)$/.test(value)) return 0
  return Math.trunc(Number(value))
}

function toFloat(value: TemplateValue): number {
  if (value instanceof Float) return value.value
  if (typeof value === 'string') return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) ? Number(value) : 0
  return toInt(value)
}

function quotient(a: number, b: number): number {
  if (b === 0) throw new TemplateError('division by zero')
  return Math.trunc(a / b)
}

const whole = (count: number, call: (...args: number[]) => number): TemplateFunction => ({
  takes: new Array<'any'>(count).fill('any'),
  call: (args) => call(...args.map(toInt)),
})
const folding = (least: number, fold: (total: number, next: number) => number): TemplateFunction => ({
  takes: new Array<'any'>(least).fill('any'),
  rest: 'any',
  call: (args) => args.map(toInt).reduce(fold),
})
const rounding = (round: (value: number) => number): TemplateFunction => ({
  takes: ['any'],
  call: ([value]) => new Float(round(toFloat(value))),
})

/** sprig's arithmetic; whole numbers unless the name says otherwise. */
export const numberFunctions: FunctionTable = {
  add: folding(1, (total, next) => total + next),
  add1: whole(1, (value) => value + 1),
  sub: whole(2, (a, b) => a - b),
  mul: folding(1, (total, next) => total * next),
  div: whole(2, quotient),
  mod: whole(2, (a, b) => a - b * quotient(a, b)),
  max: folding(1, (a, b) => Math.max(a, b)),
  min: folding(1, (a, b) => Math.min(a, b)),
  floor: rounding(Math.floor),
  ceil: rounding(Math.ceil),
  round: {
    takes: ['any', 'int'],
    call([value, places]) {
      const scale = 10 ** (places as number)
      const scaled = toFloat(value) * scale
      return new Float((Math.sign(scaled) * Math.round(Math.abs(scaled))) / scale)
    },
  },
  int: whole(1, (value) => value),
  int64: whole(1, (value) => value),
  float64: { takes: ['any'], call: ([value]) => new Float(toFloat(value)) },
  atoi: { takes: ['string'], call: ([text]) => (/^[+-]?\d+$/.test(text as string) ? Number(text) : 0) },
}
