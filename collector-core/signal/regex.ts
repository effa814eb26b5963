// RE2 regular expressions: user patterns never reach the built-in engine, so matching time stays linear in the input.
import { RE2JS } from 're2js'

/** One match; offsets count UTF-16 units of the input, group 0 is the whole match, -1 and undefined mean "took no part". */
export interface RegexMatch {
  readonly input: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly groups: readonly (string | undefined)[]
  /** The text of a named group; undefined when there is no such group or it took no part. */
  named(name: string): string | undefined
}

/** A compiled pattern. `text` is what the user wrote. */
export interface Regex {
  readonly text: string
  readonly anchored: boolean
  /** Groups without group 0. */
  readonly groupCount: number
  /** Name by group number; `''` for unnamed groups and for group 0. */
  readonly groupNames: readonly string[]
  /** Whether it matches; cheaper than `exec`. Bytes are read as UTF-8. */
  test(input: string | Uint8Array): boolean
  /** The leftmost match at or after offset `from`. Anchored patterns ignore `from`. */
  exec(input: string, from?: number): RegexMatch | undefined
  /** All matches that do not overlap, chosen as Go's `FindAll` chooses them. */
  execAll(input: string): readonly RegexMatch[]
  /** Every match replaced by the expanded template; see `expandTemplate`. */
  replaceAll(input: string, template: string): string
}

/** `anchored` patterns match the whole input and let `.` match newlines, as Prometheus compiles relabel rules and matchers. */
export interface RegexMode {
  readonly anchored: boolean
}

export type RegexResult =
  { readonly regex: Regex; readonly error?: undefined } | { readonly regex?: undefined; readonly error: string }

export const longestPattern = 256 * 1024
export const largestProgram = 400_000
const cacheSize = 1000

const cache = new Map<string, RegexResult>()

/** Compiles RE2 text; what is wrong with it comes back as a sentence. Results are cached, oldest out first. */
export function compileRegex(text: string, mode: RegexMode): RegexResult {
  const key = `${mode.anchored ? 'a' : 'u'}${text}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const result = compile(text, mode)
  if (cache.size >= cacheSize) {
    for (const oldest of cache.keys()) {
      cache.delete(oldest)
      break
    }
  }
  cache.set(key, result)
  return result
}

/** Compiles text that has been checked before; throws when it does not compile. */
export function checkedRegex(text: string, mode: RegexMode): Regex {
  const result = compileRegex(text, mode)
  if (result.regex === undefined) throw new Error(result.error)
  return result.regex
}

function compile(text: string, { anchored }: RegexMode): RegexResult {
  if (text.length > longestPattern) {
    return { error: `the regular expression is longer than ${longestPattern} characters; split it into several rules` }
  }
  try {
    const pattern = RE2JS.compile(text, anchored ? RE2JS.DOTALL : 0)
    if (pattern.programSize() > largestProgram) {
      return { error: `the regular expression needs more than ${largestProgram} steps; use smaller repeat counts` }
    }
    return { regex: new Re2Regex(text, anchored, pattern) }
  } catch (error) {
    return { error: `the regular expression is not valid RE2: ${reasonOf(error)}` }
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  // With DOTALL the engine quotes the pattern with its own flag in front.
  return message.replace(/^error parsing regexp: /, '').replace('`(?s)', '`')
}

class Re2Regex implements Regex {
  readonly text: string
  readonly anchored: boolean
  readonly groupCount: number
  readonly groupNames: readonly string[]
  private readonly pattern: RE2JS
  private readonly numbers: Readonly<Record<string, number>>

  constructor(text: string, anchored: boolean, pattern: RE2JS) {
    this.text = text
    this.anchored = anchored
    this.pattern = pattern
    this.groupCount = pattern.groupCount()
    this.numbers = pattern.namedGroups()
    const names = new Array<string>(this.groupCount + 1).fill('')
    for (const [name, number] of Object.entries(this.numbers)) names[number] = name
    this.groupNames = names
  }

  test(input: string | Uint8Array): boolean {
    return this.anchored ? this.pattern.testExact(input) : this.pattern.test(input)
  }

  exec(input: string, from = 0): RegexMatch | undefined {
    const matcher = this.pattern.matcher(input)
    if (!(this.anchored ? matcher.matches() : matcher.find(from))) return undefined
    const starts: number[] = []
    const ends: number[] = []
    const groups: (string | undefined)[] = []
    for (let group = 0; group <= this.groupCount; group++) {
      const start = matcher.start(group)
      const end = matcher.end(group)
      starts.push(start)
      ends.push(end)
      groups.push(start < 0 ? undefined : input.slice(start, end))
    }
    const numbers = this.numbers
    return { input, starts, ends, groups, named: (name) => (name in numbers ? groups[numbers[name]] : undefined) }
  }

  execAll(input: string): readonly RegexMatch[] {
    const matches: RegexMatch[] = []
    let previousEnd = -1
    for (let from = 0; from <= input.length;) {
      const match = this.exec(input, from)
      if (match === undefined) break
      const [start] = match.starts
      const [end] = match.ends
      // An empty match that touches the end of the one before it does not count.
      if (end > start || start !== previousEnd) matches.push(match)
      previousEnd = end
      if (this.anchored) break
      from = end > from ? end : from + codePointWidth(input, from)
    }
    return matches
  }

  replaceAll(input: string, template: string): string {
    let out = ''
    let copied = 0
    for (const match of this.execAll(input)) {
      out += input.slice(copied, match.starts[0]) + expandTemplate(template, match)
      copied = match.ends[0]
    }
    return out + input.slice(copied)
  }
}

function codePointWidth(text: string, at: number): number {
  const code = text.codePointAt(at)
  return code !== undefined && code > 0xffff ? 2 : 1
}

const reference = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu

/**
 * Expands `$1`, `${1}`, `$name`, `${name}` and `$$` as Go's `regexp.Expand` does: the longest possible name counts
 * (`$1x` names the group `1x`), an unknown group is empty, a `$` that starts nothing stands for itself.
 */
export function expandTemplate(template: string, match: Pick<RegexMatch, 'groups' | 'named'>): string {
  if (!template.includes('$')) return template
  return template.replace(reference, (_, dollar?: string, braced?: string, bare?: string) => {
    if (dollar !== undefined) return '$'
    const name = braced ?? bare ?? ''
    return (/^(?:0|[1-9][0-9]{0,8})$/.test(name) ? match.groups[Number(name)] : match.named(name)) ?? ''
  })
}
