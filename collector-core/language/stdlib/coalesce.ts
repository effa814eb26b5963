import { fieldsOf, nullValue } from '../value.ts'
import type { FunctionValue, Value } from '../value.ts'
import { give, libraryFunction, value } from './library-function.ts'

/** The function `coalesce`. */
export const coalesce: FunctionValue = libraryFunction(
  {
    name: 'coalesce',
    parameters: [],
    rest: value('values', 'The candidates, best first.'),
    returns: 'any',
    doc: 'The first value that is not null, zero, false or empty; the last one if there is none.',
  },
  (_, { rest }) => give(rest.find((candidate) => !isEmpty(candidate)) ?? rest.at(-1) ?? nullValue),
)

function isEmpty(candidate: Value): boolean {
  switch (candidate.kind) {
    case 'null':
      return true
    case 'bool':
      return !candidate.value
    case 'number':
      return Number(candidate.value) === 0
    case 'string':
      return candidate.text === ''
    case 'array':
      return candidate.elements.length === 0
    default:
      return fieldsOf(candidate)?.size === 0
  }
}
