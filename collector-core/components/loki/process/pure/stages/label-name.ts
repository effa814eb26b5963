import type { ArgumentProblem } from '../../../../../schema/definition.ts'
import { isLegacyLabelName } from '../../../../../signal/label-name.ts'
import { problem } from './stage.ts'

/** One problem per name that cannot be a label; `at` is the argument that holds the names. */
export function labelNameProblems(at: string, names: Iterable<string>): ArgumentProblem[] {
  return [...names]
    .filter((name) => !isLegacyLabelName(name))
    .map((name) =>
      problem([at, name], `"${name}" cannot be a label name: use letters, digits and _, not starting with a digit`),
    )
}

/** The name with everything that cannot be in a label name replaced by `_`. */
export function sanitizedLabelName(name: string): string {
  return name === '' ? '_' : name.replace(/[^a-zA-Z0-9_]/gu, '_').replace(/^[0-9]/, '_')
}
