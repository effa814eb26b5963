// The standard library: what a name means when the module does not define it.

import type { EvaluationEnvironment } from '../evaluation-environment.ts'
import type { FunctionSignature } from '../function-signature.ts'
import { objectValue } from '../value.ts'
import type { FunctionValue, Value } from '../value.ts'
import { arrayFunctions } from './array.ts'
import { coalesce } from './coalesce.ts'
import { constantsValue } from './machine-facts.ts'
import { convertFunctions } from './convert.ts'
import { encodingFunctions } from './encoding.ts'
import { fileFunctions } from './file.ts'
import { jsonPath } from './json-path.ts'
import { stringFunctions } from './string.ts'
import { sysFunctions } from './sys.ts'

export { constantDocs } from './machine-facts.ts'

const current: readonly FunctionValue[] = [
  ...arrayFunctions,
  coalesce,
  ...convertFunctions,
  ...encodingFunctions,
  ...fileFunctions,
  jsonPath,
  ...stringFunctions,
  ...sysFunctions,
]

/** Old names without a namespace, and the functions they stand for. */
const aliases: Readonly<Record<string, string>> = {
  base64_decode: 'encoding.from_base64',
  concat: 'array.concat',
  env: 'sys.env',
  format: 'string.format',
  join: 'string.join',
  json_decode: 'encoding.from_json',
  nonsensitive: 'convert.nonsensitive',
  replace: 'string.replace',
  split: 'string.split',
  to_lower: 'string.to_lower',
  to_upper: 'string.to_upper',
  trim: 'string.trim',
  trim_prefix: 'string.trim_prefix',
  trim_space: 'string.trim_space',
  trim_suffix: 'string.trim_suffix',
  yaml_decode: 'encoding.from_yaml',
}

const byName = new Map(current.map((value) => [value.signature.name, value]))
for (const [name, replacedBy] of Object.entries(aliases)) {
  const { signature, invoke } = byName.get(replacedBy)!
  byName.set(name, { kind: 'function', signature: { ...signature, name, replacedBy }, invoke })
}

/** Every function by its full name, deprecated names included: for completion, hover and checks. */
export const stdlibFunctions: ReadonlyMap<string, FunctionSignature> = new Map(
  [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { signature }]) => [name, signature]),
)

const namespaces = new Map<string, Value>()
for (const [name, value] of byName) {
  const [namespace, member] = name.split('.') as [string, string?]
  if (member === undefined) namespaces.set(namespace, value)
  else {
    const fields = namespaces.get(namespace)
    namespaces.set(namespace, objectValue([...(fields?.kind === 'object' ? fields.fields : []), [member, value]]))
  }
}

/** The names that can be used without being defined, `constants` included. */
export const stdlibNames: ReadonlySet<string> = new Set([...namespaces.keys(), 'constants'].sort())

/** What a name of the standard library stands for: a namespace, a function, or `constants`. */
export function stdlibLookup(name: string, environment: EvaluationEnvironment): Value | undefined {
  return name === 'constants' ? constantsValue(environment) : namespaces.get(name)
}
