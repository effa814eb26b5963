import { stringValue } from '../value.ts'
import type { FunctionValue } from '../value.ts'
import { give, libraryFunction, text } from './library-function.ts'

const pathJoin = libraryFunction(
  {
    name: 'file.path_join',
    parameters: [],
    rest: text('parts', 'The parts of the path; empty ones are left out.'),
    returns: 'string',
    doc: 'Joins parts into a path with the separator of the operating system, and resolves `..`, `.` and doubled separators.',
  },
  (_, { rest, environment }) => {
    const separator = environment.pathSeparator ?? (environment.os === 'windows' ? '\\' : '/')
    return give(stringValue(joinPath(rest, separator)))
  },
)

/** Joins the parts that are not empty and cleans the path: no `.`, no inner `..`, no doubled separators; "" from nothing. */
export function joinPath(parts: readonly string[], separator: '/' | '\\'): string {
  const joined = parts.filter((part) => part !== '').join('/')
  if (joined === '') return ''
  const path = separator === '\\' ? joined.replaceAll('\\', '/') : joined
  const drive = separator === '\\' ? (/^[A-Za-z]:/.exec(path)?.[0] ?? '') : ''
  const share = separator === '\\' && parts.find((part) => part !== '')?.startsWith('\\\\') === true ? '\\' : ''
  const rest = path.slice(drive.length)
  const rooted = rest.startsWith('/')
  const kept: string[] = []
  for (const part of rest.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!rooted) kept.push(part)
  }
  const clean = (rooted ? separator : '') + kept.join(separator)
  return share + drive + (clean === '' ? '.' : clean)
}

/** The functions of the namespace `file`. */
export const fileFunctions: readonly FunctionValue[] = [pathJoin]
