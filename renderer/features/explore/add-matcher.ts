import { quote } from '../../../collector-core/language/print-value.ts'

/** A LogQL query with one more matcher in its first selector; a matcher of the same label and value is replaced. */
export function addMatcher(query: string, label: string, value: string, negated: boolean): string {
  const quoted = quote(value)
  const matcher = `${label}${negated ? '!=' : '='}${quoted}`
  const open = query.indexOf('{')
  const close = endOfSelector(query, open)
  if (open < 0 || close < 0) return `{${matcher}} ${query}`.trim()
  const kept = matchersOf(query.slice(open + 1, close)).filter(
    (other) => other !== `${label}=${quoted}` && other !== `${label}!=${quoted}` && (negated || other !== everyService),
  )
  return `${query.slice(0, open)}{${[...kept, matcher].join(', ')}}${query.slice(close + 1)}`
}

const everyService = 'service_name=~".+"'

/** The offset of the brace that ends the selector, past quoted text; -1 when there is none. */
function endOfSelector(query: string, open: number): number {
  return open < 0 ? -1 : (scanQuoted(query, open + 1, '}')[0] ?? -1)
}

function matchersOf(inner: string): string[] {
  const commas = scanQuoted(inner, 0, ',')
  const starts = [0, ...commas.map((at) => at + 1)]
  return starts.map((start, index) => inner.slice(start, commas[index]).trim()).filter((text) => text !== '')
}

/** Offsets of a character outside of quoted text. */
function scanQuoted(text: string, from: number, wanted: string): number[] {
  const found: number[] = []
  let quoteMark = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (quoteMark !== '') {
      if (character === '\\' && quoteMark === '"') at++
      else if (character === quoteMark) quoteMark = ''
    } else if (character === '"' || character === '`') quoteMark = character
    else if (character === wanted) found.push(at)
  }
  return found
}
