// The table of contents of the config language.

export type { Position, Span } from './position.ts'
export { cover, LineIndex, touches } from './position.ts'
export type * from './ast.ts'
export type { Diagnostic, Severity, Suggestion } from './diagnostic.ts'
export { hasErrors } from './diagnostic.ts'
export type { TextEdit } from './text-edit.ts'
export { applyEdits } from './text-edit.ts'
