// Finds out, without running it, which plain texts a regular expression needs or amounts to, so that most lines can be
// judged by a byte search. Whatever is not certain is answered with "unknown".

/** What is certain about an unanchored search for a pattern. */
export interface RegexLiterals {
  /** When set, the pattern matches exactly the inputs that contain one of these. */
  readonly exact: readonly string[] | undefined
  /** When set, no input matches that contains none of these. */
  readonly required: readonly string[] | undefined
}

/** `all` are every text a node can match, when they are few; `some` are texts of which one occurs in any match. */
interface Facts {
  readonly all: readonly string[] | undefined
  readonly some: readonly string[] | undefined
  readonly nullable: boolean
}

const mostTexts = 16
const longestText = 256
const unknown: Facts = { all: undefined, some: undefined, nullable: false }
const emptyWidth: Facts = { all: undefined, some: undefined, nullable: false }
const emptyText: Facts = { all: [''], some: undefined, nullable: true }
const nothingKnown: RegexLiterals = { exact: undefined, required: undefined }

/** The texts an unanchored search for RE2 `pattern` depends on. */
export function regexLiterals(pattern: string): RegexLiterals {
  try {
    const reader = new LiteralReader(pattern)
    const facts = reader.alternation(true)
    if (!reader.done()) return nothingKnown
    return { exact: facts.all, required: usable(facts.all) ?? usable(facts.some) }
  } catch (error) {
    if (error instanceof GiveUp) return nothingKnown
    throw error
  }
}

class GiveUp extends Error {}

function usable(texts: readonly string[] | undefined): readonly string[] | undefined {
  return texts !== undefined && texts.length > 0 && texts.every((text) => text !== '') ? texts : undefined
}

/** Longer shortest text first, then fewer texts. */
function better(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const shortest = (texts: readonly string[]): number => Math.min(...texts.map((text) => text.length))
  return shortest(a) > shortest(b) || (shortest(a) === shortest(b) && a.length <= b.length) ? a : b
}

function join(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined || a.length * b.length > mostTexts) return undefined
  const joined = new Set(a.flatMap((left) => b.map((right) => left + right)))
  return [...joined].some((text) => text.length > longestText) ? undefined : [...joined]
}

function concatenation(parts: readonly Facts[]): Facts {
  let all: readonly string[] | undefined = ['']
  let run: readonly string[] = ['']
  let some: readonly string[] | undefined
  for (const part of parts) {
    all = join(all, part.all)
    const longer = join(run, part.all)
    if (longer === undefined) {
      some = better(some, usable(run))
      run = part.all ?? ['']
    } else run = longer
    some = better(some, usable(part.some))
  }
  return { all, some: better(some, usable(run)), nullable: parts.every((part) => part.nullable) }
}

