import { Cell } from './cell.ts'

/** The name of the component that is dragged out of the palette; a drag's own data cannot be read before it is dropped. */
export const draggedComponent = new Cell<string | undefined>(undefined)
