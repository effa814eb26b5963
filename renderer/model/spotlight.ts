import type { Span } from '../../collector-core/language/position.ts'
import { Cell } from './cell.ts'

/** A place of the config's text that views bring into sight: the text scrolls there, the inspector opens the field. */
export class Spotlight {
  /** A new object at every request, for the same place too; offsets are of the text at that moment. */
  readonly place = new Cell<{ readonly span: Span } | undefined>(undefined)

  show(span: Span): void {
    this.place.set({ span: { start: span.start, end: span.end } })
  }
}
