import { stringValue } from '../value.ts'
import type { FunctionValue } from '../value.ts'
import { give, libraryFunction, secret } from './library-function.ts'

const nonsensitive = libraryFunction(
  {
    name: 'convert.nonsensitive',
    parameters: [secret('secret', 'The secret to lay open; a plain string stays as it is.')],
    returns: 'string',
    doc: 'Turns a secret into a plain string that may be shown and logged.',
  },
  ([secret]) => give(stringValue(secret.reveal())),
)

/** The functions of the namespace `convert`. */
export const convertFunctions: readonly FunctionValue[] = [nonsensitive]
