import { createContext, useContext } from 'react'
import type { Graph } from '../../../../collector-core/graph/graph.ts'
import type { Diagnostic } from '../../../../collector-core/language/diagnostic.ts'
import type { EditResult } from '../../../../collector-core/language/edit-result.ts'
import type { Parsed } from '../../../../collector-core/language/parser.ts'
import type { Span } from '../../../../collector-core/language/position.ts'

/** What the fields of a form have in common. */
export interface FormWorld {
  readonly parsed: Parsed
  readonly graph: Graph
  readonly diagnostics: readonly Diagnostic[]
  /** The id of the component; undefined for a block that configures Weir. */
  readonly component: string | undefined
  /** Applies an edit made for the text as it is now. */
  readonly change: (edit: (parsed: Parsed) => EditResult) => void
  /** The place that was asked for, whose field is brought into sight. */
  readonly sought: Span | undefined
}

export const FormContext = createContext<FormWorld | undefined>(undefined)

/** The form around a field. */
export function useForm(): FormWorld {
  const world = useContext(FormContext)
  if (world === undefined) throw new Error('a field was drawn outside of its form')
  return world
}
