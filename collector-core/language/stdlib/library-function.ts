// How a function of the standard library is declared: its signature once, from which the types of its arguments follow.

import { coerce } from '../coerce.ts'
import type { EvaluationEnvironment } from '../evaluation-environment.ts'
import type { CallProblem, CallResult, FunctionSignature, Parameter } from '../function-signature.ts'
import type { Secret } from '../secret.ts'
import type { Slot } from '../slot.ts'
import type { FunctionValue, Value } from '../value.ts'

declare const decodedType: unique symbol

/** A parameter that carries the type of its decoded argument. */
export interface TypedParameter<T> extends Parameter {
  readonly [decodedType]?: T
}

const parameter =
  <T>(slot: Slot) =>
  (name: string, doc: string): TypedParameter<T> => ({ name, slot, doc })

export const text = parameter<string>({ kind: 'string' })
export const bool = parameter<boolean>({ kind: 'bool' })
export const secret = parameter<Secret>({ kind: 'secret' })
export const texts = parameter<readonly string[]>({ kind: 'list', of: { kind: 'string' } })
export const values = parameter<readonly Value[]>({ kind: 'array' })
export const objects = parameter<readonly ReadonlyMap<string, Value>[]>({ kind: 'list', of: { kind: 'object' } })
export const object = parameter<ReadonlyMap<string, Value>>({ kind: 'object' })
export const value = parameter<Value>({ kind: 'value' })

type Decoded<P> = P extends TypedParameter<infer T> ? T : never
type DecodedAll<P extends readonly Parameter[]> = { readonly [K in keyof P]: Decoded<P[K]> }

interface Declaration<P extends readonly Parameter[], R> {
  readonly name: string
  readonly parameters: P
  readonly optional?: number
  readonly rest?: TypedParameter<R>
  readonly returns: string
  readonly doc: string
  readonly stability?: FunctionSignature['stability']
}

/** What a function body is given beside its arguments: the arguments of the rest parameter, and the machine's facts. */
export interface CallContext<R> {
  readonly rest: readonly R[]
  readonly environment: EvaluationEnvironment
}

/** Declares a function; counting and converting its arguments is done before the body runs. */
export function libraryFunction<const P extends readonly Parameter[], R = never>(
  declaration: Declaration<P, R>,
  body: (args: DecodedAll<P>, context: CallContext<R>) => CallResult,
): FunctionValue {
  const signature: FunctionSignature = { stability: 'generally-available', ...declaration }
  return {
    kind: 'function',
    signature,
    invoke: (args, environment) => {
      const miscount = countProblem(signature, args.length)
      if (miscount) return { problem: miscount }
      const decoded: unknown[] = []
      for (const [index, arg] of args.entries()) {
        const { slot } = signature.parameters[index] ?? signature.rest!
        const coercion = coerce(arg, slot, { nullAs: 'empty' })
        const problem = coercion.problems.find(({ severity }) => severity === 'error')
        if (problem) return { problem: { ...problem, argument: index } }
        decoded.push(coercion.value)
      }
      const count = signature.parameters.length
      try {
        return body(decoded.slice(0, count) as unknown as DecodedAll<P>, {
          rest: decoded.slice(count) as R[],
          environment,
        })
      } catch (error) {
        // What a text longer than the engine can hold throws; everything else is our bug.
        if (!(error instanceof RangeError)) throw error
        return refuse('result-too-large', 'would give a result too large to hold')
      }
    },
  }
}

function countProblem(signature: FunctionSignature, got: number): CallProblem | undefined {
  const most = signature.parameters.length
  const least = most - (signature.optional ?? 0)
  if (got >= least && (got <= most || signature.rest)) return undefined
  const wanted = signature.rest ? `at least ${least}` : least === most ? String(most) : `${least} to ${most}`
  return {
    code: 'wrong-argument-count',
    message: `takes ${wanted} ${wanted === '1' ? 'argument' : 'arguments'}, got ${got}`,
  }
}

/** A call that gave a value. */
export function give(result: Value, ...warnings: readonly CallProblem[]): CallResult {
  return { value: result, warnings }
}

/** A call that failed; the message continues a sentence about the argument, or about the function if none is named. */
export function refuse(code: string, message: string, argument?: number, path?: CallProblem['path']): CallResult {
  return { problem: { code, message, argument, path } }
}
