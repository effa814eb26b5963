// The statement half of the grammar: bodies, attributes and blocks, and how to go on after a broken one.

import type { Attribute, Block, BlockName, Body, ErrorStatement, Identifier, Label, Statement } from './ast.ts'
import { isValidIdentifier } from './character.ts'
import { ExpressionParser } from './parse-expression.ts'
import { cover, spanOf } from './position.ts'
import type { Span } from './position.ts'
import { maxNesting } from './token-cursor.ts'
import type { TokenCursor } from './token-cursor.ts'
import { isBinaryOperator } from './token.ts'
import type { Token } from './token.ts'

/** Reads statements; `unclosed` tells whether a block lacked its brace, `byIndent` makes such a block end where its indentation does. */
export class StatementParser {
  readonly cursor: TokenCursor
  readonly expressions: ExpressionParser
  unclosed = false
  private readonly byIndent: boolean

  constructor(cursor: TokenCursor, byIndent: boolean) {
    this.cursor = cursor
    this.byIndent = byIndent
    this.expressions = new ExpressionParser(cursor, () => this.braces(cursor.token).span)
  }

  /** file = body EOF . */
  file(): Body {
    const statements: Statement[] = []
    for (;;) {
      this.statements(undefined, statements)
      if (this.cursor.kind === 'eof') break
      const { token } = this.cursor
      this.cursor.complain('stray-brace', token, 'this "}" closes nothing')
      this.cursor.take()
      statements.push({ kind: 'error-statement', span: spanOf(token) })
    }
    return { kind: 'body', span: { start: 0, end: this.cursor.text.length }, statements }
  }

  /** body = [ stmt { T stmt } [ T ] ] . `indent` is that of the block around, for when its brace is missing. */
  private statements(indent: number | undefined, statements: Statement[] = []): readonly Statement[] {
    const { cursor } = this
    for (;;) {
      while (cursor.kind === 'terminator') cursor.take()
      if (cursor.kind === '}' || cursor.kind === 'eof') return statements
      if (this.byIndent && indent !== undefined && this.belongsOutside(indent, statements)) return statements
      statements.push(this.statement())
      const rest = this.endOfStatement()
      if (rest) statements.push(rest)
    }
  }

  // A statement no deeper than the block's own line, below deeper ones, or a labelled block: it was not meant to be inside.
  private belongsOutside(indent: number, before: readonly Statement[]): boolean {
    const { cursor } = this
    const own = cursor.indentOf(cursor.token)
    if (own === undefined || own > indent || !cursor.statementAhead()) return false
    if (before.length > 0) return (cursor.indentOf(before[0].span) ?? 0) > indent
    return cursor.peek(1).kind !== '='
  }

  // Statements are separated by newlines only; whatever else follows is explained and, if it is not a statement, passed over.
  private endOfStatement(): ErrorStatement | undefined {
    const { cursor } = this
    if (cursor.kind === 'terminator' || cursor.kind === '}' || cursor.kind === 'eof') return undefined
    const { token } = cursor
    const after = { start: cursor.lastEnd, end: cursor.lastEnd }
    if (token.kind === ';' || token.kind === ',') {
      cursor.take()
      const goesOn = !cursor.at('terminator') && !cursor.onNewLine
      if (token.kind === ',' && goesOn && !cursor.statementAhead()) {
        cursor.complain('expected-end-of-line', token, 'expected the end of the line, got ","')
        return this.broken(token.start)
      }
      const name = token.kind === ';' ? 'semicolon' : 'comma'
      cursor.complain(
        'separator-between-statements',
        token,
        `statements are separated by new lines, not by a ${name}`,
        {
          text: goesOn ? 'put the next statement on a line of its own' : `remove the ${name}`,
          edit: { span: spanOf(token), text: goesOn ? '\n' : '' },
        },
      )
      return undefined
    }
    if (cursor.onNewLine && cursor.statementAhead()) return undefined
    if (cursor.statementAhead()) {
      cursor.complain('missing-newline', after, 'two statements stand on one line; each needs a line of its own', {
        text: 'start a new line here',
        edit: { span: after, text: '\n' },
      })
      return undefined
    }
    cursor.complain('expected-end-of-line', token, `expected the end of the line, got ${cursor.found}`)
    return this.broken(token.start)
  }

  /** stmt = attr | block . */
  private statement(): Statement {
    const { cursor } = this
    const first = cursor.token
    if (first.kind !== 'identifier') return this.notAStatement(first)
    const name = this.name()
    if (cursor.kind === '=' || (cursor.kind === ':' && cursor.peek(1).kind !== 'terminator'))
      return this.attribute(name)
    const label = this.label()
    if (cursor.kind === 'terminator' && cursor.peek(1).kind === '{') {
      const end = { start: cursor.lastEnd, end: cursor.lastEnd }
      cursor.complain('newline-before-brace', end, 'the "{" of a block must stand on the line of its name')
      cursor.take()
    }
    if (cursor.at('{')) return this.block(name, label)
    if (cursor.at('=') && label) {
      cursor.complainAboutRange('labelled-attribute', label.span, 'an attribute cannot have a label; only blocks can')
      this.attribute(name)
      return this.broken(name.span.start)
    }
    const wanted = label ? '"{" and the body of the block' : '= and a value, or "{" and the body of a block'
    const place =
      cursor.kind === 'terminator' || cursor.kind === 'eof'
        ? { start: cursor.lastEnd, end: cursor.lastEnd }
        : cursor.token
    cursor.complain('expected-body', place, `expected ${wanted} after "${name.text}", got ${cursor.found}`)
    return this.broken(name.span.start)
  }

