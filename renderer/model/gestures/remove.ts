// Taking components away, with the references to them; what flowed through can be joined again.
import type { Block } from '../../../collector-core/language/ast.ts'
import { removeBlock } from '../../../collector-core/language/edit-block.ts'
import { disabledBlocks } from '../../../collector-core/language/edit-disable.ts'
import { edits, refused } from '../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import type { Parsed } from '../../../collector-core/language/parser.ts'
import { findBlock } from '../../../collector-core/language/walk.ts'
import type { Scene, SceneEdge, SceneNode } from '../scene.ts'
import { placeOf, replaceReference } from './rewire.ts'
import { inSteps } from './steps.ts'
import type { Step } from './steps.ts'
import { reasons } from './words.ts'

/** Removes components and edges as one step. With `bridge`, what fed a component feeds what it fed. */
export function removeSelected(
  scene: Scene,
  nodes: readonly string[],
  edges: readonly string[],
  bridge: boolean,
): EditResult {
  const gone = new Set(nodes)
  const removed = scene.nodes.filter(({ id }) => gone.has(id))
  const cut = scene.edges.filter(({ id, from, to }) => edges.includes(id) && !gone.has(from) && !gone.has(to))
  if (removed.length + cut.length === 0) return refused(reasons().nothingSelected)
  return inSteps(scene.parsed, [
    ...cut.flatMap((edge) => rewired(scene, edge, [])),
    ...detached(scene, gone, bridge),
    ...removed.toSorted((a, b) => b.span.start - a.span.start).map(removal),
  ])
}

/** Whether something flows through the components that could be joined when they go. */
export function canBridge(scene: Scene, nodes: readonly string[]): boolean {
  const gone = new Set(nodes)
  return referencesInto(scene, gone).some(({ edge, inner }) => beyond(scene, edge, inner, gone).length > 0)
}

/** Steps that free everything else of references to the components. */
function detached(scene: Scene, gone: ReadonlySet<string>, bridge: boolean): readonly Step[] {
  return referencesInto(scene, gone).flatMap(({ edge, inner }) =>
    rewired(scene, edge, bridge ? beyond(scene, edge, inner, gone) : []),
  )
}

export interface ReferenceInto {
  readonly edge: SceneEdge
  /** The end that is referred to. */
  readonly inner: string
}

/** The edges whose references others hold to some components. */
export function referencesInto(scene: Scene, gone: ReadonlySet<string>): readonly ReferenceInto[] {
  return scene.edges.flatMap((edge) => {
    const holder = holderOf(edge)
    const inner = holder === edge.from ? edge.to : edge.from
    return gone.has(inner) && !gone.has(holder) ? [{ edge, inner }] : []
  })
}

const holderOf = (edge: SceneEdge): string => edge.wires[0].holder

/** What a reference to a component would have to name instead, so that the same kind of data flows past it. */
export function beyond(scene: Scene, edge: SceneEdge, inner: string, gone: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>()
  const seen = new Set([inner])
  const pending = [inner]
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const next of scene.edges) {
      if (holderOf(next) !== id || next.out.port !== edge.out.port || next.out.carries !== edge.out.carries) continue
      const far = next.from === id ? next.to : next.from
      if (!gone.has(far)) for (const { reference } of next.wires) found.add(reference)
      else if (!seen.has(far)) {
        seen.add(far)
        pending.push(far)
      }
    }
  }
  return [...found]
}

function rewired(scene: Scene, edge: SceneEdge, references: readonly string[]): readonly Step[] {
  return edge.wires.flatMap(({ span, reference }): Step[] => {
    const place = placeOf(scene.parsed, span.start)
    return place ? [(parsed) => replaceReference(parsed, place, reference, references, edge.out.port)] : []
  })
}

function removal(node: SceneNode): Step {
  if (node.standing === 'disabled') return (parsed) => removeDisabled(parsed, node)
  return (parsed) => {
    const block: Block | undefined = findBlock(parsed.tree, node.path)
    return block === undefined ? refused(reasons().notRemovable) : removeBlock(parsed, node.path)
  }
}

function removeDisabled(parsed: Parsed, { name, label }: SceneNode): EditResult {
  const { text } = parsed
  const found = disabledBlocks(parsed).find((block) => block.name === name && (block.label ?? '') === label)
  if (found === undefined) return refused(reasons().gone)
  const start = text.lastIndexOf('\n', found.span.start - 1) + 1
  const newline = text.indexOf('\n', found.span.end)
  const end = newline < 0 ? text.length : newline + 1
  const blankAbove = start === 0 || /\n[ \t\r]*\n$/.test(text.slice(0, start))
  const below = blankAbove ? (/^[ \t\r]*\n/.exec(text.slice(end))?.[0].length ?? 0) : 0
  return edits({ span: { start, end: end + below }, text: '' })
}
