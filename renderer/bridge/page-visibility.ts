import { Cell } from '../model/cell.ts'

/** Whether anybody can see the page. */
export function pageVisibility(document: Pick<Document, 'visibilityState' | 'addEventListener'>): Cell<boolean> {
  const visible = new Cell(document.visibilityState !== 'hidden')
  document.addEventListener('visibilitychange', () => visible.set(document.visibilityState !== 'hidden'))
  return visible
}
