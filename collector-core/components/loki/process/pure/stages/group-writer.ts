import type { Entry } from './entry.ts'
import { LabelSetter } from './label-memo.ts'

/** Stores a captured text as an extracted value and, if asked, as a label. */
export function groupWriter(name: string, asLabel: boolean): (entry: Entry, text: string) => void {
  if (!asLabel) return (entry, text) => entry.extracted.set(name, text)
  const setter = new LabelSetter(name)
  return (entry, text) => {
    entry.extracted.set(name, text)
    entry.labels = setter.set(entry.labels, text)
  }
}
