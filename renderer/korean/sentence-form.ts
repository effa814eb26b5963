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

/** The sentences of a text, each without the space after it; those in brackets belong to the one around them. */
export function sentencesIn(text: string): readonly string[] {
  const sentences: string[] = []
  let open = 0
  for (const part of text.split(/(?<=[.!?]) (?=[\p{Lu}`"])/u)) {
    if (open > 0) sentences[sentences.length - 1] += ` ${part}`
    else sentences.push(part)
    for (const character of part) open += character === '(' ? 1 : character === ')' ? -1 : 0
  }
  return sentences
}

/** How much of a form is fixed: of two that fit a sentence, the longer says more about it. */
export function fixedLength({ pieces }: SentenceForm): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0)
}

/** What stands in the holes of a form whose sentence this is, by their numbers; undefined if it is another sentence. */
export function valuesIn({ pieces, holes }: SentenceForm, text: string): ReadonlyMap<number, string> | undefined {
  const [first] = pieces
  const last = pieces[pieces.length - 1]
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined
  const values = new Map<number, string>()
  let from = first.length
  for (const [index, hole] of holes.entries()) {
    const next = pieces[index + 1]
    const to = index === holes.length - 1 ? text.length - last.length : text.indexOf(next, from + 1)
    if (to <= from) return undefined
    const value = text.slice(from, to)
    // A value that is said twice is the same both times.
    if ((values.get(hole) ?? value) !== value) return undefined
    // What stands in quotes ends with the first one that closes them.
    if (pieces[index].endsWith('"') && next.startsWith('"') && value.includes('"')) return undefined
    // A sentence ends where its full stop is, unless brackets hold several together.
    const isHeld = pieces[index].endsWith('(') && next.startsWith(')')
    if (!isHeld && (sentencesIn(value).length > 1 || (next === '' && value.endsWith('.')))) return undefined
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
