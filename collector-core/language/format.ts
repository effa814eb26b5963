// Format a whole config as `alloy fmt` does, where that is safe. It differs on purpose: text inside strings, keys and labels is
// never touched, an empty call stays a call, comments stay inside the brackets they stand in, elements that share a line with
// the end of an indented one keep its level, and the result is repeated until it no longer changes.

import type { Diagnostic } from './diagnostic.ts'
import { FormatLayout } from './format-layout.ts'
import { TreeFormatter } from './format-tree.ts'
import { parse } from './parser.ts'
import type { Parsed } from './parser.ts'
import { LineIndex } from './position.ts'
import { isComment } from './token.ts'

/** A formatted text (LF newlines, tabs, one newline at the end), or the errors that stand in the way. */
export type FormatResult =
  | { readonly kind: 'formatted'; readonly text: string; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

// Joining the lines of an expression can bring its neighbours into one run, which the next round then aligns.
const maxRounds = 10

/** Formats a config; formatting the result again gives the same text. Values, keys, order and comments stay as they are. */
export function format(text: string): FormatResult {
  let current = text
  for (let round = 0; round < maxRounds; round++) {
    const parsed = parse(current)
    const errors = parsed.diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
    if (errors.length > 0) {
      if (round > 0) throw new Error(`formatting broke the text: ${errors[0].message}`)
      return { kind: 'refused', diagnostics: errors }
    }
    const next = formatOnce(parsed)
    if (next === current) break
    current = next
  }
  return { kind: 'formatted', text: current, changed: current !== text }
}

function formatOnce({ text, tree, tokens }: Parsed): string {
  const lines = new LineIndex(text)
  const layout = new FormatLayout(
    lines,
    tokens.filter((token) => isComment(token.kind)),
  )
  new TreeFormatter(layout, lines).body(tree.body)
  return layout.finish()
}