  private notAStatement(first: Token): ErrorStatement {
    const { cursor } = this
    const text = cursor.textOf(first)
    if (first.kind === 'bool' || first.kind === 'null')
      cursor.complain('reserved-name', first, `"${text}" is reserved and cannot name an attribute or a block`)
    else if (first.kind === '.' || isBinaryOperator(first.kind))
      cursor.complain(
        'leading-operator',
        first,
        `a line cannot begin with "${text}": an expression goes on only when the line before ends with an operator`,
        { text: `move "${text}" to the end of the line before` },
      )
    else if (first.kind === 'string')
      cursor.complain('quoted-name', first, 'names of attributes and blocks are written without quotes')
    else cursor.complain('expected-statement', first, `expected an attribute or a block, got ${cursor.found}`)
    cursor.skipBalanced()
    return this.broken(first.start)
  }

  private broken(start: number): ErrorStatement {
    this.cursor.skipBrokenStatement()
    return { kind: 'error-statement', span: { start, end: Math.max(start, this.cursor.lastEnd) } }
  }

  /** IDENT { "." IDENT } */
  private name(): BlockName {
    const { cursor } = this
    const parts = [this.identifier()]
    while (cursor.kind === '.') {
      const dot = cursor.take()
      if (!cursor.at('identifier')) {
        cursor.complain('expected-name', dot, `expected a name after the dot, got ${cursor.found}`)
        break
      }
      parts.push(this.identifier())
    }
    const span = cover(parts[0].span, parts[parts.length - 1].span)
    return { kind: 'block-name', span, parts, text: parts.map((part) => part.name).join('.') }
  }

  private identifier(): Identifier {
    const token = this.cursor.take()
    return { kind: 'identifier', span: spanOf(token), name: this.cursor.textOf(token) }
  }

  /** attr = IDENT "=" expr . */
  private attribute(name: BlockName): Attribute | ErrorStatement {
    const { cursor } = this
    const sign = cursor.take()
    if (sign.kind === ':')
      cursor.complain('colon-for-equals', sign, 'a value is given with =, not with a colon', {
        text: 'did you mean =?',
        edit: { span: spanOf(sign), text: ' =' },
      })
    if (name.parts.length > 1)
      cursor.complainAboutRange(
        'dotted-attribute',
        name.span,
        'the name of an attribute is a single word without dots',
        {
          text: `write nested blocks for "${name.text}"`,
        },
      )
    const value = this.expressions.value()
    const span = cover(name.span, value.span)
    if (name.parts.length > 1) return { kind: 'error-statement', span }
    return { kind: 'attribute', span, name: name.parts[0], equals: spanOf(sign), value }
  }

  /** label = STRING . Words and wrongly quoted text are taken for what they were meant to be. */
  private label(): Label | undefined {
    const { cursor } = this
    const { token } = cursor
    const raw = cursor.textOf(token)
    const span = spanOf(token)
    if (token.kind === 'identifier' && cursor.peek(1).kind === '{') {
      const edit = { span, text: `"${raw}"` }
      cursor.complain('unquoted-label', span, 'the label of a block is written in double quotes', {
        text: `did you mean "${raw}"?`,
        edit,
      })
      cursor.take()
      return { kind: 'label', span, raw, text: raw }
    }
    if (token.kind !== 'string' && !(token.kind === 'illegal' && cursor.peek(1).kind === '{')) return undefined
    if (token.kind === 'illegal') cursor.complain('wrong-quotes', span, '')
    cursor.take()
    const text = raw.slice(1, raw.length > 1 && (raw.endsWith(raw[0]) || token.kind === 'illegal') ? -1 : undefined)
    if (raw.startsWith('`'))
      cursor.complain('raw-label', span, 'the label of a block is written in double quotes, not in backticks', {
        text: `did you mean "${text}"?`,
        edit: { span, text: `"${text}"` },
      })
    else if (text !== '' && !isValidIdentifier(text))
      cursor.complain('invalid-label', span, `"${text}" cannot be a label: use letters, digits and _, no digit first`)
    return { kind: 'label', span, raw, text }
  }

  /** block = IDENT { "." IDENT } [ label ] "{" body "}" . */
  private block(name: BlockName, label: Label | undefined): Block {
    const { open, body, close, span } = this.braces(name.parts[0].span)
    return {
      kind: 'block',
      span: cover(name.span, span),
      name,
      ...(label ? { label } : {}),
      open,
      body,
      ...(close ? { close } : {}),
    }
  }

  private braces(head: Span): { open: Span; body: Body; close?: Span; span: Span } {
    const { cursor } = this
    const open = spanOf(cursor.token)
    if (cursor.depth >= maxNesting) {
      cursor.complain('nested-too-deeply', open, `blocks are nested more than ${maxNesting} deep here`)
      cursor.skipBalanced()
      const span = { start: open.start, end: cursor.lastEnd }
      return { open, body: { kind: 'body', span: { start: open.end, end: cursor.lastEnd }, statements: [] }, span }
    }
    cursor.take()
    cursor.depth++
    const statements = this.statements(cursor.indentOf(head))
    cursor.depth--
    const close = cursor.accept('}')
    if (!close) {
      this.unclosed = true
      cursor.complain('unclosed-block', open, 'this block is not closed: "}" is missing')
    }
    const inner = { start: open.end, end: close ? close.start : Math.max(open.end, cursor.lastEnd) }
    const body: Body = { kind: 'body', span: inner, statements }
    return {
      open,
      body,
      span: { start: open.start, end: close?.end ?? inner.end },
      ...(close ? { close: spanOf(close) } : {}),
    }
  }
}
