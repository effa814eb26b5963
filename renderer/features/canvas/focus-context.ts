import { createContext, useContext } from 'react'
import type { PathFocus } from '../../model/path-focus.ts'

/** The path through the selected component; undefined while nothing is selected. */
export const FocusContext = createContext<PathFocus | undefined>(undefined)

/** How a part of the picture stands to the path in focus. */
export type Emphasis = 'plain' | 'lit' | 'resting'

export function useNodeEmphasis(id: string): Emphasis {
  const focus = useContext(FocusContext)
  return focus === undefined ? 'plain' : focus.nodes.has(id) ? 'lit' : 'resting'
}

export function useEdgeEmphasis(id: string): Emphasis {
  const focus = useContext(FocusContext)
  return focus === undefined ? 'plain' : focus.edges.has(id) ? 'lit' : 'resting'
}
