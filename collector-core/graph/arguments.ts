// From the statements of a block to the arguments of a component, by its definition. Collects every problem; a part that
// cannot be decoded is left at its default so that the rest can still be checked.
import type { Attribute, Block, Body, Expression } from '../language/ast.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import type { Span } from '../language/position.ts'
import { nearest } from '../language/suggest.ts'
import type { Field, Fields, Variant } from '../schema/field.ts'
import type { Shape } from '../schema/shape.ts'
import { decodeExpression } from './decode-value.ts'
import type { ExpressionContext } from './decode-value.ts'

/** What decoding needs from outside. */
export interface DecodeContext extends ExpressionContext {
  /** True for an expression whose value is not known yet (it reads another component's data): it is left out. */
  readonly unknown: (expression: Expression) => boolean
}

export interface Decoded {
  readonly args: Readonly<Record<string, unknown>>
  readonly diagnostics: readonly Diagnostic[]
  /** True when arguments were left out because their value is not known yet or cannot be read. */
  readonly incomplete: boolean
}

/** Decodes the body of `block` by `fields`. */
export function decodeArguments(fields: Fields, block: Block, context: DecodeContext): Decoded {
  const decoder = new Decoder(context)
  const args = decoder.body(fields, block.body, block.name.span)
  return { args, diagnostics: decoder.diagnostics, incomplete: decoder.incomplete }
}

class Decoder {
  readonly diagnostics: Diagnostic[] = []
  incomplete = false
  private readonly context: DecodeContext

  constructor(context: DecodeContext) {
    this.context = context
  }

  body(fields: Fields, body: Body, owner: Span): Record<string, unknown> {
    const args: Record<string, unknown> = {}
    const written = new Set<string>()
    for (const statement of body.statements) {
      if (statement.kind === 'attribute') this.attribute(fields, statement, args, written)
      else if (statement.kind === 'block') this.block(fields, statement, args, written)
    }
    for (const [name, field] of Object.entries(fields)) if (!written.has(name)) this.absent(name, field, args, owner)
    return args
  }

  private attribute(fields: Fields, attribute: Attribute, args: Record<string, unknown>, written: Set<string>): void {
    const name = attribute.name.name
    const field = own(fields, name)
    if (field === undefined || field.shape.kind === 'variants') {
      return this.unknownName('attribute', name, attribute.name.span, fields)
    }
    if (isBlock(field.shape)) {
      written.add(name)
      return this.error('must-be-block', `"${name}" must be a block: write ${name} { … }`, attribute.span)
    }
    if (written.has(name)) {
      return this.error('duplicate-attribute', `attribute "${name}" may only be provided once`, attribute.span)
    }
    written.add(name)
    this.support(name, field, attribute.name.span)
    args[name] = field.default
    if (this.context.unknown(attribute.value)) {
      this.incomplete = true
      return
    }
    const { ok, value, diagnostics } = decodeExpression(attribute.value, field.shape, this.context)
    this.diagnostics.push(...diagnostics)
    if (ok) args[name] = value ?? field.default ?? emptyOf(field.shape)
    else this.incomplete = true
  }

  private block(fields: Fields, block: Block, args: Record<string, unknown>, written: Set<string>): void {
    const name = block.name.text
    if (block.label !== undefined && block.label.text !== '') {
      this.error('unexpected-label', `block "${name}" does not take a label`, block.label.span)
    }
    const family = variantsOf(fields, name)
    if (family !== undefined) {
      const { argument, variant, inner } = family
      written.add(argument)
      const list = (args[argument] ??= []) as Variant[]
      list.push({ variant, arguments: this.body(inner, block.body, block.name.span) })
      return
    }
    const field = own(fields, name)
    if (field === undefined || field.shape.kind === 'variants') {
      return this.unknownName('block', name, block.name.span, fields)
    }
    const { shape } = field
    if (shape.kind !== 'block' && shape.kind !== 'blocks') {
      written.add(name)
      return this.error('must-be-attribute', `"${name}" must be an attribute: write ${name} = …`, block.name.span)
    }
    if (shape.kind === 'block' && written.has(name)) {
      return this.error('duplicate-block', `block "${name}" may only be written once`, block.name.span)
    }
    if (!written.has(name)) this.support(name, field, block.name.span)
    written.add(name)
    const decoded = this.body(shape.fields, block.body, block.name.span)
    if (shape.kind === 'block') args[name] = decoded
    else ((args[name] ??= []) as unknown[]).push(decoded)
  }

