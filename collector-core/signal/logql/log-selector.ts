// The part of LogQL that selects lines: a stream selector and line filters.
import type { Labels } from '../labels.ts'
import { compileRegex } from '../regex.ts'
import type { Regex } from '../regex.ts'
import { readQuotedText } from './quoted-text.ts'

/** One label condition; `regex` is set for `=~` and `!~` and has to match the whole value. */
export interface LabelMatcher {
  readonly name: string
  readonly op: '=' | '!=' | '=~' | '!~'
  readonly value: string
  readonly regex: Regex | undefined
}

/** One condition on the line; `regex` is set for `|~` and `!~` and may match anywhere. */
export interface LineFilter {
  readonly op: '|=' | '!=' | '|~' | '!~'
  readonly text: string
  readonly regex: Regex | undefined
}

/** A parsed selector: every matcher and every filter has to hold. */
export interface LogSelector {
  readonly matchers: readonly LabelMatcher[]
  readonly filters: readonly LineFilter[]
}

export type LogSelectorResult =
  | { readonly selector: LogSelector; readonly error?: undefined }
  | { readonly selector?: undefined; readonly error: string }

/**
 * selector = "{" matcher { "," matcher } [ "," ] "}" { filter } .
 * matcher  = name ( "=" | "!=" | "=~" | "!~" ) string .
 * filter   = ( "|=" | "!=" | "|~" | "!~" ) string .
 */
export function parseLogSelector(text: string): LogSelectorResult {
  const reader = new SelectorReader(text)
  try {
    return { selector: reader.read() }
  } catch (error) {
    if (error instanceof SelectorError) return { error: error.message }
    throw error
  }
}

/** Whether the labels satisfy every matcher; an absent label counts as empty. */
export function matchesLabels(matchers: readonly LabelMatcher[], labels: Labels): boolean {
  for (const { name, op, value, regex } of matchers) {
    const actual = labels.get(name)
    const equal = regex === undefined ? actual === value : regex.test(actual)
    if (equal !== (op === '=' || op === '=~')) return false
  }
  return true
}

class SelectorError extends Error {}

class SelectorReader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  read(): LogSelector {
    if (!this.take('{')) this.fail('expected "{" at the start, as in {app="web"}')
    const matchers: LabelMatcher[] = []
    while (!this.take('}')) {
      if (matchers.length > 0) {
        if (!this.take(',')) this.fail('expected "," or "}" after a label matcher')
        if (this.take('}')) break
      }
      matchers.push(this.matcher())
    }
    if (matchers.length === 0) this.fail('at least one label matcher is needed between "{" and "}"')
    const filters: LineFilter[] = []
    while (!this.done()) filters.push(this.filter())
    return { matchers, filters }
  }

  private matcher(): LabelMatcher {
    const name = /^[a-zA-Z_][a-zA-Z0-9_]*/.exec(this.rest())?.[0]
    if (name === undefined) this.fail('expected a label name')
    this.at += name.length
    const op = (['=~', '!~', '!=', '='] as const).find((candidate) => this.take(candidate))
    if (op === undefined) this.fail(`expected =, !=, =~ or !~ after the label name "${name}"`)
    const value = this.string()
    return { name, op, value, regex: op.endsWith('~') ? this.regex(value, true) : undefined }
  }

  private filter(): LineFilter {
    const op = (['|=', '!=', '|~', '!~'] as const).find((candidate) => this.take(candidate))
    if (op === undefined) {
      this.fail(
        this.rest().startsWith('|')
          ? 'only line filters (|=, !=, |~, !~) may follow the stream selector; parsers and label filters are not supported here'
          : 'expected a line filter (|=, !=, |~ or !~) or the end',
      )
    }
    const text = this.string()
    return { op, text, regex: op.endsWith('~') ? this.regex(text, false) : undefined }
  }

  private regex(pattern: string, anchored: boolean): Regex {
    const { regex, error } = compileRegex(pattern, { anchored })
    return regex ?? this.fail(error)
  }

  private string(): string {
    this.skipSpace()
    const quoted = readQuotedText(this.text, this.at)
    if (quoted.error !== undefined) this.fail(quoted.error)
    this.at = quoted.end
    return quoted.value
  }

  private rest(): string {
    this.skipSpace()
    return this.text.slice(this.at)
  }

  private done(): boolean {
    this.skipSpace()
    return this.at === this.text.length
  }

  private take(token: string): boolean {
    this.skipSpace()
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }

  private skipSpace(): void {
    for (;;) {
      while (/\s/.test(this.text.charAt(this.at))) this.at++
      if (this.text[this.at] !== '#') return
      const newline = this.text.indexOf('\n', this.at)
      this.at = newline < 0 ? this.text.length : newline
    }
  }

  private fail(message: string): never {
    throw new SelectorError(`${message} (at character ${this.at + 1} of the selector)`)
  }
}
