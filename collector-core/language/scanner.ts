// Text to tokens, nothing lost: whitespace, comments and characters that mean nothing are tokens too.

import { isDigit, isNamePart, isNameStart, isReserved } from './character.ts'
import type { DiagnosticList } from './diagnostic-list.ts'
import { reportForbiddenCharacters, scanIllegal } from './scan-illegal.ts'
import { scanNumber, scanQuotedString, scanRawString } from './scan-literal.ts'
import type { Token, TokenKind } from './token.ts'

const lineFeed = 10
const carriageReturn = 13
const byteOrderMark = 0xfeff

// Longest first in meaning: two characters are looked up before one. `||` and `&&` have their own rule.
const markKinds: readonly TokenKind[] = [
  ...(['==', '!=', '<=', '>=', '=', '!', '<', '>', '+', '-', '*', '/', '%', '^'] as const),
  ...(['{', '}', '(', ')', '[', ']', ',', '.', ':', ';'] as const),
]
const marks: ReadonlyMap<string, TokenKind> = new Map(markKinds.map((kind) => [kind, kind]))

/** All tokens of a text, in order, joined exactly the text; the last one is `eof`. Complaints go to `diagnostics`. */
export function scan(text: string, diagnostics: DiagnosticList): readonly Token[] {
  return new Scanner(text, diagnostics).run()
}

class Scanner {
  private readonly text: string
  private readonly diagnostics: DiagnosticList
  private readonly tokens: Token[] = []
  private at = 0
  // True after a token that can end a statement: the next newline then becomes a terminator.
  private armed = false
  // Comments before this offset are known to be followed by more of the same line.
  private sameLineUntil = 0

  constructor(text: string, diagnostics: DiagnosticList) {
    this.text = text
    this.diagnostics = diagnostics
  }

  run(): readonly Token[] {
    const { text } = this
    reportForbiddenCharacters(text, this.diagnostics)
    if (text.charCodeAt(0) === byteOrderMark) this.push('bom', 1)
    while (this.at < text.length) this.next()
    this.terminate()
    this.push('eof', text.length)
    return this.tokens
  }

  private push(kind: TokenKind, end: number): void {
    this.tokens.push({ kind, start: this.at, end })
    this.at = end
  }

  private terminate(): void {
    if (!this.armed) return
    this.push('terminator', this.at)
    this.armed = false
  }

  private next(): void {
    const { text, at } = this
    const code = text.charCodeAt(at)
    const character = text[at]
    const following = text[at + 1]
    if (code === lineFeed) this.newline(at + 1)
    else if (code === carriageReturn && following === '\n') this.newline(at + 2)
    else if (isBlank(code)) this.push('whitespace', this.blankEnd(at))
    else if (isNameStart(text.codePointAt(at)!)) this.name()
    else if (isDigit(code) || (character === '.' && isDigit(text.charCodeAt(at + 1))))
      this.value(scanNumber(text, at, this.diagnostics))
    else if (character === '"') this.value(scanQuotedString(text, at, this.diagnostics))
    else if (character === '`') this.value(scanRawString(text, at, this.diagnostics))
    else if (character === '#' || (character === '/' && (following === '/' || following === '*'))) this.comment()
    else if (character === '|' || character === '&') this.doubled(character)
    else {
      const kind = marks.get(text.slice(at, at + 2)) ?? marks.get(character)
      if (kind) this.mark(kind, kind.length)
      else this.illegal()
    }
  }

  private newline(end: number): void {
    this.terminate()
    this.push('newline', end)
  }

  private mark(kind: TokenKind, length: number): void {
    this.push(kind, this.at + length)
    if (kind !== ':' && kind !== ';') this.armed = kind === ')' || kind === ']' || kind === '}'
  }

  private value(literal: { readonly kind: TokenKind; readonly end: number }): void {
    this.push(literal.kind, literal.end)
    this.armed = true
  }

  private name(): void {
    const { text, at } = this
    let end = at
    while (end < text.length) {
      const code = text.codePointAt(end)!
      if (!isNamePart(code)) break
      end += code > 0xffff ? 2 : 1
    }
    const word = text.slice(at, end)
    this.value({ kind: isReserved(word) ? (word === 'null' ? 'null' : 'bool') : 'identifier', end })
  }

  private doubled(character: '|' | '&'): void {
    const complete = this.text[this.at + 1] === character
    if (!complete) {
      const span = { start: this.at, end: this.at + 1 }
      this.diagnostics.error('half-operator', span, `a single "${character}" is not an operator`, {
        text: `did you mean ${character}${character}?`,
        edit: { span, text: character + character },
      })
    }
    this.mark(character === '|' ? '||' : '&&', complete ? 2 : 1)
  }

  private illegal(): void {
    const { end, ofValue } = scanIllegal(this.text, this.at, this.diagnostics)
    this.push('illegal', end)
    if (ofValue) this.armed = true
  }

  // A comment that ends its line stands for the newline, so the terminator comes first.
  private comment(): void {
    const { text, at } = this
    if (this.armed && this.endsLine(at)) this.terminate()
    if (text.startsWith('/*', at)) this.blockComment()
    else if (text[at] === '#') this.hashComment()
    else this.push('line-comment', lineCommentEnd(text, at))
  }

  private blockComment(): void {
    const end = blockCommentEnd(this.text, this.at)
    if (end < 0) {
      const span = { start: this.at, end: this.at + 2 }
      this.diagnostics.error('unterminated-comment', span, 'this comment is not closed: */ is missing')
    }
    this.push('block-comment', end < 0 ? this.text.length : end)
  }

  private hashComment(): void {
    const span = { start: this.at, end: this.at + 1 }
    const edit = { span, text: '//' }
    this.diagnostics.error('hash-comment', span, 'comments start with //, not with #', {
      text: 'did you mean //?',
      edit,
    })
    this.push('hash-comment', lineCommentEnd(this.text, this.at))
  }

  private endsLine(start: number): boolean {
    if (start < this.sameLineUntil) return false
    const { text } = this
    let at = start
    while (at < text.length) {
      if (text[at] === '#' || (text[at] === '/' && text[at + 1] === '/')) return true
      if (text[at] === '/' && text[at + 1] === '*') {
        const end = blockCommentEnd(text, at)
        if (end < 0) return true
        if (text.slice(at, end).includes('\n')) return true
        at = end
      } else if (text.charCodeAt(at) === lineFeed) return true
      else if (isBlank(text.charCodeAt(at))) at++
      else {
        this.sameLineUntil = at
        return false
      }
    }
    return true
  }

  private blankEnd(start: number): number {
    const { text } = this
    let at = start + 1
    while (
      isBlank(text.charCodeAt(at)) &&
      !(text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === lineFeed)
    )
      at++
    return at
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === carriageReturn
}

function blockCommentEnd(text: string, start: number): number {
  const close = text.indexOf('*/', start + 2)
  return close < 0 ? -1 : close + 2
}

function lineCommentEnd(text: string, start: number): number {
  const newline = text.indexOf('\n', start)
  if (newline < 0) return text.length
  return text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline
}
