import type { Span } from './position.ts'
import type { Token } from './token.ts'

/** Index of the first token that starts at or after the offset. */
export function tokenIndexFrom(tokens: readonly Token[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens[middle].start < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The tokens that lie wholly inside the span. */
export function tokensWithin(tokens: readonly Token[], span: Span): readonly Token[] {
  const from = tokenIndexFrom(tokens, span.start)
  let to = from
  while (to < tokens.length && tokens[to].end <= span.end) to++
  return tokens.slice(from, to)
}
