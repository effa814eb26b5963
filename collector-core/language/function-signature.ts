// What is known of a function: enough to call it, to complete it in an editor and to explain it.

import type { EvaluationEnvironment } from './evaluation-environment.ts'
import type { Slot } from './slot.ts'
import type { Value } from './value.ts'

/** One parameter; `doc` is a sentence. */
export interface Parameter {
  readonly name: string
  readonly slot: Slot
  readonly doc: string
}

/** A function as an editor shows it. `returns` is the result in the notation of `slotName`. */
export interface FunctionSignature {
  /** The full name, such as `string.join`. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** How many of the last parameters may be left out. */
  readonly optional?: number
  /** Takes any number of further arguments after the parameters. */
  readonly rest?: Parameter
  readonly returns: string
  readonly doc: string
  readonly stability: 'generally-available' | 'experimental'
  /** The name to use instead, when this one is deprecated. */
  readonly replacedBy?: string
}

/** What a call gave: a value with remarks about it, or what is wrong, where possible with the argument at fault. */
export type CallResult =
  { readonly value: Value; readonly warnings?: readonly CallProblem[] } | { readonly problem: CallProblem }

/** A complaint about a call; `path` leads from the argument to the part of it that is at fault. */
export interface CallProblem {
  readonly code: string
  readonly message: string
  readonly argument?: number
  readonly path?: readonly (string | number)[]
}

/** Calls a function with arguments that have been counted and converted to its parameters' slots; never throws. */
export type Invoke = (args: readonly Value[], environment: EvaluationEnvironment) => CallResult

/** `name(parameter type, …) type`, in one line. */
export function signatureText(signature: FunctionSignature, slotName: (slot: Slot) => string): string {
  const required = signature.parameters.length - (signature.optional ?? 0)
  const parameters = signature.parameters.map(
    ({ name, slot }, index) => `${name}${index >= required ? '?' : ''} ${slotName(slot)}`,
  )
  if (signature.rest) parameters.push(`${signature.rest.name}… ${slotName(signature.rest.slot)}`)
  return `${signature.name}(${parameters.join(', ')}) ${signature.returns}`
}
