// What can be said about a name in the text: of a component, an argument, a block, a reference, a function.
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'
import { catalog } from '../../../collector-core/catalog.ts'
import type { Graph } from '../../../collector-core/graph/graph.ts'
import { signatureText } from '../../../collector-core/language/function-signature.ts'
import { slotName } from '../../../collector-core/language/slot.ts'
import { constantDocs, stdlibFunctions } from '../../../collector-core/language/stdlib/index.ts'
import { exportOf } from '../../../collector-core/schema/definition.ts'
import type { Field } from '../../../collector-core/schema/field.ts'
import { shapeName } from '../../../collector-core/schema/shape.ts'
import { defaultText } from '../../model/default-text.ts'
import { fieldNamed, fieldsIn } from '../../model/definition-at.ts'
import { spokenLanguage, wordsIn } from '../../model/spoken-language.ts'
import { translation } from '../../model/translation.ts'
import { cursorPlace } from './cursor-place.ts'
import { isRequired } from './snippets.ts'
import { words } from './words.ts'

const inWords = () => wordsIn(words, spokenLanguage.get()).remarks

/** A name with its documentation: one line of code, one sentence, and remarks. */
export interface Explanation {
  readonly from: number
  readonly to: number
  readonly code: string
  readonly doc: string
  readonly remarks: readonly string[]
}

/** The explanation of the name at an offset; undefined where there is nothing to say. */
export function explainPlace(state: EditorState, offset: number, graph: Graph): Explanation | undefined {
  const { node, blocks } = cursorPlace(state, offset)
  switch (node.name) {
    case 'BlockName':
      return explainBlock(state, node, blocks)
    case 'AttributeName':
      return explainField(node, state.sliceDoc(node.from, node.to), blocks)
    case 'VariableName':
    case 'PropertyName':
      return explainName(state, node, graph)
    default:
      return undefined
  }
}

function explainBlock(state: EditorState, node: SyntaxNode, blocks: readonly string[]): Explanation | undefined {
  const name = state.sliceDoc(node.from, node.to)
  if (blocks.length > 0) return explainField(node, name, blocks)
  const place = { from: node.from, to: node.to, code: name }
  const definition = catalog.components.get(name)
  if (definition !== undefined) {
    const exported = Object.keys(definition.exports)
    return {
      ...place,
      doc: definition.summary,
      remarks: exported.length > 0 ? [inWords().exports(exported.join(', '))] : [],
    }
  }
  const block = catalog.configBlocks.get(name)
  if (block !== undefined) return { ...place, doc: block.summary, remarks: [] }
  const known = catalog.known.get(name)
  return known && { ...place, doc: '', remarks: [inWords()[known.stability]] }
}

function explainField(node: SyntaxNode, name: string, blocks: readonly string[]): Explanation | undefined {
  const fields = fieldsIn(blocks)
  const field = fields && fieldNamed(fields, name)
  if (field === undefined) return undefined
  const code = `${name} ${shapeName(field.shape)}`
  return { from: node.from, to: node.to, code, doc: field.doc, remarks: remarksOn(field) }
}

function remarksOn(field: Field): string[] {
  const { shape, support, stability } = field
  const say = inWords()
  const standing = defaultText(field)
  return [
    ...(isRequired(field) ? [say.required] : []),
    ...(standing === undefined ? [] : [say.default(standing)]),
    ...('min' in shape && shape.min !== undefined && shape.kind !== 'blocks' ? [say.atLeast(shape.min)] : []),
    ...('max' in shape && shape.max !== undefined ? [say.atMost(shape.max)] : []),
    ...(stability === undefined ? [] : [say[stability]]),
    ...(support === undefined ? [] : [`${say[support.level]}: ${translation.get()(support.reason)}`]),
  ]
}

function explainName(state: EditorState, node: SyntaxNode, graph: Graph): Explanation | undefined {
  const chain = outermostMember(node)
  const names = state.sliceDoc(chain.from, chain.to).replaceAll(/\s/g, '')
  const place = { from: chain.from, to: chain.to }
  const signature = stdlibFunctions.get(names)
  if (signature !== undefined) {
    const remarks = signature.replacedBy === undefined ? [] : [inWords().use(signature.replacedBy)]
    return { ...place, code: signatureText(signature, slotName), doc: signature.doc, remarks }
  }
  if (names.startsWith('constants.')) {
    const doc = Object.entries(constantDocs).find(([name]) => names === `constants.${name}`)?.[1]
    return doc === undefined ? undefined : { ...place, code: names, doc, remarks: [] }
  }
  const target = referencedComponent(names, graph)
  if (target === undefined) return undefined
  const exported = target.definition && exportOf(target.definition, names.slice(target.id.length + 1).split('.')[0])
  return {
    ...place,
    code: exported === undefined ? names : `${names} ${shapeName(exported.shape)}`,
    doc: exported?.doc ?? '',
    remarks: target.definition === undefined ? [] : [translation.get()(target.definition.summary)],
  }
}

/** The component whose export a dotted name reads. */
export function referencedComponent(names: string, { byId }: Graph): Graph['components'][number] | undefined {
  const parts = names.split('.')
  for (let length = 2; length <= parts.length; length++) {
    const node = byId.get(parts.slice(0, length).join('.'))
    if (node !== undefined) return node
  }
  return undefined
}

/** The whole dotted name a part of it belongs to. */
export function outermostMember(node: SyntaxNode): SyntaxNode {
  let at = node
  while (at.parent?.name === 'Member') at = at.parent
  return at
}
