import type { Block, Body } from '../language/ast.ts'
import { locate } from '../language/locate.ts'
import type { Span } from '../language/position.ts'

/**
 * The place of an argument by its path through block and attribute names, list indexes and map keys; the deepest part
 * that is written when the rest is not. An index after a block name counts the blocks of that name; an index after the
 * argument name of a block family counts the family's blocks in file order.
 */
export function locateArgument(block: Block, path: readonly (string | number)[]): Span {
  return inBody(block.body, path) ?? block.name.span
}

function inBody(body: Body, path: readonly (string | number)[]): Span | undefined {
  const [name, index, ...rest] = path
  if (typeof name !== 'string') return undefined
  for (const statement of body.statements) {
    if (statement.kind === 'attribute' && statement.name.name === name) {
      return locate(statement.value, path.slice(1)).expression.span
    }
  }
  const blocks = body.statements.filter(
    (statement): statement is Block =>
      statement.kind === 'block' &&
      (statement.name.text === name || statement.name.text.startsWith(`${singular(name)}.`)),
  )
  const block = blocks.at(typeof index === 'number' ? index : 0)
  if (block === undefined) return undefined
  return inBody(block.body, typeof index === 'number' ? rest : path.slice(1)) ?? block.name.span
}

const singular = (name: string): string => name.replace(/s$/, '')
