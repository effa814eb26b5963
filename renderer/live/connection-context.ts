import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Cell } from '../model/cell.ts'
import type { Connection } from './connection.ts'
import type { ComponentLive, EdgeLive } from './live-numbers.ts'

export const ConnectionContext = createContext<Connection | undefined>(undefined)

/** The connection the page was started with. */
export function useConnection(): Connection {
  const connection = useContext(ConnectionContext)
  if (connection === undefined) throw new Error('a part of the page was drawn outside of it')
  return connection
}

/** The value of a cell; draws again when it is replaced. */
export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get)
}

/** The numbers of one edge; undefined until it is running. */
export function useEdgeLive(id: string): EdgeLive | undefined {
  return useCell(useConnection().numbers.edge(id))
}

/** The numbers of one component; undefined until it is running. */
export function useComponentLive(id: string): ComponentLive | undefined {
  return useCell(useConnection().numbers.component(id))
}
