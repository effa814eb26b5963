import type { ArgumentProblem } from '../../../../../schema/definition.ts'
import { compileJmespath } from '../jmespath/compile.ts'
import { isObject, member } from '../jmespath/json-value.ts'
import type { Json } from '../jmespath/json-value.ts'
import { JmespathError } from '../jmespath/token.ts'
import { problem } from './stage.ts'
import type { Value } from './value.ts'

/** Reads an extracted value out of JSON; undefined where a function of the expression did not take its argument. */
export type Lookup = (json: Json) => Value | undefined

/** A checked JMESPath as a lookup. A bare name, by far the most common expression, needs no parser. */
export function lookupOf(expression: string): Lookup {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(expression)) {
    return (json) => (isObject(json) ? valueOf(member(json, expression)) : null)
  }
  const { query, error } = compileJmespath(expression)
  if (query === undefined) throw new Error(error)
  return (json) => {
    try {
      return valueOf(query(json))
    } catch (failure) {
      if (failure instanceof JmespathError) return undefined
      throw failure
    }
  }
}

/** What is wrong with the expressions of an argument, each under the name of what is extracted with it. */
export function lookupProblems(argument: string, expressions: Iterable<readonly [string, string]>): ArgumentProblem[] {
  return [...expressions].flatMap(([name, expression]) => {
    const { error } = compileJmespath(expression)
    return error === undefined ? [] : [problem([argument, name], `the JMESPath of "${name}" is not valid: ${error}`)]
  })
}

/** Objects and arrays are kept as their JSON text. */
export function valueOf(value: Json): Value {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
