// The expression half of the grammar. Recursion happens only through brackets, whose depth is bounded; chains of operators
// are loops, and a tree that would grow too high is cut, so that neither the parser nor a later walk can run out of stack.

import type { Access, BinaryOperator, Expression, Index, Literal, LiteralType, Paren, UnaryOperator } from './ast.ts'
import { parseArray, parseCall, parseObject } from './parse-list.ts'
import type { ValueParser } from './parse-list.ts'
import { cover, spanOf } from './position.ts'
import type { Span } from './position.ts'
import { maxNesting } from './token-cursor.ts'
import type { TokenCursor } from './token-cursor.ts'
import { binaryPrecedence, isBinaryOperator } from './token.ts'
import type { Token } from './token.ts'

/** Most operators, accesses and calls that may hang on one another in one expression. */
export const maxHeight = 1000

/** Reads a block body and its braces; handed in so that a block written where a value belongs can be passed over. */
export type BlockReader = (cursor: TokenCursor) => Span

/** Reads expressions from a cursor; `height` is that of the expression read last. */
export class ExpressionParser implements ValueParser {
  readonly cursor: TokenCursor
  height = 0
  private readonly readBlock: BlockReader

  constructor(cursor: TokenCursor, readBlock: BlockReader) {
    this.cursor = cursor
    this.readBlock = readBlock
  }

  /** A whole value: an expression, with a block in its place reported and passed over. */
  value(): Expression {
    const { cursor } = this
    const expression = this.expression()
    const label = cursor.kind === 'string' && cursor.peek(1).kind === '{' ? 1 : 0
    if (expression.kind === 'error-expression' || cursor.peek(label).kind !== '{') return expression
    if (label) cursor.take()
    const span = cover(expression.span, this.readBlock(cursor))
    cursor.complainAboutRange('block-as-value', span, 'a block cannot be used as a value', {
      text: 'write { key = value } for an object, or move the block to a line of its own',
    })
    this.height = 1
    return { kind: 'error-expression', span }
  }

  /**
   * expr = conj { "||" conj } ; conj = test { "&&" test } ; test = sum { cmp sum } ;
   * sum = product { ( "+" | "-" ) product } ; product = power { ( "*" | "/" | "%" ) power } .
   */
  expression(level = 1): Expression {
    if (level > binaryPrecedence['*']) return this.power()
    let left = this.expression(level + 1)
    for (;;) {
      const { kind } = this.cursor
      if (!isBinaryOperator(kind) || binaryPrecedence[kind] !== level) return left
      const leftHeight = this.height
      const operator = this.cursor.take()
      const right = this.expression(level + 1)
      left = this.binary(left, kind, operator, right, Math.max(leftHeight, this.height))
    }
  }

  /** power = prefix [ "^" power ] . */
  private power(): Expression {
    const operands = [this.prefix()]
    const operators: Token[] = []
    const heights = [this.height]
    for (let operator = this.cursor.accept('^'); operator; operator = this.cursor.accept('^')) {
      operators.push(operator)
      operands.push(this.prefix())
      heights.push(this.height)
    }
    let right = operands.pop()!
    this.height = heights.pop()!
    while (operators.length > 0)
      right = this.binary(operands.pop()!, '^', operators.pop()!, right, Math.max(this.height, heights.pop()!))
    return right
  }

  private binary(
    left: Expression,
    operator: BinaryOperator,
    operatorSpan: Span,
    right: Expression,
    height: number,
  ): Expression {
    const span = cover(left.span, right.span)
    return this.bounded({ kind: 'binary', span, operator, operatorSpan: spanOf(operatorSpan), left, right }, height + 1)
  }

  /** prefix = ( "!" | "-" ) prefix | postfix . */
  private prefix(): Expression {
    const operators: Token[] = []
    while (this.cursor.kind === '!' || this.cursor.kind === '-') operators.push(this.cursor.take())
    let operand = this.postfix()
    for (let sign = operators.pop(); sign; sign = operators.pop()) {
      const span = cover(sign, operand.span)
      const operator = sign.kind as UnaryOperator
      operand = this.bounded({ kind: 'unary', span, operator, operatorSpan: spanOf(sign), operand }, this.height + 1)
    }
    return operand
  }

  /** postfix = atom { "." IDENT | "[" expr "]" | "(" [ items ] ")" } . */
  private postfix(): Expression {
    let of = this.atom()
    for (;;) {
      if (of.kind === 'error-expression' && of.span.start === of.span.end) return of
      const height = this.height
      if (this.cursor.kind === '.') of = this.bounded(this.access(of), height + 1)
      else if (this.cursor.kind === '[') of = this.nested(() => this.index(of, height))
      else if (this.cursor.kind === '(') of = this.nested(() => parseCall(this, of, height))
      else return of
    }
  }

