import type { TemplateValue } from './template-value.ts'

/** What functions may use from outside the template. */
export interface TemplateRuntime {
  /** Hash of UTF-8 text as lower-case hex. */
  hash(algorithm: 'sha1' | 'sha256' | 'sha512' | 'sha3-256', text: string): string
}

/** Go's type of a parameter; `any` takes whatever comes, missing keys included. */
export type Parameter = 'any' | 'string' | 'int' | 'bool' | 'list' | 'map'

export interface TemplateFunction {
  readonly takes: readonly Parameter[]
  /** Type of any further arguments. */
  readonly rest?: Parameter
  /** How many of `takes`, from the end, may be left out. */
  readonly optional?: number
  call(args: readonly TemplateValue[], runtime: TemplateRuntime): TemplateValue
}

export type FunctionTable = Readonly<Record<string, TemplateFunction>>

/** A function of strings alone. */
export function ofStrings(count: number, call: (...args: string[]) => TemplateValue): TemplateFunction {
  return { takes: new Array<Parameter>(count).fill('string'), call: (args) => call(...(args as string[])) }
}
