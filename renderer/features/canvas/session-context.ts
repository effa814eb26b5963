import { createContext, useContext } from 'react'
import type { CanvasSession } from '../../model/canvas-session.ts'
import type { Misfit, WireEnd } from '../../model/gestures/fit.ts'

export const SessionContext = createContext<CanvasSession | undefined>(undefined)

export function useSession(): CanvasSession {
  const session = useContext(SessionContext)
  if (session === undefined) throw new Error('a part of the canvas was drawn outside of it')
  return session
}

/** A wire that is being drawn, and what every other port says to it. */
export interface Wiring {
  readonly end: WireEnd
  /** The edge of which the other end is being taken elsewhere. */
  readonly edge: string | undefined
  /** By node and port, where it cannot end. */
  readonly misfits: ReadonlyMap<string, Misfit>
  /** Nodes at which it can end. */
  readonly fitting: ReadonlySet<string>
}

export const portKey = (node: string, port: string): string => `${node} ${port}`

/** The wire that is being drawn; undefined most of the time. */
export const WiringContext = createContext<Wiring | undefined>(undefined)
export const useWiring = (): Wiring | undefined => useContext(WiringContext)

/** The node whose label is being edited. */
export const RenamingContext = createContext<string | undefined>(undefined)
/** The edge that something hovers over and would be put into. */
export const TargetEdgeContext = createContext<string | undefined>(undefined)
