// The style itself: which gap goes between which words. Lists and calls keep the line structure of the source.

import type { ArrayLiteral, Attribute, Block, Body, Call, Expression, ObjectLiteral, Statement } from './ast.ts'
import type { FormatLayout } from './format-layout.ts'
import type { LineIndex, Span } from './position.ts'

/** Sends the words of a tree without errors to a layout. */
export class TreeFormatter {
  private readonly layout: FormatLayout
  private readonly lines: LineIndex

  constructor(layout: FormatLayout, lines: LineIndex) {
    this.layout = layout
    this.lines = lines
  }

  /** One statement per line; a blank line before every block, and before an attribute where the source has one. */
  body(body: Body): void {
    let before: Statement | undefined
    for (const statement of body.statements) {
      if (before && (statement.kind === 'block' || this.firstLine(statement.span) - this.lastLine(before.span) > 1))
        this.layout.gap('hard')
      if (statement.kind === 'attribute') this.attribute(statement)
      else if (statement.kind === 'block') this.block(statement)
      this.layout.gap(this.isMultiLine(statement.span) ? 'hard' : 'soft')
      before = statement
    }
  }

  private attribute(attribute: Attribute): void {
    this.layout.word(attribute.name.span)
    this.assignment(attribute.value)
  }

  private assignment(value: Expression): void {
    this.layout.gap('column')
    this.layout.sign('=')
    this.layout.gap('blank')
    this.expression(value)
  }

  private block(block: Block): void {
    for (const [index, part] of block.name.parts.entries()) {
      if (index > 0) this.layout.sign('.')
      this.layout.word(part.span)
    }
    this.layout.gap('blank')
    if (block.label && block.label.text !== '') {
      this.layout.word(block.label.span)
      this.layout.gap('blank')
    }
    this.layout.word(block.open)
    this.layout.gap('indent')
    if (block.body.statements.length === 0) this.layout.gap('blank')
    else {
      this.layout.gap('hard')
      this.body(block.body)
    }
    this.layout.gap('unindent')
    this.layout.word(block.close!)
  }

  private expression(expression: Expression): void {
    const { layout } = this
    switch (expression.kind) {
      case 'identifier':
      case 'literal':
      case 'error-expression': {
        layout.word(expression.span)
        return
      }
      case 'array': {
        this.array(expression)
        return
      }
      case 'object': {
        this.object(expression)
        return
      }
      case 'call': {
        this.call(expression)
        return
      }
      case 'access':
        this.expression(expression.of)
        // A number would take the dot for its own.
        if (expression.of.kind === 'literal' && expression.of.type === 'number') layout.gap('blank')
        layout.sign('.')
        {
          layout.word(expression.member.span)
          return
        }
      case 'index':
        this.expression(expression.of)
        layout.word(expression.open)
        this.expression(expression.at)
        {
          layout.word(expression.close!)
          return
        }
      case 'unary':
        layout.word(expression.operatorSpan)
        {
          this.expression(expression.operand)
          return
        }
      case 'binary':
        this.expression(expression.left)
        layout.gap('blank')
        layout.word(expression.operatorSpan)
        layout.gap('blank')
        {
          this.expression(expression.right)
          return
        }
      case 'paren':
        layout.word(expression.open)
        this.expression(expression.inner)
        {
          layout.word(expression.close!)
          return
        }
    }
  }

  // The level opened by the first element on a line of its own lasts for the elements that share a line with its end.
  private array({ open, elements, close }: ArrayLiteral): void {
    const { layout } = this
    layout.word(open)
    let line = this.firstLine(open)
    let indented = false
    for (const [index, element] of elements.entries()) {
      if (this.firstLine(element.span) !== line) {
        if (indented) layout.gap('unindent')
        layout.gap('indent', 'hard')
        indented = true
      } else if (index > 0) layout.gap('blank')
      this.expression(element)
      line = this.lastLine(element.span)
      if (index + 1 < elements.length) layout.sign(',')
    }
    if (indented) layout.gap('unindent')
    if (elements.length > 0 && this.firstLine(close!) !== line) this.trailingComma()
    layout.word(close!)
  }

  // Lines are told from key to key, not from value to key: a long value does not push the next key to a new line.
  private object({ open, fields, close }: ObjectLiteral): void {
    const { layout } = this
    layout.word(open)
    layout.gap('indent')
    let line = this.firstLine(open)
    for (const [index, field] of fields.entries()) {
      if (this.firstLine(field.name.span) !== line) {
        const continues = index > 0 && !this.isMultiLine(fields[index - 1].value.span)
        layout.gap(continues ? 'soft' : 'hard')
      } else if (index > 0) layout.gap('blank')
      line = this.firstLine(field.name.span)
      layout.word(field.name.span)
      this.assignment(field.value)
      if (index + 1 < fields.length) layout.sign(',')
    }
    if (fields.length > 0 && this.firstLine(close!) !== line) {
      layout.sign(',')
      layout.gap('hard')
    }
    layout.gap('unindent')
    layout.word(close!)
  }

  private call({ callee, open, args, close }: Call): void {
    const { layout } = this
    this.expression(callee)
    layout.sign('(')
    let line = this.firstLine(open)
    let indented = false
    for (const [index, arg] of args.entries()) {
      if (this.firstLine(arg.span) !== line) {
        if (indented) layout.gap('unindent')
        layout.gap('hard', 'indent')
        indented = true
      }
      this.expression(arg)
      line = this.lastLine(arg.span)
      if (index + 1 < args.length) {
        layout.sign(',')
        layout.gap('blank')
      }
    }
    if (indented) layout.gap('unindent')
    if (args.length > 0 && this.firstLine(close!) !== line) this.trailingComma()
    layout.word(close!)
  }

  // The level around the newline is for a comment before the closing bracket.
  private trailingComma(): void {
    this.layout.sign(',')
    this.layout.gap('indent', 'hard', 'unindent')
  }

  private isMultiLine(span: Span): boolean {
    return this.firstLine(span) !== this.lastLine(span)
  }

  private firstLine(span: Span): number {
    return this.lines.lineOf(span.start)
  }

  private lastLine(span: Span): number {
    return this.lines.lineOf(Math.max(span.start, span.end - 1))
  }
}
