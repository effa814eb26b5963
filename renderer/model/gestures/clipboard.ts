// Copy and paste are Alloy text: what is copied here can be pasted into a file, and the other way round.
import { catalog } from '../../../collector-core/catalog.ts'
import { addBlock } from '../../../collector-core/language/edit-block.ts'
import { renameLabel } from '../../../collector-core/language/edit-label.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import { parse } from '../../../collector-core/language/parser.ts'
import type { Parsed } from '../../../collector-core/language/parser.ts'
import { indentAt } from '../../../collector-core/language/text-style.ts'
import { applyEdits } from '../../../collector-core/language/text-edit.ts'
import { blocksOf, pathOf } from '../../../collector-core/language/walk.ts'
import type { Scene, SceneNode } from '../scene.ts'
import { scopeOf } from '../scene.ts'
import { freeLabel, takenIn } from './add.ts'
import { foreignFormat } from './foreign-format.ts'
import { reasons } from './words.ts'

/** The blocks of components as text with LF, in the order of the file. */
export function copyNodes(scene: Scene, ids: readonly string[]): string {
  return scene.nodes
    .filter(({ id }) => ids.includes(id))
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span }) => {
      const { text } = scene.parsed
      const margin = indentAt(text, span.start)
      const lines = text.slice(span.start, span.end).replaceAll('\r\n', '\n').split('\n')
      return lines.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line)).join('\n') + '\n'
    })
    .join('\n')
}

/** Text that can be pasted: labels that were taken are changed, and so are the references to them inside. */
export interface Pasteable {
  readonly kind: 'pasteable'
  readonly text: string
  /** Ids the pasted components will have. */
  readonly ids: readonly string[]
}

/** Makes text ready for pasting beside a node, or into the file; refused with the reason when it is not Alloy text. */
export function readyToPaste(
  scene: Scene,
  clipboard: string,
  beside?: SceneNode,
): Pasteable | { readonly kind: 'refused'; readonly reason: string } {
  const say = reasons()
  const refuse = (reason: string) => ({ kind: 'refused', reason }) as const
  let parsed = parse(clipboard.replaceAll('\r\n', '\n').trim())
  const foreign = foreignFormat(clipboard)
  if (foreign) return refuse(foreign === 'json' ? say.pasteJson : say.pasteForeign(foreign.name, foreign.flag))
  if (parsed.diagnostics.length > 0) return refuse(say.pasteUnreadable(parsed.diagnostics[0].message))
  const loose = parsed.tree.body.statements.find((statement) => statement.kind === 'attribute')
  if (loose) return refuse(say.pasteAttribute(loose.name.name))
  if (blocksOf(parsed.tree.body).length === 0) return refuse(say.pasteEmpty)
  const present = new Set(blocksOf(scene.parsed.tree.body).map(({ name }) => name.text))
  const twice = blocksOf(parsed.tree.body).find(
    ({ name }) => catalog.configBlocks.has(name.text) && present.has(name.text),
  )
  if (twice) return refuse(say.pasteTwice(twice.name.text))
  const scope = beside && scopeOf(beside)
  const taken = new Set([...takenIn(scene, scope), ...definedIn(scene.parsed)])
  const ids: string[] = []
  for (let index = 0; index < blocksOf(parsed.tree.body).length; index++) {
    const block = blocksOf(parsed.tree.body)[index]
    const name = block.name.text
    if (block.label === undefined) continue
    const own = blocksOf(parsed.tree.body).map((other) => `${other.name.text}.${other.label?.text ?? ''}`)
    const elsewhere = new Set([...taken, ...own.filter((_, at) => at !== index)])
    const label = freeLabel(elsewhere, name, block.label.text || 'default')
    const path = pathOf(parsed.tree, block)!
    const renamed = label === block.label.text ? undefined : renameLabel(parsed, path, label)
    if (renamed?.kind === 'edits') parsed = parse(applyEdits(parsed.text, renamed.edits))
    ids.push(scope === undefined ? `${name}.${label}` : `${scope}/${name}.${label}`)
  }
  return { kind: 'pasteable', text: parsed.text, ids }
}

function definedIn({ tree }: Parsed): readonly string[] {
  return blocksOf(tree.body).map(({ name, label }) => `${name.text}.${label?.text ?? ''}`)
}

/** Pastes behind a node, or at the end of the file. */
export function paste(scene: Scene, { text }: Pasteable, beside?: SceneNode): EditResult {
  const place = beside && beside.standing !== 'disabled' ? { after: beside.path } : { endOf: [] }
  return addBlock(scene.parsed, place, text)
}
