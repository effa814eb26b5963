// What is wrong with a config, as a value: where, what, and what to do next.

import type { Span } from './position.ts'
import type { TextEdit } from './text-edit.ts'

/** An error keeps a config from running; a warning does not. */
export type Severity = 'error' | 'warning'

/** A way out: a short sentence such as `did you mean "forward_to"?`, and the edit that would follow it. */
export interface Suggestion {
  readonly text: string
  readonly edit?: TextEdit
}

/** One complaint about a place in a config; `code` is stable and kebab-case, `message` is for people. */
export interface Diagnostic {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly span: Span
  readonly file?: string
  readonly suggestion?: Suggestion
}

/** True when at least one of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}
