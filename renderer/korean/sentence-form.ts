/** A sentence with holes `{1}`, `{2}`, …: the pieces of text around them, and which hole stands after each piece. */
export interface SentenceForm {
  readonly pieces: readonly string[]
  readonly holes: readonly number[]
}

/** Reads a form as it is written; each hole may stand in any place. */
export function readForm(written: string): SentenceForm {
  const parts = written.split(/\{(\d)\}/)
  return {
    pieces: parts.filter((_, index) => index % 2 === 0),
    holes: parts.filter((_, index) => index % 2 === 1).map(Number),
  }
}

/** How much of a form is fixed: of two that fit a sentence, the longer says more about it. */
export function fixedLength({ pieces }: SentenceForm): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0)
}

/** What stands in the holes of a form whose sentence this is, by their numbers; undefined if it is another sentence. */
export function valuesIn({ pieces, holes }: SentenceForm, sentence: string): ReadonlyMap<number, string> | undefined {
  const [first] = pieces
  const last = pieces[pieces.length - 1]
  if (!sentence.startsWith(first) || !sentence.endsWith(last)) return undefined
  const values = new Map<number, string>()
  let from = first.length
  for (const [index, hole] of holes.entries()) {
    const next = pieces[index + 1]
    const to = index === holes.length - 1 ? sentence.length - last.length : sentence.indexOf(next, from + 1)
    if (to <= from) return undefined
    const value = sentence.slice(from, to)
    // A value that is said twice is the same both times.
    if ((values.get(hole) ?? value) !== value) return undefined
    values.set(hole, value)
    from = to + next.length
  }
  return values
}

/** The sentence of a form. What stands in quotes is a name and is passed over by `say`. */
export function fill(
  { pieces, holes }: SentenceForm,
  values: ReadonlyMap<number, string>,
  say: (value: string) => string,
): string {
  return holes.reduce((sentence, hole, index) => {
    const value = values.get(hole) ?? ''
    return `${sentence}${sentence.endsWith('"') ? value : say(value)}${pieces[index + 1]}`
  }, pieces[0])
}
