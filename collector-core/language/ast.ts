// The tree of a config. Nodes are plain readonly values with a span; what they do not carry (whitespace, comments, commas)
// is in the token list of the same parse. Broken parts become error nodes, never null.

import type { Span } from './position.ts'

/** A whole config; its span is the whole text. */
export interface File {
  readonly kind: 'file'
  readonly span: Span
  readonly body: Body
}

/** A run of statements: of the file, or between the braces of a block (the span leaves the braces out). */
export interface Body {
  readonly kind: 'body'
  readonly span: Span
  readonly statements: readonly Statement[]
}

/** What a body is made of. */
export type Statement = Attribute | Block | ErrorStatement

/** `name = value`. */
export interface Attribute {
  readonly kind: 'attribute'
  readonly span: Span
  readonly name: Identifier
  readonly equals: Span
  readonly value: Expression
}

/** `a.b.c "label" { … }`. `close` is absent when the text ends, or another statement begins, before the `}`. */
export interface Block {
  readonly kind: 'block'
  readonly span: Span
  readonly name: BlockName
  readonly label?: Label
  readonly open: Span
  readonly body: Body
  readonly close?: Span
}

/** The dotted name of a block; `text` has the parts joined by single dots, however they were spaced. */
export interface BlockName {
  readonly kind: 'block-name'
  readonly span: Span
  readonly parts: readonly Identifier[]
  readonly text: string
}

/** The quoted label of a block: `raw` with its quotes as written, `text` between them. `""` means no label. */
export interface Label {
  readonly kind: 'label'
  readonly span: Span
  readonly raw: string
  readonly text: string
}

/** A statement that cannot be read; its span covers the tokens that were skipped. */
export interface ErrorStatement {
  readonly kind: 'error-statement'
  readonly span: Span
}

/** What can stand as a value. */
export type Expression =
  Identifier | Literal | ArrayLiteral | ObjectLiteral | Access | Index | Call | Unary | Binary | Paren | ErrorExpression

/** A name: of an attribute, a block part, an object key, a member, or a variable. */
export interface Identifier {
  readonly kind: 'identifier'
  readonly span: Span
  readonly name: string
}

/** The five literal kinds; `number` is an integer. */
export type LiteralType = 'number' | 'float' | 'string' | 'bool' | 'null'

/** A literal with its source text untouched, quotes or backticks included; escapes are not checked here. */
export interface Literal {
  readonly kind: 'literal'
  readonly span: Span
  readonly type: LiteralType
  readonly raw: string
}

/** `[a, b]`. */
export interface ArrayLiteral {
  readonly kind: 'array'
  readonly span: Span
  readonly open: Span
  readonly elements: readonly Expression[]
  readonly close?: Span
}

/** `{ key = value, … }` as a value. Duplicate keys are kept. */
export interface ObjectLiteral {
  readonly kind: 'object'
  readonly span: Span
  readonly open: Span
  readonly fields: readonly Field[]
  readonly close?: Span
}

/** One `key = value` of an object. */
export interface Field {
  readonly kind: 'field'
  readonly span: Span
  readonly name: FieldName
  readonly equals: Span
  readonly value: Expression
}

/** The key of a field: `raw` as written, `text` without its quotes but not unescaped, as Alloy reads keys. */
export interface FieldName {
  readonly kind: 'field-name'
  readonly span: Span
  readonly raw: string
  readonly text: string
  readonly quoted: boolean
}

/** `of.member`. */
export interface Access {
  readonly kind: 'access'
  readonly span: Span
  readonly of: Expression
  readonly member: Identifier
}

/** `of[at]`. */
export interface Index {
  readonly kind: 'index'
  readonly span: Span
  readonly of: Expression
  readonly open: Span
  readonly at: Expression
  readonly close?: Span
}

/** `callee(args)`. */
export interface Call {
  readonly kind: 'call'
  readonly span: Span
  readonly callee: Expression
  readonly open: Span
  readonly args: readonly Expression[]
  readonly close?: Span
}

/** The two prefix operators. */
export type UnaryOperator = '!' | '-'

/** `!operand` or `-operand`. */
export interface Unary {
  readonly kind: 'unary'
  readonly span: Span
  readonly operator: UnaryOperator
  readonly operatorSpan: Span
  readonly operand: Expression
}

/** The infix operators. */
export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '^'

/** `left operator right`. */
export interface Binary {
  readonly kind: 'binary'
  readonly span: Span
  readonly operator: BinaryOperator
  readonly operatorSpan: Span
  readonly left: Expression
  readonly right: Expression
}

/** `(inner)`. */
export interface Paren {
  readonly kind: 'paren'
  readonly span: Span
  readonly open: Span
  readonly inner: Expression
  readonly close?: Span
}

/** A value that is missing (empty span) or cannot be read; a diagnostic says why. */
export interface ErrorExpression {
  readonly kind: 'error-expression'
  readonly span: Span
}

/** Any node of the tree. */
export type Node = File | Body | Statement | BlockName | Label | Expression | Field | FieldName
