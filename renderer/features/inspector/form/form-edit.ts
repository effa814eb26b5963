// What the form does to the text: each change of a field is one minimal edit at the place of its value.
import type { ArrayLiteral, Block, Expression, ObjectLiteral } from '../../../../collector-core/language/ast.ts'
import { removeAttribute, setAttribute } from '../../../../collector-core/language/edit-attribute.ts'
import { addBlock } from '../../../../collector-core/language/edit-block.ts'
import { appendItem, removeItem } from '../../../../collector-core/language/edit-list.ts'
import { edits, refused, replaced } from '../../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../../collector-core/language/edit-result.ts'
import { locate } from '../../../../collector-core/language/locate.ts'
import { parseExpression } from '../../../../collector-core/language/parser.ts'
import type { Parsed } from '../../../../collector-core/language/parser.ts'
import { printKey } from '../../../../collector-core/language/print-value.ts'
import { attributeOf, blocksOf, findBlock, pathOf } from '../../../../collector-core/language/walk.ts'
import type { BlockPath } from '../../../../collector-core/language/walk.ts'

/** A value in the config: of an attribute, or inside it by list indexes and object keys. */
export interface ValueAddress {
  readonly block: BlockPath
  readonly attribute: string
  readonly steps: readonly (string | number)[]
}

/** Writes a value, the text of one expression; an index behind the last item, or a new key, adds it. */
export function setValue(parsed: Parsed, at: ValueAddress, value: string): EditResult {
  const { block, attribute, steps } = at
  if (steps.length === 0) return setAttribute(parsed, block, attribute, value)
  const { diagnostics } = parseExpression(value)
  if (diagnostics.length > 0) return refused(`the value cannot be read: ${diagnostics[0].message}`)
  const whole = expressionAt(parsed, { ...at, steps: [] })
  if (whole === undefined) return setAttribute(parsed, block, attribute, wrapped(steps, value))
  const { expression, rest } = locate(whole, steps)
  if (rest.length === 0) return edits(...replaced(parsed.text, expression.span.start, expression.span.end, value))
  const [step, ...inner] = rest
  const item = typeof step === 'number' ? wrapped(inner, value) : `${printKey(step)} = ${wrapped(inner, value)}`
  const list = containerOf(expression)
  return list === undefined
    ? refused('the value is not written as a list, so nothing can be added to it')
    : edits(appendItem(parsed, list, item))
}

/** Takes an attribute, a list item or a field of an object away; nothing happens when it is not there. */
export function removeValue(parsed: Parsed, at: ValueAddress): EditResult {
  const { block, attribute, steps } = at
  if (steps.length === 0) return removeAttribute(parsed, block, attribute)
  const container = expressionAt(parsed, { ...at, steps: steps.slice(0, -1) })
  const list = container && containerOf(container)
  if (list === undefined) return edits()
  const index = indexOf(container!, steps[steps.length - 1])
  return index < 0 ? edits() : edits(removeItem(parsed, list, index))
}

/** Gives a field of an object another key. */
export function renameKey(parsed: Parsed, at: ValueAddress, key: string): EditResult {
  const container = expressionAt(parsed, { ...at, steps: at.steps.slice(0, -1) })
  if (container?.kind !== 'object') return edits()
  if (container.fields.some((field) => field.name.text === key)) return refused(`there is already a "${key}"`)
  const name = container.fields[indexOf(container, at.steps[at.steps.length - 1])].name
  return edits(...replaced(parsed.text, name.span.start, name.span.end, printKey(key)))
}

/** Exchanges an item of a list with the one `by` places further. */
export function moveItem(parsed: Parsed, at: ValueAddress, index: number, by: -1 | 1): EditResult {
  const list = expressionAt(parsed, at)
  if (list?.kind !== 'array') return edits()
  const [one, other] = [list.elements.at(index), index + by < 0 ? undefined : list.elements.at(index + by)]
  return one && other ? exchange(parsed, one, other) : edits()
}

/** Adds a block behind the last one of its name or family, else at the end of the block around it. */
export function addInnerBlock(parsed: Parsed, owner: BlockPath, name: string, text = `${name} { }`): EditResult {
  const around = findBlock(parsed.tree, owner)
  const last = around && siblings(around, name).at(-1)
  const after = last && pathOf(parsed.tree, last)
  return addBlock(parsed, after ? { after } : { endOf: owner }, text)
}

/** Exchanges a block with the one `by` places further among those of its name or family. */
export function moveBlock(parsed: Parsed, path: BlockPath, by: -1 | 1): EditResult {
  const block = findBlock(parsed.tree, path)
  const around = findBlock(parsed.tree, path.slice(0, -1))
  if (!block || !around) return edits()
  const all = siblings(around, block.name.text)
  const to = all.indexOf(block) + by
  return to < 0 || to >= all.length ? edits() : exchange(parsed, block, all[to])
}

/** The blocks of a name, or of its family (`stage.json` and `stage.drop` are of one). */
export function siblings({ body }: Block, name: string): readonly Block[] {
  const [prefix, member] = name.split('.', 2) as [string, string?]
  const same = (other: string): boolean => (member === undefined ? other === name : other.startsWith(`${prefix}.`))
  return blocksOf(body).filter((block) => same(block.name.text))
}

/** The expression at an address; undefined when it is not written. */
export function expressionAt({ tree }: Parsed, { block, attribute, steps }: ValueAddress): Expression | undefined {
  const owner = findBlock(tree, block)
  const value = owner && attributeOf(owner.body, attribute)?.value
  if (value === undefined) return undefined
  const { expression, rest } = locate(value, steps)
  return rest.length === 0 ? expression : undefined
}

function exchange({ text }: Parsed, one: Spanned, other: Spanned): EditResult {
  const textOf = ({ span }: Spanned): string => text.slice(span.start, span.end)
  return edits({ span: { ...one.span }, text: textOf(other) }, { span: { ...other.span }, text: textOf(one) })
}

type Spanned = Pick<Expression | Block, 'span'>

function containerOf(expression: Expression) {
  if (expression.kind === 'array' && expression.close) return { ...expression, items: expression.elements }
  return expression.kind === 'object' && expression.close ? { ...expression, items: expression.fields } : undefined
}

function indexOf(container: ArrayLiteral | ObjectLiteral | Expression, step: string | number): number {
  if (container.kind === 'array') return typeof step === 'number' && step < container.elements.length ? step : -1
  return container.kind === 'object' ? container.fields.findLastIndex((field) => field.name.text === step) : -1
}

/** A value inside the lists and objects that lead to it. */
function wrapped(steps: readonly (string | number)[], value: string): string {
  return steps.reduceRight<string>(
    (inner, step) => (typeof step === 'number' ? `[${inner}]` : `{ ${printKey(step)} = ${inner} }`),
    value,
  )
}
