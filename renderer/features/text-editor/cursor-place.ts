import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'

/** Where in a config a place is. */
export interface CursorPlace {
  /** Names of the blocks around it, outermost first. */
  readonly blocks: readonly string[]
  /** The id of the component around it. */
  readonly component: string | undefined
  /** The attribute whose value it is in. */
  readonly attribute: string | undefined
  /** Inside a value, how deep in lists and objects: `[]` and `{}` from the outside in. */
  readonly within: readonly ('[]' | '{}')[]
  /** Names of the attributes and blocks that stand in the block around it already. */
  readonly written: ReadonlySet<string>
  readonly node: SyntaxNode
}

/** A long text may not be read up to the place yet. */
const longestWaitMs = 100

/** Finds out where a place is, also while what stands there is half written. */
export function cursorPlace(state: EditorState, offset: number): CursorPlace {
  const tree = ensureSyntaxTree(state, offset, longestWaitMs) ?? syntaxTree(state)
  const node = tree.resolveInner(offset, -1)
  const text = (at: SyntaxNode): string => state.sliceDoc(at.from, at.to)
  const blocks: string[] = []
  const within: ('[]' | '{}')[] = []
  let attribute: string | undefined
  let component: string | undefined
  let body: SyntaxNode | undefined
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) {
    const inside = at.from < offset && (offset < at.to || at.lastChild?.type.isError === true)
    if (at.name === 'Array' && inside) within.unshift('[]')
    if (at.name === 'Object' && inside) within.unshift('{}')
    if (at.name === 'Attribute' && body === undefined) attribute = valueOf(at, offset, text)
    if (at.name === 'BlockBody' && inside) {
      body ??= at
      const name = at.parent?.getChild('BlockName')
      if (name) blocks.unshift(text(name).replaceAll(/\s/g, ''))
      if (at.parent?.parent?.name === 'File') component = idOf(at.parent, text)
    }
  }
  return { blocks, component, attribute, within, written: body ? namesIn(body, text) : new Set(), node }
}

/** The id of a component by its block. */
export function idOf(block: SyntaxNode, text: (node: SyntaxNode) => string): string | undefined {
  const name = block.getChild('BlockName')
  const label = block.getChild('Label')
  return name && label ? `${text(name)}.${text(label).slice(1, -1)}` : undefined
}

function valueOf(attribute: SyntaxNode, offset: number, text: (node: SyntaxNode) => string): string | undefined {
  const name = attribute.getChild('AttributeName')
  return name &&
    offset > name.to &&
    text(attribute)
      .slice(name.to - attribute.from)
      .includes('=')
    ? text(name)
    : undefined
}

function namesIn(body: SyntaxNode, text: (node: SyntaxNode) => string): ReadonlySet<string> {
  const names = [...body.getChildren('Attribute'), ...body.getChildren('Block')].map((statement) =>
    text(statement.firstChild!),
  )
  return new Set(names)
}
