import { coreFunctions } from './functions-core.ts'
import { collectionFunctions } from './functions-collection.ts'
import { numberFunctions } from './functions-number.ts'
import { patternFunctions, patternProblem } from './functions-pattern.ts'
import { textFunctions } from './functions-text.ts'
import type { Parameter, TemplateFunction, TemplateRuntime } from './template-function.ts'
import { isList, isMap, TemplateError, typeName } from './template-value.ts'
import type { TemplateValue } from './template-value.ts'

export type { TemplateRuntime } from './template-function.ts'

const longestText = 1024 * 1024
const longestList = 10_000

const functions: Readonly<Record<string, TemplateFunction>> = {
  ...coreFunctions,
  ...textFunctions,
  ...patternFunctions,
  ...collectionFunctions,
  ...numberFunctions,
}

/** The names a template may call. */
export const functionNames: readonly string[] = Object.keys(functions).sort()

/** What is wrong with calling `name` with `count` arguments, if anything. */
export function functionProblem(name: string, count: number): string | undefined {
  if (!Object.hasOwn(functions, name)) {
    return `the function ${name} is not supported; supported are ${functionNames.join(', ')}`
  }
  const { takes, rest, optional = 0 } = functions[name]
  const least = takes.length - optional
  if (count >= least && (rest !== undefined || count <= takes.length)) return undefined
  const wanted = rest !== undefined ? `at least ${least}` : optional > 0 ? `${least} to ${takes.length}` : String(least)
  return `${name} takes ${wanted} argument(s), not ${count}`
}

/** What is wrong with a pattern written as the first argument, if anything. */
export function literalProblem(name: string, first: string): string | undefined {
  return Object.hasOwn(patternFunctions, name) ? patternProblem(name, first) : undefined
}

/** Calls a function; throws a `TemplateError` when an argument has the wrong type. */
export function callFunction(name: string, args: readonly TemplateValue[], runtime: TemplateRuntime): TemplateValue {
  const { takes, rest, call } = functions[name]
  args.forEach((arg, i) => {
    const wanted = takes.at(i) ?? rest
    if (wanted !== undefined && !fits(wanted, arg)) {
      throw new TemplateError(`${name} expects ${wanted} as argument ${i + 1}, not ${typeName(arg)}`)
    }
  })
  return bounded(name, call(args, runtime))
}

function bounded(name: string, value: TemplateValue): TemplateValue {
  const length = typeof value === 'string' || isList(value) ? value.length : 0
  const most = typeof value === 'string' ? longestText : longestList
  if (length > most) throw new TemplateError(`${name} made a value longer than ${most}`)
  return value
}

function fits(wanted: Parameter, value: TemplateValue): boolean {
  switch (wanted) {
    case 'any':
      return true
    case 'string':
      return typeof value === 'string'
    case 'int':
      return typeof value === 'number'
    case 'bool':
      return typeof value === 'boolean'
    case 'list':
      return isList(value)
    case 'map':
      return isMap(value)
  }
}
