import { ChangeSet, Text } from '@codemirror/state'
import { edits } from '../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import { parse } from '../../../collector-core/language/parser.ts'
import type { Parsed } from '../../../collector-core/language/parser.ts'
import type { TextEdit } from '../../../collector-core/language/text-edit.ts'

/** One edit of several: what it does to the text the steps before it left. */
export type Step = (parsed: Parsed) => EditResult

/** Several edits as one; refused when one of them is. */
export function inSteps(parsed: Parsed, steps: readonly Step[]): EditResult {
  let current = parsed
  let all: ChangeSet | undefined
  let only: EditResult | undefined
  for (const step of steps) {
    const result = step(current)
    if (result.kind === 'refused') return result
    if (result.edits.length === 0) continue
    const changes = changesOf(result.edits, current.text.length)
    only = all === undefined ? result : undefined
    all = all === undefined ? changes : all.compose(changes)
    const text = all.apply(textOf(parsed.text)).toString()
    current = parse(text)
  }
  return only ?? (all === undefined ? edits() : edits(...editsOf(all)))
}

function changesOf(list: readonly TextEdit[], length: number): ChangeSet {
  const specs = list.map(({ span, text }) => ({ from: span.start, to: span.end, insert: text }))
  return ChangeSet.of(specs, length, '\n')
}

function editsOf(changes: ChangeSet): TextEdit[] {
  const found: TextEdit[] = []
  changes.iterChanges((start, end, _from, _to, inserted) => {
    found.push({ span: { start, end }, text: inserted.toString() })
  }, true)
  return found
}

const textOf = (text: string): Text => Text.of(text.split('\n'))
