// Puts other references where one stands: in a list, in the arguments of a concat, as a whole value.
import type { Attribute, Expression } from '../../../collector-core/language/ast.ts'
import { removeAttribute } from '../../../collector-core/language/edit-attribute.ts'
import { disconnect } from '../../../collector-core/language/edit-connection.ts'
import type { ConnectionPlace } from '../../../collector-core/language/edit-connection.ts'
import { edits } from '../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import type { Parsed } from '../../../collector-core/language/parser.ts'
import type { Span } from '../../../collector-core/language/position.ts'
import { printExpression } from '../../../collector-core/language/printer.ts'
import { attributeOf, blocksAt, findBlock, pathAt, pathOf } from '../../../collector-core/language/walk.ts'
import type { PortKind } from '../../../collector-core/known-components.ts'
import { inSteps } from './steps.ts'

/** Where a reference stands: among others in brackets, or as all of a value; `inside` is any other expression. */
export type Site =
  | { readonly kind: 'item'; readonly span: Span; readonly others: readonly string[] }
  | { readonly kind: 'whole'; readonly span: Span }
  | { readonly kind: 'inside'; readonly span: Span }

/** The attribute around an offset, by the way to it. */
export function placeOf(parsed: Parsed, offset: number): ConnectionPlace | undefined {
  const attribute = pathAt(parsed.tree, offset).find((node): node is Attribute => node.kind === 'attribute')
  const block = blocksAt(parsed.tree, offset).at(-1)
  const path = block && pathOf(parsed.tree, block)
  return attribute && path && { block: path, attribute: attribute.name.name }
}

/** The first place where an attribute names a reference. */
export function siteOf(parsed: Parsed, { block, attribute }: ConnectionPlace, reference: string): Site | undefined {
  const owner = findBlock(parsed.tree, block)
  const value = owner && attributeOf(owner.body, attribute)?.value
  if (value === undefined) return undefined
  if (printExpression(value) === reference) return { kind: 'whole', span: value.span }
  return siteIn(value, reference)
}

function siteIn(value: Expression, reference: string): Site | undefined {
  const items = itemsOf(value)
  const item = items?.find((one) => printExpression(one) === reference)
  if (items && item) {
    const others = items.map(printExpression).filter((other) => other !== reference)
    return { kind: 'item', span: item.span, others }
  }
  for (const part of items ?? partsOf(value)) {
    if (printExpression(part) === reference) return { kind: 'inside', span: part.span }
    const found = siteIn(part, reference)
    if (found !== undefined) return items && found.kind !== 'item' ? { kind: 'inside', span: found.span } : found
  }
  return undefined
}

function itemsOf(value: Expression): readonly Expression[] | undefined {
  if (value.kind === 'array') return value.elements
  if (value.kind !== 'call') return undefined
  return /^(array\.)?concat$/.test(printExpression(value.callee)) ? value.args : undefined
}

function partsOf(value: Expression): readonly Expression[] {
  switch (value.kind) {
    case 'object':
      return value.fields.map((field) => field.value)
    case 'access':
      return [value.of]
    case 'index':
      return [value.of, value.at]
    case 'call':
      return value.args
    case 'unary':
      return [value.operand]
    case 'binary':
      return [value.left, value.right]
    case 'paren':
      return [value.inner]
    default:
      return []
  }
}

/** What an attribute is given when nothing is left of it; `undefined` where it has to go altogether. */
export const emptied = (port: PortKind): string | undefined =>
  port === 'rules' || port === 'auth' || port === 'storage' || port === 'value' ? undefined : '[]'

/** Several references as one value. */
export const joined = (references: readonly string[]): string =>
  references.length === 1 ? references[0] : `concat(${references.join(', ')})`

/**
 * Puts references in the place of one, without repeating those beside it; with none to put there it is taken out. Where it
 * is part of another expression it is only ever replaced by one, else it stays.
 */
export function replaceReference(
  parsed: Parsed,
  place: ConnectionPlace,
  reference: string,
  replacement: readonly string[],
  port: PortKind,
): EditResult {
  const site = siteOf(parsed, place, reference)
  if (site === undefined) return edits()
  if (site.kind === 'inside')
    return replacement.length === 1 ? edits({ span: site.span, text: replacement[0] }) : edits()
  if (site.kind === 'whole') {
    if (replacement.length > 0) return edits({ span: site.span, text: joined(replacement) })
    return emptied(port) === undefined
      ? removeAttribute(parsed, place.block, place.attribute)
      : disconnect(parsed, place, reference)
  }
  const fresh = replacement.filter((one) => !site.others.includes(one))
  if (fresh.length === 0) return disconnect(parsed, place, reference)
  return inSteps(parsed, [
    () => edits({ span: site.span, text: fresh.join(', ') }),
    (current) => disconnect(current, place, reference),
  ])
}
