import type { Block } from '../../collector-core/language/ast.ts'
import { disabledBlocks } from '../../collector-core/language/edit-disable.ts'
import type { Parsed } from '../../collector-core/language/parser.ts'
import { tokensWithin } from '../../collector-core/language/token-search.ts'
import { isTrivia } from '../../collector-core/language/token.ts'
import { blocksOf } from '../../collector-core/language/walk.ts'

/** What became of a component or another block at the top of a config. */
export interface BlockChange {
  /** Such as `loki.write.default`, or `logging` for a block without a label. */
  readonly id: string
  readonly kind: 'added' | 'changed' | 'disabled' | 'removed'
}

/**
 * The blocks two texts differ in, in the order of the new one, those of the old one last; comments and spaces do not count,
 * except that a block put into a comment is disabled.
 */
export function compareConfigs(before: Parsed, after: Parsed): readonly BlockChange[] {
  const old = contents(before)
  const fresh = contents(after)
  const changes: BlockChange[] = []
  for (const [id, content] of fresh) {
    if (!old.has(id)) changes.push({ id, kind: 'added' })
    else if (old.get(id) !== content) changes.push({ id, kind: 'changed' })
  }
  const gone = [...old.keys()].filter((id) => !fresh.has(id))
  const disabled = new Set(gone.length === 0 ? [] : disabledBlocks(after).map(({ name, label }) => idOf(name, label)))
  for (const id of gone) changes.push({ id, kind: disabled.has(id) ? 'disabled' : 'removed' })
  return changes
}

/** What each block says, by id; blocks that share an id are one. */
function contents(parsed: Parsed): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const block of blocksOf(parsed.tree.body)) {
    const id = idOf(block.name.text, block.label?.text)
    found.set(id, `${found.get(id) ?? ''}${contentOf(parsed, block)}`)
  }
  return found
}

const idOf = (name: string, label: string | undefined): string => (label ? `${name}.${label}` : name)

function contentOf({ text, tokens }: Parsed, { span }: Block): string {
  return tokensWithin(tokens, span)
    .filter(({ kind }) => !isTrivia(kind))
    .map(({ start, end }) => text.slice(start, end))
    .join(' ')
}