  private absent(name: string, field: Field, args: Record<string, unknown>, owner: Span): void {
    const { shape } = field
    switch (shape.kind) {
      case 'block':
        if (shape.presence === 'required') {
          this.error('missing-block', `the block "${name}" is missing`, owner)
        }
        args[name] = shape.presence === 'optional' ? undefined : this.defaults(shape.fields)
        return
      case 'blocks':
        if (shape.min > 0) this.error('missing-block', `at least ${shape.min} block "${name}" is needed`, owner)
        args[name] = []
        return
      case 'variants':
        args[name] = []
        return
      default:
        if (field.required) this.error('missing-attribute', `the attribute "${name}" is missing`, owner)
        args[name] = field.default
    }
  }

  /** The arguments of a block that is not written. */
  private defaults(fields: Fields): Record<string, unknown> {
    const args: Record<string, unknown> = {}
    for (const [name, { shape, default: value }] of Object.entries(fields)) {
      if (shape.kind === 'block') args[name] = shape.presence === 'optional' ? undefined : this.defaults(shape.fields)
      else args[name] = shape.kind === 'blocks' || shape.kind === 'variants' ? [] : value
    }
    return args
  }

  private support(name: string, field: Field, span: Span): void {
    if (field.support === undefined) return
    const { level, reason } = field.support
    if (level === 'refused') this.error('unsupported-argument', `Weir does not support "${name}": ${reason}`, span)
    else this.warning('ignored-argument', `"${name}" has no effect in Weir: ${reason}`, span)
  }

  private unknownName(what: 'attribute' | 'block', name: string, span: Span, fields: Fields): void {
    const suggestion = nearest(name, namesOf(fields))
    this.diagnostics.push({
      severity: 'error',
      code: `unknown-${what}`,
      message: `unknown ${what} "${name}"`,
      span,
      ...(suggestion !== undefined && {
        suggestion: { text: `did you mean "${suggestion}"?`, edit: { span, text: suggestion } },
      }),
    })
  }

  private error(code: string, message: string, span: Span): void {
    this.diagnostics.push({ severity: 'error', code, message, span })
  }

  private warning(code: string, message: string, span: Span): void {
    this.diagnostics.push({ severity: 'warning', code, message, span })
  }
}

const own = (fields: Fields, name: string): Field | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

/** What null means for a required argument: nothing connected, nothing discovered. */
function emptyOf(shape: Shape): unknown {
  return shape.kind === 'targets' || shape.kind === 'receivers' || shape.kind === 'list' ? [] : undefined
}

const isBlock = (shape: Shape): boolean => shape.kind === 'block' || shape.kind === 'blocks'

/** The family and member a block name such as `stage.json` belongs to. */
export function variantsOf(
  fields: Fields,
  name: string,
): { readonly argument: string; readonly variant: string; readonly inner: Fields } | undefined {
  for (const [argument, { shape }] of Object.entries(fields)) {
    if (shape.kind !== 'variants' || !name.startsWith(`${shape.prefix}.`)) continue
    const variant = name.slice(shape.prefix.length + 1)
    const members = shape.of()
    if (Object.hasOwn(members, variant)) return { argument, variant, inner: members[variant] }
  }
  return undefined
}

function namesOf(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, { shape }]) =>
    shape.kind === 'variants' ? Object.keys(shape.of()).map((variant) => `${shape.prefix}.${variant}`) : [name],
  )
}
