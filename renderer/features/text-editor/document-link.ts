// Keeps a text view and the document the same: what is typed goes to the document, what others change comes from it.
import { Annotation, EditorSelection } from '@codemirror/state'
import type { Transaction } from '@codemirror/state'
import { Transaction as Transactions } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { ConfigDocument } from '../../model/config-document.ts'
import { LineEnds } from './line-ends.ts'

const fromDocument = Annotation.define<boolean>()

export class DocumentLink {
  /** Line ends of the document as it is shown. */
  lines: LineEnds
  private readonly document: ConfigDocument

  constructor(document: ConfigDocument) {
    this.document = document
    this.lines = new LineEnds(document.text)
  }

  /** Takes the place of the view's own `dispatch`. */
  readonly dispatch = (transactions: readonly Transaction[], view: EditorView): void => {
    view.update(transactions)
    for (const transaction of transactions) {
      if (!transaction.docChanged || transaction.annotation(fromDocument) === true) continue
      const changes = this.lines.realChanges(transaction.changes)
      this.document.type(changes, transaction.annotation(Transactions.userEvent), this)
      this.lines = new LineEnds(this.document.text)
    }
  }

  /** Follows the document until the returned function is called. */
  follow(view: EditorView): () => void {
    return this.document.onChange((changes, origin) => {
      if (origin === this) return
      const after = new LineEnds(this.document.text)
      const shown = this.lines.shownChanges(changes, after)
      this.lines = after
      let end = 0
      shown.iterChangedRanges((_from, _to, _fromAfter, to) => (end = to))
      view.dispatch({
        changes: shown,
        annotations: fromDocument.of(true),
        ...(view.hasFocus && { selection: EditorSelection.cursor(end), scrollIntoView: true }),
      })
    })
  }
}
