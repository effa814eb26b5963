import type { ConfigDocument } from '../../model/config-document.ts'
import type { SelectionModel } from '../../model/selection.ts'
import type { Spotlight } from '../../model/spotlight.ts'
import type { LineEnds } from './line-ends.ts'

/** What the text view works with; `lines` are the line ends of the document as it is shown now. */
export interface EditorHost {
  readonly document: ConfigDocument
  readonly selection: SelectionModel
  readonly spotlight: Spotlight
  readonly readClipboard: () => Promise<string>
  readonly lines: () => LineEnds
  /** Says why something was not done. */
  readonly tell: (message: string) => void
  /** Whether the page is drawn larger than designed. */
  readonly zoomed: boolean
}
