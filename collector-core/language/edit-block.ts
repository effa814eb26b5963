// Add and remove blocks.

import type { Block } from './ast.ts'
import { describeStep } from './edit-attribute.ts'
import { edits, refused } from './edit-result.ts'
import type { EditResult } from './edit-result.ts'
import { parse } from './parser.ts'
import type { Parsed } from './parser.ts'
import { insertStatement, removalSpan } from './statement-place.ts'
import type { LeadingComment } from './statement-place.ts'
import { bodyIndent, indentUnitOf, newlineOf, restyle } from './text-style.ts'
import { findBlock } from './walk.ts'
import type { BlockPath } from './walk.ts'

/** Where a new block goes: at the end of a block (or, with an empty path, of the file), or behind another block. */
export type BlockPlace = { readonly endOf: BlockPath } | { readonly after: BlockPath }

/** Adds blocks given as text (LF, one tab or two spaces per level), indented and spaced as the file is. */
export function addBlock(parsed: Parsed, place: BlockPlace, piece: string): EditResult {
  const text = piece.replaceAll('\r\n', '\n').trim()
  const problem = parse(text).diagnostics.at(0)
  if (problem) return refused(`the block cannot be read: ${problem.message}`)
  const owner = ownerOf(parsed, place)
  if (owner.kind === 'missing') return refused(`there is no closed block ${owner.name} to add to`)
  const styled = restyle(text, bodyIndent(parsed, owner.block), indentUnitOf(parsed), newlineOf(parsed.text))
  const blank = { before: true, after: true }
  return edits(...insertStatement(parsed, owner.block, owner.after ?? 'end', styled, blank))
}

/**
 * Removes a block with its lines, the comment behind it and the blank lines that would be left over. A comment directly above
 * goes too, unless it is a heading with a ruler line or `leading` is `none`.
 */
export function removeBlock(parsed: Parsed, path: BlockPath, leading: LeadingComment = 'attached'): EditResult {
  const block = findBlock(parsed.tree, path)
  if (!block) return edits()
  const owner = findBlock(parsed.tree, path.slice(0, -1))
  return edits({ span: removalSpan(parsed, owner, block, leading), text: '' })
}

type Owner =
  | { readonly kind: 'found'; readonly block: Block | undefined; readonly after?: Block }
  | { readonly kind: 'missing'; readonly name: string }

function ownerOf(parsed: Parsed, place: BlockPlace): Owner {
  const path = 'after' in place ? place.after.slice(0, -1) : place.endOf
  const block = findBlock(parsed.tree, path)
  if (path.length > 0 && !block?.close) return { kind: 'missing', name: path.map(describeStep).join(' / ') }
  if (!('after' in place)) return { kind: 'found', block }
  const after = findBlock(parsed.tree, place.after)
  return after?.close
    ? { kind: 'found', block, after }
    : { kind: 'missing', name: place.after.map(describeStep).join(' / ') }
}
