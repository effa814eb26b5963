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

/** Names of blocks and attributes and indexes of repeated blocks that lead to an argument, as `ArgumentProblem` has them. */
export type ArgumentPath = readonly (string | number)[]

export interface Decoded {
  readonly args: Readonly<Record<string, unknown>>
  readonly diagnostics: readonly Diagnostic[]
  readonly leftOut: readonly LeftOut[]
}

/** An argument that stands at its default because it is missing, misspelt, not known yet or cannot be read. */
export interface LeftOut {
  readonly path: ArgumentPath
  /** True for targets and receivers, on which no other argument depends. */
  readonly isStream: boolean
}

/** Decodes the body of `block` by `fields`. */
export function decodeArguments(fields: Fields, block: Block, context: DecodeContext): Decoded {
  const decoder = new Decoder(context)
  const args = decoder.body(fields, block.body, block.name.span, [])
  return { args, diagnostics: decoder.diagnostics, leftOut: decoder.leftOut }
}

/** A body being decoded: what it may hold, what has been read so far, and where it stands. */
interface Target {
  readonly fields: Fields
  readonly path: ArgumentPath
  readonly args: Record<string, unknown>
  readonly written: Set<string>
  /** Names that stand misspelt in the body. */
  readonly meant: Set<string>
}

class Decoder {
  readonly diagnostics: Diagnostic[] = []
  readonly leftOut: LeftOut[] = []
  private readonly context: DecodeContext

  constructor(context: DecodeContext) {
    this.context = context
  }

  body(fields: Fields, body: Body, owner: Span, path: ArgumentPath): Record<string, unknown> {
    const target: Target = { fields, path, args: {}, written: new Set(), meant: new Set() }
    let broken = false
    for (const statement of body.statements) {
      if (statement.kind === 'attribute') this.attribute(statement, target)
      else if (statement.kind === 'block') this.block(statement, target)
      else broken = true
    }
    for (const [name, field] of Object.entries(fields)) {
      if (!target.written.has(name)) this.absent(name, field, target, broken ? undefined : owner)
    }
    return target.args
  }

  private attribute(attribute: Attribute, target: Target): void {
    const { fields, path, args, written } = target
    const name = attribute.name.name
    const field = own(fields, name)
    if (field === undefined || field.shape.kind === 'variants') {
      return this.unknownName('attribute', name, attribute.name.span, target)
    }
    if (isBlock(field.shape)) {
      written.add(name)
      args[name] = this.unwritten(field)
      this.leave(path, name, field)
      return this.error('must-be-block', `"${name}" must be a block: write ${name} { … }`, attribute.span)
    }
    if (written.has(name)) {
      return this.error('duplicate-attribute', `attribute "${name}" may only be provided once`, attribute.span)
    }
    written.add(name)
    this.support(name, field, attribute.name.span)
    args[name] = field.default
    if (this.context.unknown(attribute.value)) return this.leave(path, name, field)
    const { ok, value, diagnostics } = decodeExpression(attribute.value, field.shape, this.context)
    this.diagnostics.push(...diagnostics)
    if (!ok) return this.leave(path, name, field)
    args[name] = value ?? field.default ?? emptyOf(field.shape)
    if (field.required && args[name] === undefined) {
      this.error('missing-attribute', `the attribute "${name}" needs a value, null is none`, attribute.value.span)
      this.leave(path, name, field)
    }
  }

  private block(block: Block, target: Target): void {
    const { fields, path, args, written } = target
    const name = block.name.text
    if (block.label !== undefined && block.label.text !== '') {
      this.error('unexpected-label', `block "${name}" does not take a label`, block.label.span)
    }
    const family = variantsOf(fields, name)
    if (family !== undefined) {
      const { argument, variant, inner } = family
      written.add(argument)
      const list = (args[argument] ??= []) as Variant[]
      const inside = [...path, argument, list.length]
      list.push({ variant, arguments: this.body(inner, block.body, block.name.span, inside) })
      return
    }
    const field = own(fields, name)
    if (field === undefined || field.shape.kind === 'variants') {
      return this.unknownName('block', name, block.name.span, target)
    }
    const { shape } = field
    if (shape.kind !== 'block' && shape.kind !== 'blocks') {
      written.add(name)
      args[name] = field.default
      this.leave(path, name, field)
      return this.error('must-be-attribute', `"${name}" must be an attribute: write ${name} = …`, block.name.span)
    }
    if (shape.kind === 'block' && written.has(name)) {
      return this.error('duplicate-block', `block "${name}" may only be written once`, block.name.span)
    }
    if (!written.has(name)) this.support(name, field, block.name.span)
    written.add(name)
    if (shape.kind === 'block') {
      args[name] = this.body(shape.fields, block.body, block.name.span, [...path, name])
      return
    }
    const list = (args[name] ??= []) as unknown[]
    list.push(this.body(shape.fields, block.body, block.name.span, [...path, name, list.length]))
  }

  /** What is not written; without an `owner`, statements could not be read and nothing can be said to be missing. */
  private absent(name: string, field: Field, { path, args, meant }: Target, owner: Span | undefined): void {
    args[name] = this.unwritten(field)
    const missing = missingFrom(name, field)
    if (missing === undefined && owner !== undefined && !meant.has(name)) return
    this.leave(path, name, field)
    if (missing === undefined || owner === undefined || meant.has(name)) return
    this.error(isBlock(field.shape) ? 'missing-block' : 'missing-attribute', missing, owner)
  }

  private unwritten({ shape, default: value }: Field): unknown {
    if (shape.kind === 'block') return shape.presence === 'optional' ? undefined : this.defaults(shape.fields)
    return shape.kind === 'blocks' || shape.kind === 'variants' ? [] : value
  }

  private leave(path: ArgumentPath, name: string, { shape }: Field): void {
    this.leftOut.push({ path: [...path, name], isStream: shape.kind === 'targets' || shape.kind === 'receivers' })
  }

  /** The arguments of a block that is not written. */
  private defaults(fields: Fields): Record<string, unknown> {
    const args: Record<string, unknown> = {}
    for (const [name, field] of Object.entries(fields)) args[name] = this.unwritten(field)
    return args
  }

  private support(name: string, field: Field, span: Span): void {
    if (field.support === undefined) return
    const { level, reason } = field.support
    if (level === 'refused') this.error('unsupported-argument', `Weir does not support "${name}": ${reason}`, span)
    else this.warning('ignored-argument', `"${name}" has no effect in Weir: ${reason}`, span)
  }

  private unknownName(what: 'attribute' | 'block', name: string, span: Span, { fields, meant }: Target): void {
    const suggestion = nearest(name, namesOf(fields))
    if (suggestion !== undefined) meant.add(variantsOf(fields, suggestion)?.argument ?? suggestion)
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

/** What null means for a required argument that holds many: nothing connected, nothing discovered. */
function emptyOf(shape: Shape): unknown {
  if (shape.kind === 'map') return new Map()
  return shape.kind === 'targets' || shape.kind === 'receivers' || shape.kind === 'list' ? [] : undefined
}

/** What to say when a required argument is not there; undefined where it may be absent. */
function missingFrom(name: string, { shape, required }: Field): string | undefined {
  if (shape.kind === 'block') return shape.presence === 'required' ? `the block "${name}" is missing` : undefined
  if (shape.kind === 'blocks') {
    return shape.min > 0 ? `at least ${shape.min} block${shape.min > 1 ? 's' : ''} "${name}" needed` : undefined
  }
  return required ? `the attribute "${name}" is missing` : undefined
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
