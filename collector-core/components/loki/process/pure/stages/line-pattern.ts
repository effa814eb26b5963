/** A LogQL pattern: captures, and the texts between them. `name` is undefined for `<_>`. */
type Part =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'capture'; readonly name: string | undefined }

/** Reads the captures out of a line, in pattern order; fewer than `names` when the line ends early. */
export interface LinePattern {
  readonly names: readonly string[]
  match(line: string): readonly string[]
}

export type LinePatternResult =
  | { readonly pattern: LinePattern; readonly error?: undefined }
  | { readonly pattern?: undefined; readonly error: string }

/** pattern = { text | "<" ( name | "_" ) ">" } . */
export function parseLinePattern(text: string): LinePatternResult {
  const parts: Part[] = []
  let from = 0
  for (const capture of text.matchAll(/<([a-zA-Z_][a-zA-Z0-9_]*)>/g)) {
    if (capture.index > from) parts.push({ kind: 'text', text: text.slice(from, capture.index) })
    else if (parts.at(-1)?.kind === 'capture')
      return { error: `${capture[0]} follows another capture directly: put text between them` }
    parts.push({ kind: 'capture', name: capture[1] === '_' ? undefined : capture[1] })
    from = capture.index + capture[0].length
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  const names = parts.flatMap((part) => (part.kind === 'capture' && part.name !== undefined ? [part.name] : []))
  if (names.length === 0) return { error: 'the pattern has no named capture: write <name> where a value stands' }
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return { error: `the capture <${twice}> occurs twice` }
  return { pattern: { names, match: (line) => match(parts, line) } }
}

function match(parts: readonly Part[], line: string): readonly string[] {
  const captures: string[] = []
  let at = 0
  let i = 0
  const [first] = parts
  if (line === '') return captures
  if (first.kind === 'text') {
    if (!line.startsWith(first.text)) return captures
    at = first.text.length
    i = 1
  }
  for (; i < parts.length; i += 2) {
    const { name } = parts[i] as Part & { kind: 'capture' }
    const behind = parts.at(i + 1) as (Part & { kind: 'text' }) | undefined
    const end = behind === undefined ? -1 : line.indexOf(behind.text, at)
    // A text that is missing leaves the rest of the line to the capture before it.
    if (name !== undefined) captures.push(end < 0 ? line.slice(at) : line.slice(at, end))
    if (end < 0) break
    at = end + (behind?.text.length ?? 0)
  }
  return captures
}
