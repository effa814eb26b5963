import { secretValue, stringValue } from '../value.ts'
import type { FunctionValue } from '../value.ts'
import { give, libraryFunction, text } from './library-function.ts'

const env = libraryFunction(
  {
    name: 'sys.env',
    parameters: [text('name', 'The name of the variable.')],
    returns: 'string',
    doc: 'The value of an environment variable, "" when it is not set. Not a secret, unless Weir keeps one of that name: then it is that secret.',
  },
  ([name], { environment }) => {
    const kept = environment.secret?.(name)
    return give(kept === undefined ? stringValue(environment.env(name) ?? '') : secretValue(kept))
  },
)

/** The functions of the namespace `sys`. */
export const sysFunctions: readonly FunctionValue[] = [env]
