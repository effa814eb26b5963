// Rename a component, or a module, everywhere it is named.

import type { Block, Body } from './ast.ts'
import { isValidIdentifier } from './character.ts'
import { edits, refused } from './edit-result.ts'
import type { EditResult } from './edit-result.ts'
import type { Parsed } from './parser.ts'
import { traversals } from './references.ts'
import type { TextEdit } from './text-edit.ts'
import { blocksOf, findBlock } from './walk.ts'
import type { BlockPath } from './walk.ts'

/**
 * Gives a block another label and follows it through its scope: `a.b.label.x` in expressions, and for `declare` and `import.*`
 * the blocks named after it. A scope is the file or the body of one `declare`; inner ones are not touched.
 */
export function renameLabel(parsed: Parsed, path: BlockPath, label: string): EditResult {
  const block = findBlock(parsed.tree, path)
  if (!block?.label) return refused('there is no labelled block to rename')
  if (!isValidIdentifier(label))
    return refused(
      `"${label}" cannot be a label: use letters, digits and _, not a digit first, not true, false or null`,
    )
  if (block.label.text === label) return edits()
  const scope = scopeOf(parsed, path)
  const owner = findBlock(parsed.tree, path.slice(0, -1))?.body ?? parsed.tree.body
  if (blocksOf(owner).some((other) => other.name.text === block.name.text && other.label?.text === label))
    return refused(`there is already a ${block.name.text} "${label}"`)
  const { start, end } = block.label.span
  const result: TextEdit[] = [{ span: { start, end }, text: `"${label}"` }]
  if (block.label.text !== '') follow(scope, namesOf(block), label, result)
  return edits(...result.toSorted((a, b) => a.span.start - b.span.start))
}

/** The names that stand in front of what is renamed, and the old label itself. */
interface RenamedNames {
  readonly names: readonly string[]
  readonly isNamespace: boolean
}

function namesOf(block: Block): RenamedNames {
  const isNamespace = block.name.text === 'declare' || block.name.parts[0].name === 'import'
  const prefix = isNamespace ? [] : block.name.parts.map((part) => part.name)
  return { names: [...prefix, block.label!.text], isNamespace }
}

function follow(body: Body, renamed: RenamedNames, label: string, result: TextEdit[]): void {
  const { names, isNamespace } = renamed
  for (const statement of body.statements) {
    if (statement.kind === 'attribute') {
      for (const { names: read, steps } of traversals(statement)) {
        if (names.every((name, index) => read[index] === name) && (!isNamespace || read.length > 1))
          result.push({ span: steps[names.length - 1].span, text: label })
      }
    } else if (statement.kind === 'block') {
      const first = statement.name.parts[0]
      if (isNamespace && first.name === names[0]) result.push({ span: first.span, text: label })
      if (statement.name.text !== 'declare' || isNamespace) follow(statement.body, renamed, label, result)
    }
  }
}

function scopeOf(parsed: Parsed, path: BlockPath): Body {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const around = findBlock(parsed.tree, path.slice(0, depth))
    if (around?.name.text === 'declare') return around.body
  }
  return parsed.tree.body
}