function union(branches: readonly Facts[]): Facts {
  const merged = (texts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined => {
    const known = texts.flatMap((list) => (list === undefined ? [] : list))
    return texts.includes(undefined) || known.length > mostTexts ? undefined : [...new Set(known)]
  }
  return {
    all: merged(branches.map((branch) => branch.all)),
    some: merged(branches.map((branch) => usable(branch.all) ?? usable(branch.some))),
    nullable: branches.some((branch) => branch.nullable),
  }
}

const classEscapes = /[dDsSwWpPC]/
const widthEscapes = /[AzbB]/
const controlEscapes: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

class LiteralReader {
  private readonly text: string
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  done(): boolean {
    return this.at === this.text.length
  }

  /** alternation = concatenation { "|" concatenation } . */
  alternation(outermost = false): Facts {
    if (++this.depth > 50) throw new GiveUp()
    const branches: Facts[] = []
    do branches.push(this.sequence(outermost))
    while (this.take('|'))
    this.depth--
    return branches.length === 1 ? branches[0] : union(branches)
  }

  private sequence(outermost: boolean): Facts {
    let parts: Facts[] = []
    while (!this.done() && !'|)'.includes(this.text[this.at])) parts.push(this.repetition())
    // A search does not care about what may be empty at either end.
    if (outermost) {
      const first = parts.findIndex((part) => !part.nullable)
      const last = parts.findLastIndex((part) => !part.nullable)
      parts = first < 0 ? [] : parts.slice(first, last + 1)
    }
    return concatenation(parts)
  }

  /** repetition = atom { "*" | "+" | "?" | "{" n [ "," [ m ] ] "}" [ "?" ] } . */
  private repetition(): Facts {
    let facts = this.atom()
    for (;;) {
      if (this.take('*')) facts = { all: undefined, some: undefined, nullable: true }
      else if (this.take('+'))
        facts = { all: undefined, some: usable(facts.all) ?? facts.some, nullable: facts.nullable }
      else if (this.take('?'))
        facts = { all: facts.all && [...new Set([...facts.all, ''])], some: undefined, nullable: true }
      else {
        const count = /^\{(\d+)(,\d*)?\}/.exec(this.text.slice(this.at))
        if (count === null) return facts
        this.at += count[0].length
        const optional = Number(count[1]) === 0
        facts = {
          all: undefined,
          some: optional ? undefined : (usable(facts.all) ?? facts.some),
          nullable: optional || facts.nullable,
        }
      }
      this.take('?')
    }
  }

  /** atom = "(" [ "?:" | "?P<name>" | "?<name>" ] alternation ")" | class | escape | "." | "^" | "$" | character . */
  private atom(): Facts {
    const char = String.fromCodePoint(this.text.codePointAt(this.at)!)
    this.at += char.length
    switch (char) {
      case '(':
        return this.group()
      case '[':
        return this.class()
      case '\\':
        return this.escape()
      case '.':
        return unknown
      case '^':
      case '$':
        return emptyWidth
      default:
        return { all: [char], some: undefined, nullable: false }
    }
  }

  private group(): Facts {
    const opening = /^\?(?::|P?<\w+>)/.exec(this.text.slice(this.at))
    if (opening !== null) this.at += opening[0].length
    else if (this.text[this.at] === '?') throw new GiveUp()
    const facts = this.alternation()
    if (!this.take(')')) throw new GiveUp()
    return facts
  }

  /** Only classes of a few plain characters are looked into. */
  private class(): Facts {
    const plain = /^([^\\\]^[-]{1,4})\]/u.exec(this.text.slice(this.at))
    if (plain !== null) {
      this.at += plain[0].length
      return { all: [...new Set(plain[1])], some: undefined, nullable: false }
    }
    this.take('^')
    this.take(']')
    for (;;) {
      if (this.done()) throw new GiveUp()
      if (this.take(']')) return unknown
      const named = /^\[:\^?\w+:\]/.exec(this.text.slice(this.at))
      this.at += named?.[0].length ?? (this.text[this.at] === '\\' ? 2 : 1)
    }
  }

  private escape(): Facts {
    const char = this.text.charAt(this.at++)
    if (char in controlEscapes) return { all: [controlEscapes[char]], some: undefined, nullable: false }
    if (widthEscapes.test(char)) return emptyWidth
    if (char === 'p' || char === 'P') {
      const name = /^(?:\{[^}]*\}|.)/u.exec(this.text.slice(this.at))
      this.at += name?.[0].length ?? 0
      return unknown
    }
    if (classEscapes.test(char)) return unknown
    if (char === 'Q') {
      const end = this.text.indexOf('\\E', this.at)
      const quoted = this.text.slice(this.at, end < 0 ? undefined : end)
      // A repetition after \E binds to the last character alone.
      if (/^[*+?{]/.test(end < 0 ? '' : this.text.slice(end + 2))) throw new GiveUp()
      this.at = end < 0 ? this.text.length : end + 2
      return quoted === '' ? emptyText : { all: [quoted], some: undefined, nullable: false }
    }
    if (/[^\w\s]/.test(char) && char.charCodeAt(0) < 0x80) return { all: [char], some: undefined, nullable: false }
    throw new GiveUp()
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }
}
