// Draw and cut connections: references in a list attribute such as forward_to, or arguments of the concat around targets.

import type { ArrayLiteral, Attribute, Call, Expression } from './ast.ts'
import { setAttribute } from './edit-attribute.ts'
import { appendItem, removeItem } from './edit-list.ts'
import { edits, refused } from './edit-result.ts'
import type { EditResult } from './edit-result.ts'
import { parse, parseExpression } from './parser.ts'
import type { Parsed } from './parser.ts'
import { printExpression } from './printer.ts'
import { applyEdits } from './text-edit.ts'
import { attributeOf, findBlock } from './walk.ts'
import type { BlockPath } from './walk.ts'

/** The attribute that holds a connection, and the block it is in, such as a component or the `output` block inside one. */
export interface ConnectionPlace {
  readonly block: BlockPath
  readonly attribute: string
}

/**
 * How several connections share an attribute: `element` for lists of receivers (`[a, b]`), `concat` for attributes that take
 * one list (`a`, then `concat(a, b)`).
 */
export type ConnectionStyle = 'element' | 'concat'

/** Adds a reference such as `loki.write.default.receiver`; missing attributes and inner blocks are added, repeats are not. */
export function connect(
  parsed: Parsed,
  place: ConnectionPlace,
  reference: string,
  style: ConnectionStyle = 'element',
): EditResult {
  const wanted = canonical(reference)
  if (wanted === undefined) return refused(`"${reference}" is not a reference`)
  const value = attributeAt(parsed, place)?.value
  if (!value) return setAttribute(parsed, place.block, place.attribute, style === 'element' ? `[${wanted}]` : wanted)
  if (value.kind === 'error-expression') return refused(`the value of ${place.attribute} cannot be read; mend it first`)
  if (style === 'element') {
    if (value.kind !== 'array')
      return refused(`${place.attribute} is not written as a list, so nothing can be added to it`)
    if (value.elements.some((element) => printExpression(element) === wanted)) return edits()
    return value.close
      ? edits(appendItem(parsed, { ...value, items: value.elements }, wanted))
      : refused('the list is not closed')
  }
  if (printExpression(value) === wanted) return edits()
  if (value.kind === 'array' && value.elements.length === 0)
    return setAttribute(parsed, place.block, place.attribute, wanted)
  if (!isConcat(value)) {
    const { start, end } = value.span
    return edits({ span: { start, end: start }, text: 'concat(' }, { span: { start: end, end }, text: `, ${wanted})` })
  }
  if (value.args.some((arg) => printExpression(arg) === wanted)) return edits()
  return value.close
    ? edits(appendItem(parsed, { ...value, items: value.args }, wanted))
    : refused('the call is not closed')
}

/**
 * Takes a reference out of a list or a concat, as often as it is there, or empties the attribute when it is all of its value
 * (`[]`). Nothing happens when it is not there.
 */
export function disconnect(parsed: Parsed, place: ConnectionPlace, reference: string): EditResult {
  const wanted = canonical(reference)
  if (wanted === undefined) return refused(`"${reference}" is not a reference`)
  const attribute = attributeAt(parsed, place)
  if (!attribute) return edits()
  const { span } = attribute.value
  let current = parsed
  for (;;) {
    const value = attributeAt(current, place)!.value
    const change = withoutOne(current, value, wanted)
    if (change.length === 0) break
    const text = applyEdits(current.text, change)
    if (current === parsed && !repeats(value, wanted)) return edits(...change)
    current = parse(text)
  }
  if (current === parsed) return edits()
  const last = attributeAt(current, place)!.value.span
  return edits({ span, text: current.text.slice(last.start, last.end) })
}

function withoutOne(
  parsed: Parsed,
  value: Expression,
  wanted: string,
): readonly { span: { start: number; end: number }; text: string }[] {
  if (printExpression(value) === wanted) return [{ span: { ...value.span }, text: '[]' }]
  const items = itemsOf(value)
  const index = items?.items.findIndex((item) => printExpression(item) === wanted) ?? -1
  if (!items || index < 0) return []
  if (value.kind === 'call' && items.items.length === 2) {
    const kept = items.items[1 - index]
    if (!hasComments(parsed, value.span))
      return [{ span: { ...value.span }, text: parsed.text.slice(kept.span.start, kept.span.end) }]
  }
  return [removeItem(parsed, items, index)]
}

function repeats(value: Expression, wanted: string): boolean {
  return (itemsOf(value)?.items.filter((item) => printExpression(item) === wanted).length ?? 0) > 1
}

function itemsOf(value: Expression): ((ArrayLiteral | Call) & { readonly items: readonly Expression[] }) | undefined {
  if (value.kind === 'array' && value.close) return { ...value, items: value.elements }
  if (isConcat(value) && value.close) return { ...value, items: value.args }
  return undefined
}

function isConcat(value: Expression): value is Call {
  if (value.kind !== 'call') return false
  const callee = printExpression(value.callee)
  return callee === 'concat' || callee === 'array.concat'
}

function hasComments({ tokens }: Parsed, span: { readonly start: number; readonly end: number }): boolean {
  return tokens.some(
    (token) => token.start >= span.start && token.end <= span.end && /^(?:line|block)-comment$/.test(token.kind),
  )
}

function attributeAt(parsed: Parsed, place: ConnectionPlace): Attribute | undefined {
  const block = findBlock(parsed.tree, place.block)
  return block && attributeOf(block.body, place.attribute)
}

function canonical(reference: string): string | undefined {
  const { tree, diagnostics } = parseExpression(reference.trim())
  return diagnostics.length === 0 && (tree.kind === 'access' || tree.kind === 'identifier')
    ? printExpression(tree)
    : undefined
}
