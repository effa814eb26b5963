import { stringValue } from '../value.ts'
import type { FunctionValue } from '../value.ts'
import { give, libraryFunction, text } from './library-function.ts'

const env = libraryFunction(
  {
    name: 'sys.env',
    parameters: [text('name', 'The name of the variable.')],
    returns: 'string',
    doc: 'The value of an environment variable, "" when it is not set; the result is not a secret.',
  },
  ([name], { environment }) => give(stringValue(environment.env(name) ?? '')),
)

/** The functions of the namespace `sys`. */
export const sysFunctions: readonly FunctionValue[] = [env]
