// References from and to blocks that are in no graph, drawn as well as can be told from their names.
import type { PortKind } from '../../collector-core/known-components.ts'
import type { Block, Body } from '../../collector-core/language/ast.ts'
import { traversals } from '../../collector-core/language/references.ts'
import type { Traversal } from '../../collector-core/language/references.ts'
import { blocksOf } from '../../collector-core/language/walk.ts'
import { isPushed } from './ports.ts'
import type { Port } from './ports.ts'
import type { Wire } from './scene.ts'

interface LooseNode {
  readonly id: string
  readonly localId: string
  readonly span: { readonly start: number }
  readonly ports: readonly Port[]
}

interface LooseEdge {
  readonly from: string
  readonly to: string
  readonly port: PortKind
  readonly wire: Wire
}

/** The edges between nodes of one scope whose references start at none of the `drawn` offsets. */
export function looseEdges(body: Body, nodes: readonly LooseNode[], drawn: ReadonlySet<number>): readonly LooseEdge[] {
  const byId = new Map(nodes.map((node) => [node.localId, node]))
  const byStart = new Map(nodes.map((node) => [node.span.start, node]))
  return blocksOf(body).flatMap((block) => {
    const holder = byStart.get(block.span.start)
    if (holder === undefined) return []
    return mentions(block).flatMap(({ mention, attribute }): LooseEdge[] => {
      const target = drawn.has(mention.span.start) ? undefined : named(mention, byId)
      if (target === undefined || target === holder) return []
      const port = portBetween(holder, attribute, target, mention)
      const [from, to] = isPushed(port) ? [holder, target] : [target, holder]
      const wire = { holder: holder.id, span: mention.span, reference: mention.names.join('.') }
      return [{ from: from.id, to: to.id, port, wire }]
    })
  })
}

function mentions(block: Block): { readonly mention: Traversal; readonly attribute: string }[] {
  return block.body.statements.flatMap((statement) => {
    if (statement.kind === 'block') return mentions(statement)
    if (statement.kind !== 'attribute') return []
    return traversals(statement.value).map((mention) => ({ mention, attribute: statement.name.name }))
  })
}

function named({ names }: Traversal, byId: ReadonlyMap<string, LooseNode>): LooseNode | undefined {
  for (let length = 2; length <= names.length; length++) {
    const node = byId.get(names.slice(0, length).join('.'))
    if (node !== undefined) return node
  }
  return undefined
}

function portBetween(holder: LooseNode, attribute: string, target: LooseNode, { names }: Traversal): PortKind {
  const given = target.ports.find((port) => port.export !== undefined && port.export === names.at(-1))
  const wanted = holder.ports.find((port) => port.argument?.at(-1) === attribute)
  return (given ?? wanted)?.port ?? 'value'
}
