// Doublestar patterns: `*` and `?` within a path segment, `**` across segments, `[a-z]`, `[^a-z]`, `{one,two}`, `\` escapes.

/** A segment of a pattern: `**`, fixed text, or something to match. */
export type GlobSegment =
  | { readonly kind: 'any-depth' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'wildcard'; matches(name: string): boolean }

export type GlobResult =
  | { readonly alternatives: readonly (readonly GlobSegment[])[]; readonly problem?: undefined }
  | { readonly alternatives?: undefined; readonly problem: string }

const mostAlternatives = 1000

type Token =
  | { readonly kind: 'text'; readonly char: string }
  | { readonly kind: 'star' | 'question' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] }

/** pattern = segment *( "/" segment ); braces multiply the pattern into alternatives. */
export function parseGlob(pattern: string): GlobResult {
  const expanded = expandBraces(pattern)
  if (expanded === undefined)
    return { problem: `the pattern "${pattern}" has an unclosed brace, or more than ${mostAlternatives} alternatives` }
  const alternatives: GlobSegment[][] = []
  for (const alternative of expanded) {
    const segments: GlobSegment[] = []
    for (const text of splitSegments(alternative)) {
      const segment = parseSegment(text)
      if (segment === undefined) return { problem: `the pattern "${pattern}" has an unclosed bracket` }
      const repeated = segment.kind === 'any-depth' && segments.at(-1)?.kind === 'any-depth'
      if (!repeated) segments.push(segment)
    }
    alternatives.push(segments)
  }
  return { alternatives }
}

/** Whether a path matches; both are split at `/`. */
export function matchesGlob(alternatives: readonly (readonly GlobSegment[])[], path: string): boolean {
  const names = path.split('/')
  return alternatives.some((segments) => matchSegments(segments, names))
}

/** Greedy with one point of return, so the time is bounded by the product of the lengths. */
function matchSegments(segments: readonly GlobSegment[], names: readonly string[]): boolean {
  let segment = 0
  let name = 0
  let returnSegment = -1
  let returnName = 0
  while (name < names.length) {
    const current = segment < segments.length ? segments[segment] : undefined
    if (current?.kind === 'any-depth') {
      returnSegment = segment++
      returnName = name
    } else if (current !== undefined && segmentMatches(current, names[name])) {
      segment++
      name++
    } else if (returnSegment >= 0) {
      segment = returnSegment + 1
      name = ++returnName
    } else {
      return false
    }
  }
  while (segment < segments.length && segments[segment].kind === 'any-depth') segment++
  return segment === segments.length
}

export function segmentMatches(segment: GlobSegment, name: string): boolean {
  switch (segment.kind) {
    case 'any-depth':
      return true
    case 'literal':
      return segment.text === name
    case 'wildcard':
      return segment.matches(name)
  }
}

/** A `/` inside brackets or after a backslash belongs to its segment. */
function splitSegments(pattern: string): string[] {
  const segments = ['']
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '/') segments.push('')
    else if (pattern[i] === '\\' && i + 1 < pattern.length) segments[segments.length - 1] += pattern[i] + pattern[++i]
    else segments[segments.length - 1] += pattern[i]
  }
  return segments
}

function parseSegment(text: string): GlobSegment | undefined {
  if (text === '**') return { kind: 'any-depth' }
  const tokens = tokenize(text)
  if (tokens === undefined) return undefined
  if (tokens.every((token) => token.kind === 'text')) {
    return { kind: 'literal', text: tokens.map((token) => token.char).join('') }
  }
  return { kind: 'wildcard', matches: (name) => matchTokens(tokens, Array.from(name)) }
}

/** token = "*" | "?" | "[" [ "^" | "!" ] 1*( char [ "-" char ] ) "]" | "\" char | char */
function tokenize(text: string): Token[] | undefined {
  const chars = Array.from(text)
  const tokens: Token[] = []
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]
    if (char === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' })
    } else if (char === '?') {
      tokens.push({ kind: 'question' })
    } else if (char === '\\' && i + 1 < chars.length) {
      tokens.push({ kind: 'text', char: chars[++i] })
    } else if (char === '[') {
      const end = readClass(chars, i + 1)
      if (end === undefined) return undefined
      tokens.push(end.token)
      i = end.last
    } else {
      tokens.push({ kind: 'text', char })
    }
  }
  return tokens
}

function readClass(chars: readonly string[], start: number): { token: Token; last: number } | undefined {
  let at = start
  const negated = chars[at] === '^' || chars[at] === '!'
  if (negated) at++
  const ranges: (readonly [string, string])[] = []
  const take = (): string | undefined => (chars[at] === '\\' ? (at++, chars[at++]) : chars[at++])
  while (at < chars.length && (chars[at] !== ']' || ranges.length === 0)) {
    const from = take()
    const isRange = chars[at] === '-' && at + 1 < chars.length && chars[at + 1] !== ']'
    if (isRange) at++
    const to = isRange ? take() : from
    if (from === undefined || to === undefined) return undefined
    ranges.push([from, to])
  }
  return at < chars.length ? { token: { kind: 'class', negated, ranges }, last: at } : undefined
}

function matchTokens(tokens: readonly Token[], chars: readonly string[]): boolean {
  let token = 0
  let char = 0
  let returnToken = -1
  let returnChar = 0
  while (char < chars.length) {
    const current = token < tokens.length ? tokens[token] : undefined
    if (current?.kind === 'star') {
      returnToken = token++
      returnChar = char
    } else if (current !== undefined && tokenMatches(current, chars[char])) {
      token++
      char++
    } else if (returnToken >= 0) {
      token = returnToken + 1
      char = ++returnChar
    } else {
      return false
    }
  }
  while (token < tokens.length && tokens[token].kind === 'star') token++
  return token === tokens.length
}

function tokenMatches(token: Token, char: string): boolean {
  switch (token.kind) {
    case 'text':
      return token.char === char
    case 'class':
      return token.ranges.some(([from, to]) => char >= from && char <= to) !== token.negated
    case 'star':
    case 'question':
      return true
  }
}

/** All texts a pattern stands for once its braces are multiplied out; undefined when that fails. */
function expandBraces(pattern: string): string[] | undefined {
  const open = findOutside(pattern, '{', 0)
  if (open < 0) return [pattern]
  const parts: string[] = []
  let depth = 0
  let from = open + 1
  for (let i = open; i < pattern.length; i++) {
    const char = pattern[i]
    if (char === '\\') {
      i++
    } else if (char === '{') {
      depth++
    } else if ((char === ',' && depth === 1) || (char === '}' && --depth === 0)) {
      parts.push(pattern.slice(from, i))
      from = i + 1
      if (char === '}') return multiply(pattern.slice(0, open), parts, pattern.slice(i + 1))
    }
  }
  return undefined
}

function multiply(before: string, parts: readonly string[], after: string): string[] | undefined {
  const all: string[] = []
  for (const part of parts) {
    const expanded = expandBraces(before + part + after)
    if (expanded === undefined || all.length + expanded.length > mostAlternatives) return undefined
    all.push(...expanded)
  }
  return all
}

function findOutside(text: string, char: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === char) return i
  }
  return -1
}