  private access(of: Expression): Access {
    const { cursor } = this
    const dot = cursor.take()
    const { token } = cursor
    const goesOn = !(cursor.onNewLine && cursor.statementAhead())
    if (goesOn && (token.kind === 'identifier' || token.kind === 'bool' || token.kind === 'null')) {
      const name = cursor.textOf(token)
      if (token.kind !== 'identifier')
        cursor.complain('reserved-name', token, `"${name}" is reserved and cannot be a member`, {
          text: `write ["${name}"] instead`,
          edit: { span: { start: dot.start, end: token.end }, text: `["${name}"]` },
        })
      cursor.take()
      const member = { kind: 'identifier', span: spanOf(token), name } as const
      return { kind: 'access', span: cover(of.span, token), of, member }
    }
    const end = { start: dot.end, end: dot.end }
    const got = cursor.onNewLine ? 'the line ends' : `got ${cursor.found}`
    cursor.complain('expected-member', cursor.onNewLine ? end : token, `expected a name after the dot, ${got}`)
    return { kind: 'access', span: cover(of.span, end), of, member: { kind: 'identifier', span: end, name: '' } }
  }

  private index(of: Expression, height: number): Expression {
    const open = spanOf(this.cursor.take())
    const at = this.value()
    const close = this.closeOnLine(open, '[', ']')
    const span = cover(of.span, close ?? at.span)
    const node: Index = { kind: 'index', span, of, open, at, ...(close ? { close } : {}) }
    return this.bounded(node, Math.max(height, this.height) + 1)
  }

  /** atom = IDENT | NUMBER | FLOAT | STRING | BOOL | NULL | "(" expr ")" | "[" [ items ] "]" | "{" [ fields ] "}" . */
  private atom(): Expression {
    const { cursor } = this
    this.height = 1
    switch (cursor.kind) {
      case 'identifier': {
        if (cursor.statementAhead() && cursor.indentOf(cursor.token) !== undefined) return this.missingValue()
        const token = cursor.take()
        return { kind: 'identifier', span: spanOf(token), name: cursor.textOf(token) }
      }
      case 'number':
      case 'float':
      case 'string':
      case 'bool':
      case 'null':
        return this.literal(cursor.kind)
      case '(':
        return this.nested(() => this.paren())
      case '[':
        return this.nested(() => parseArray(this))
      case '{':
        return this.nested(() => parseObject(this))
      case 'illegal': {
        const { token } = cursor
        cursor.complain('expected-value', token, '')
        cursor.take()
        return { kind: 'error-expression', span: spanOf(token) }
      }
      default:
        return this.missingValue()
    }
  }

  private literal(type: LiteralType): Literal {
    const token = this.cursor.take()
    return { kind: 'literal', span: spanOf(token), type, raw: this.cursor.textOf(token) }
  }

  private paren(): Paren {
    const open = spanOf(this.cursor.take())
    const inner = this.value()
    const close = this.closeOnLine(open, '(', ')')
    this.height++
    return { kind: 'paren', span: cover(open, close ?? inner.span), open, inner, ...(close ? { close } : {}) }
  }

  private missingValue(): Expression {
    const { cursor } = this
    this.height = 1
    if (cursor.onNewLine) {
      const span = { start: cursor.lastEnd, end: cursor.lastEnd }
      cursor.complain('expected-value', span, 'a value is missing: the line ends here')
      return { kind: 'error-expression', span }
    }
    const { start } = cursor.token
    const before = cursor.lastEnd
    cursor.complain('expected-value', cursor.token, `expected a value, got ${cursor.found}`)
    cursor.skipBrokenValue()
    const end = cursor.lastEnd
    return { kind: 'error-expression', span: end > start ? { start, end } : { start: before, end: before } }
  }

  /** The bracket that closes `open`, which Alloy wants on the line where the value before it ends. */
  private closeOnLine(open: Span, opener: string, closer: ')' | ']'): Span | undefined {
    const { cursor } = this
    const close = cursor.accept(closer)
    if (close) return spanOf(close)
    if (cursor.kind === 'terminator' && cursor.peek(1).kind === closer) {
      const at = { start: cursor.lastEnd, end: cursor.lastEnd }
      cursor.complain('newline-before-bracket', at, `"${closer}" must stand on the line where the value before it ends`)
      cursor.take()
      return spanOf(cursor.take())
    }
    cursor.complain('unclosed-bracket', open, `"${opener}" is not closed: "${closer}" is missing`)
    return undefined
  }

  /** Runs `read` one bracket deeper; at the bound reports, skips the whole bracket and returns an error node. */
  nested(read: () => Expression): Expression {
    const { cursor } = this
    if (cursor.depth >= maxNesting) {
      const open = spanOf(cursor.token)
      cursor.complain('nested-too-deeply', open, `brackets are nested more than ${maxNesting} deep here`)
      cursor.skipBalanced()
      this.height = 1
      return { kind: 'error-expression', span: { start: open.start, end: cursor.lastEnd } }
    }
    cursor.depth++
    const expression = read()
    cursor.depth--
    return expression
  }

  /** The node, or an error node in its place when the tree would get too high. */
  bounded(node: Expression, height: number): Expression {
    if (height <= maxHeight) {
      this.height = height
      return node
    }
    this.cursor.complain('nested-too-deeply', node.span, `this expression chains more than ${maxHeight} operations`)
    this.height = 1
    return { kind: 'error-expression', span: node.span }
  }
}
