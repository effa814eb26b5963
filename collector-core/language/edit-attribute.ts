// Set and remove attributes.

import type { Block, Body, Statement } from './ast.ts'
import { edits, refused, replaced } from './edit-result.ts'
import type { EditResult } from './edit-result.ts'
import { parseExpression } from './parser.ts'
import type { Parsed } from './parser.ts'
import { insertStatement, removalSpan } from './statement-place.ts'
import type { InsertionPoint } from './statement-place.ts'
import { bodyIndent, indentAt, indentUnitOf, newlineOf, restyle } from './text-style.ts'
import { attributeOf, blocksOf, findBlock } from './walk.ts'
import type { BlockPath, BlockStep } from './walk.ts'

/**
 * Gives an attribute a value (the text of one expression): replaced where it stands, added behind the last attribute otherwise.
 * Blocks at the end of the path that do not exist yet are added, as long as the first block does.
 */
export function setAttribute(parsed: Parsed, path: BlockPath, name: string, value: string): EditResult {
  const problem = valueProblem(value)
  if (problem) return refused(problem)
  const place = nearest(parsed, path)
  if (place.kind === 'missing') return refused(place.reason)
  const { owner, missing } = place
  if (missing.length > 0) return addMissing(parsed, owner!, missing, `${name} = ${value.trim()}`)
  const body = owner?.body ?? parsed.tree.body
  const existing = attributeOf(body, name)
  const style = (indent: string): string => restyle(value.trim(), indent, indentUnitOf(parsed), newlineOf(parsed.text))
  if (existing) {
    const { start, end } = existing.value.span
    return edits(...replaced(parsed.text, start, end, style(indentAt(parsed.text, existing.span.start))))
  }
  const blank = { before: false, after: firstBlockIsNext(body) }
  const statement = `${name} = ${style(bodyIndent(parsed, owner))}`
  return edits(...insertStatement(parsed, owner, afterAttributes(body), statement, blank))
}

/** Removes an attribute with its line and the comment behind it; nothing happens when it is not there. */
export function removeAttribute(parsed: Parsed, path: BlockPath, name: string): EditResult {
  const owner = findBlock(parsed.tree, path)
  if (path.length > 0 && !owner) return edits()
  const attribute = attributeOf(owner?.body ?? parsed.tree.body, name)
  if (!attribute) return edits()
  return edits({ span: removalSpan(parsed, owner, attribute, 'none'), text: '' })
}

function valueProblem(value: string): string | undefined {
  const { diagnostics, tokens } = parseExpression(value.trim())
  if (diagnostics.length > 0) return `the value cannot be read: ${diagnostics[0].message}`
  return tokens.some((token) => token.kind === 'line-comment') ? 'the value must not hold a line comment' : undefined
}

type Place =
  | { readonly kind: 'found'; readonly owner: Block | undefined; readonly missing: BlockPath }
  | { readonly kind: 'missing'; readonly reason: string }

function nearest(parsed: Parsed, path: BlockPath): Place {
  for (let depth = path.length; depth > 0; depth--) {
    const owner = findBlock(parsed.tree, path.slice(0, depth))
    if (!owner) continue
    if (!owner.close) return { kind: 'missing', reason: `the block ${describeStep(path[depth - 1])} is not closed` }
    return { kind: 'found', owner, missing: path.slice(depth) }
  }
  if (path.length === 0) return { kind: 'found', owner: undefined, missing: [] }
  return { kind: 'missing', reason: `there is no block ${describeStep(path[0])}` }
}

function addMissing(parsed: Parsed, owner: Block, missing: BlockPath, statement: string): EditResult {
  let piece = statement
  for (const step of missing.toReversed()) {
    const inner = restyle(piece, '\t', '\t', '\n')
    piece = `${headOf(step)} {\n\t${inner}\n}`
  }
  const styled = restyle(piece, bodyIndent(parsed, owner), indentUnitOf(parsed), newlineOf(parsed.text))
  return edits(...insertStatement(parsed, owner, 'end', styled, { before: true, after: false }))
}

function headOf(step: BlockStep): string {
  return step.label === undefined || step.label === '' ? step.name : `${step.name} "${step.label}"`
}

/** A step as it is written in a sentence. */
export function describeStep(step: BlockStep): string {
  return headOf(step)
}

function afterAttributes(body: Body): InsertionPoint {
  return body.statements.findLast((statement: Statement) => statement.kind === 'attribute') ?? 'start'
}

function firstBlockIsNext(body: Body): boolean {
  return body.statements.every((statement) => statement.kind !== 'attribute') && blocksOf(body).length > 0
}
