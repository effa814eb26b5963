import type { ArgumentProblem } from '../../../../../schema/definition.ts'
import { problem } from './stage.ts'

const legacy = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** Whether a name follows Prometheus' classic grammar for label names. */
export function isLabelName(name: string): boolean {
  return legacy.test(name)
}

/** One problem per name that cannot be a label; `at` is the argument that holds the names. */
export function labelNameProblems(at: string, names: Iterable<string>): ArgumentProblem[] {
  return [...names]
    .filter((name) => !isLabelName(name))
    .map((name) =>
      problem([at, name], `"${name}" cannot be a label name: use letters, digits and _, not starting with a digit`),
    )
}

/** The name with everything that cannot be in a label name replaced by `_`. */
export function sanitizedLabelName(name: string): string {
  return name === '' ? '_' : name.replace(/[^a-zA-Z0-9_]/gu, '_').replace(/^[0-9]/, '_')
}
