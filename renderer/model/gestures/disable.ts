// Switching components off where they stand. References to one would point at nothing, so each becomes a comment, in front of
// what the data is led to in the meantime: `[/* prometheus.relabel.drop.receiver */ prometheus.remote_write.default.receiver]`.
// Switching it on again takes exactly that back.
import type { Expression } from '../../../collector-core/language/ast.ts'
import { disableBlock, disabledBlocks, enableBlock } from '../../../collector-core/language/edit-disable.ts'
import { edits, refused } from '../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import type { ConnectionPlace } from '../../../collector-core/language/edit-connection.ts'
import type { Parsed } from '../../../collector-core/language/parser.ts'
import type { Span } from '../../../collector-core/language/position.ts'
import { attributeOf, findBlock, visit } from '../../../collector-core/language/walk.ts'
import type { PortKind } from '../../../collector-core/known-components.ts'
import type { Scene, SceneNode } from '../scene.ts'
import { beyond, referencesInto } from './remove.ts'
import { emptied, joined, placeOf, siteOf } from './rewire.ts'
import { inSteps } from './steps.ts'
import type { Step } from './steps.ts'
import { reasons } from './words.ts'

/** Comments components out; what flowed through them is led past them until they are switched on. */
export function disableNodes(scene: Scene, ids: readonly string[]): EditResult {
  const off = new Set(ids)
  const nodes = scene.nodes.filter(({ id, standing }) => off.has(id) && standing !== 'disabled')
  if (nodes.length === 0) return refused(reasons().nothingSelected)
  const marks = referencesInto(scene, off).flatMap(({ edge, inner }) => {
    const past = beyond(scene, edge, inner, off)
    return edge.wires.flatMap(({ span, reference }): Step[] => {
      const place = placeOf(scene.parsed, span.start)
      return place ? [(parsed) => markReference(parsed, place, reference, past, edge.out.port)] : []
    })
  })
  const blocks = nodes.toSorted((a, b) => b.span.start - a.span.start)
  return inSteps(scene.parsed, [
    ...marks,
    ...blocks.map(
      ({ path }): Step =>
        (parsed) =>
          disableBlock(parsed, path),
    ),
  ])
}

function markReference(
  parsed: Parsed,
  place: ConnectionPlace,
  reference: string,
  past: readonly string[],
  port: PortKind,
): EditResult {
  const site = siteOf(parsed, place, reference)
  if (site === undefined || site.kind === 'inside') return edits()
  const { start, end } = site.span
  if (site.kind === 'whole') {
    const stand = past.length > 0 ? joined(past) : emptied(port)
    return stand === undefined
      ? commentAttribute(parsed, place)
      : edits({ span: { start, end }, text: `/* ${reference} */ ${stand}` })
  }
  const fresh = past.filter((one) => !site.others.includes(one))
  if (fresh.length > 0) {
    const count = fresh.length === 1 ? '' : ` ×${fresh.length}`
    return edits({ span: { start, end }, text: `/* ${reference}${count} */ ${fresh.join(', ')}` })
  }
  const { text } = parsed
  const after = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0
  if (after > 0) return marked(text, start, end + after)
  return before > 0 ? marked(text, start - before, end) : marked(text, start, end)
}

const marked = (text: string, start: number, end: number): EditResult =>
  edits({ span: { start, end }, text: `/* ${text.slice(start, end)} */` })

function commentAttribute(parsed: Parsed, { block, attribute }: ConnectionPlace): EditResult {
  const owner = findBlock(parsed.tree, block)
  const found = owner && attributeOf(owner.body, attribute)
  return found ? marked(parsed.text, found.span.start, found.span.end) : edits()
}

/** Switches components on again, and references to them with them. */
export function enableNodes(scene: Scene, ids: readonly string[]): EditResult {
  const nodes = scene.nodes.filter(({ id, standing }) => ids.includes(id) && standing === 'disabled')
  if (nodes.length === 0) return refused(reasons().nothingSelected)
  return inSteps(
    scene.parsed,
    nodes.flatMap((node): Step[] => [
      (parsed) => {
        const found = disabledBlocks(parsed).find(({ name, label = '' }) => name === node.name && label === node.label)
        return found ? enableBlock(parsed, found.span.start) : refused(reasons().gone)
      },
      (parsed) => unmark(parsed, node),
    ]),
  )
}

/** A comment that holds the place of a reference; `count` values behind it stand in for it, none where it took a comma along. */
interface Mark {
  readonly span: Span
  readonly text: string
  readonly count: number
}

function unmark(parsed: Parsed, { path, localId }: SceneNode): EditResult {
  const owner = findBlock(parsed.tree, path)
  const scope = path.length === 0 || owner === undefined ? parsed.tree.span : owner.span
  const marks = parsed.tokens.flatMap((token): Mark[] => {
    if (token.kind !== 'block-comment' || token.start < scope.start || token.end > scope.end) return []
    return markIn(parsed.text.slice(token.start, token.end), { start: token.start, end: token.end }, localId)
  })
  return edits(
    ...marks.map(({ span, text, count }) => ({
      span: { start: span.start, end: count === 0 ? span.end : standInEnd(parsed, span.end, count) },
      text,
    })),
  )
}

const markPattern = /^(?<attribute>\w+\s*=\s*)?(?<lead>,\s*)?(?<reference>[\w.]+)(?: ×(?<times>\d+))?(?<tail>\s*,)?$/

function markIn(comment: string, span: Span, id: string): Mark[] {
  const parts = markPattern.exec(comment.slice(2, -2).trim())?.groups as Partial<Record<string, string>> | undefined
  if (!parts?.reference?.startsWith(`${id}.`)) return []
  const { attribute = '', lead = '', reference, times = '1', tail = '' } = parts
  const alone = attribute + lead + tail !== ''
  return [{ span, text: attribute + lead + reference + tail, count: alone ? 0 : Number(times) }]
}

/** Where the values behind a mark end: whole values of one attribute, or so many items of one list. */
function standInEnd(parsed: Parsed, offset: number, count: number): number {
  let end = offset
  visit(parsed.tree, (node) => {
    const items = node.kind === 'array' ? node.elements : node.kind === 'call' ? node.args : undefined
    const values = node.kind === 'attribute' ? [node.value] : items
    const first = values?.findIndex((value) => isNext(parsed.text, offset, value)) ?? -1
    if (first >= 0 && end === offset) end = values!.slice(first, first + (items ? count : 1)).at(-1)!.span.end
    return end === offset && node.span.end >= offset
  })
  return end
}

const isNext = (text: string, offset: number, value: Expression): boolean =>
  value.span.start >= offset && value.span.end > offset && text.slice(offset, value.span.start).trim() === ''
