import { format } from '../../collector-core/language/format.ts'
import { newlineOf } from '../../collector-core/language/text-style.ts'
import type { ConfigDocument } from './config-document.ts'
import { lineEdits } from './project-session/line-edits.ts'

/** Formats a document as one step of its history, line ends kept; false when syntax errors stand in the way. */
export function formatDocument(document: ConfigDocument): boolean {
  const { text } = document
  const result = format(text)
  if (result.kind === 'refused') return false
  const formatted = newlineOf(text) === '\n' ? result.text : result.text.replaceAll('\n', '\r\n')
  document.replace(lineEdits(text, formatted))
  return true
}
