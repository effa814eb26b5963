// Completion from the definitions and the document: components, arguments and blocks, references that fit, functions, values.
import { snippetCompletion } from '@codemirror/autocomplete'
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { catalog } from '../../../collector-core/catalog.ts'
import type { Graph } from '../../../collector-core/graph/graph.ts'
import { quote } from '../../../collector-core/language/print-value.ts'
import { slotName } from '../../../collector-core/language/slot.ts'
import { signatureText } from '../../../collector-core/language/function-signature.ts'
import { constantDocs, stdlibFunctions } from '../../../collector-core/language/stdlib/index.ts'
import type { Fields } from '../../../collector-core/schema/field.ts'
import { shapeName } from '../../../collector-core/schema/shape.ts'
import type { Shape } from '../../../collector-core/schema/shape.ts'
import { fieldsIn } from '../../model/definition-at.ts'
import { fittingReferences } from '../../model/fitting-references.ts'
import { translation } from '../../model/translation.ts'
import { cursorPlace } from './cursor-place.ts'
import { argumentSnippet, blockSnippet, componentSnippet, isRequired } from './snippets.ts'

const translated = (english: string): string => translation.get()(english)

const dottedName = /[\p{L}\p{Nd}_.]*$/u

/** Completes at the cursor; `graph` is that of the text as it was read last. */
export function complete(context: CompletionContext, graph: () => Graph): CompletionResult | null {
  const { state, pos, explicit } = context
  const place = cursorPlace(state, pos)
  const { name } = place.node
  if (name === 'LineComment' || name === 'BlockComment') return null
  const before = state.doc.lineAt(pos)
  const word = dottedName.exec(before.text.slice(0, pos - before.from))![0]
  if (place.attribute !== undefined) {
    const shape = fieldsIn(place.blocks)?.[place.attribute]?.shape
    const inner = shape && shapeWithin(shape, place.within)
    if (name === 'String') return inner?.kind === 'choice' ? inString(inner.values, place.node) : null
    if (word === '' && !explicit && inner === undefined) return null
    return { from: pos - word.length, options: values(inner, graph(), place.component), validFor: dottedName }
  }
  if (name === 'String' || (word === '' && !explicit)) return null
  const options = place.blocks.length === 0 ? components(graph()) : statements(place.blocks, place.written)
  return options.length === 0 ? null : { from: pos - word.length, options, validFor: dottedName }
}

/** The shape of what stands inside lists and objects of a value. */
function shapeWithin(shape: Shape, within: readonly ('[]' | '{}')[]): Shape | undefined {
  return within.reduce<Shape | undefined>((at, bracket) => {
    if (at?.kind === 'list' || at?.kind === 'map') return at.of
    if (at?.kind === 'receivers') return bracket === '[]' ? { kind: 'receiver', signal: at.signal } : undefined
    return undefined
  }, shape)
}

function components({ byId }: Graph): Completion[] {
  const labelFor = (name: string): string => {
    for (let number = 1; ; number++) {
      const label = number === 1 ? 'default' : `default_${number}`
      if (!byId.has(`${name}.${label}`)) return label
    }
  }
  const runnable = [...catalog.components.values()].map((definition) =>
    snippetCompletion(componentSnippet(definition, labelFor(definition.name)), {
      label: definition.name,
      type: 'class',
      info: translated(definition.summary),
      boost: 10,
    }),
  )
  const blocks = [...catalog.configBlocks.values()].map(({ name, summary, arguments: fields }) =>
    snippetCompletion(blockSnippet(name, fields), { label: name, type: 'namespace', info: translated(summary) }),
  )
  const known = [...catalog.known.keys()]
    .filter((name) => !catalog.components.has(name))
    .map((name) => ({ label: name, type: 'class', detail: 'Alloy', boost: -50 }))
  return [...runnable, ...blocks, ...known]
}

function statements(blocks: readonly string[], written: ReadonlySet<string>): Completion[] {
  const fields = fieldsIn(blocks)
  if (fields === undefined) return []
  return Object.entries(fields).flatMap(([name, field]) => {
    const { shape, doc } = field
    if (shape.kind === 'variants') return family(shape.prefix, shape.of(), translated(doc))
    if (written.has(name) && shape.kind !== 'blocks') return []
    const isBlock = shape.kind === 'block' || shape.kind === 'blocks'
    const boost = (isRequired(field) ? 20 : 0) - (field.support === undefined ? 0 : 30)
    const options = {
      label: name,
      type: isBlock ? 'namespace' : 'property',
      detail: shapeName(shape),
      info: translated(doc),
      boost,
    }
    return snippetCompletion(argumentSnippet(name, field), options)
  })
}

function family(prefix: string, members: Readonly<Record<string, Fields>>, info: string): Completion[] {
  return Object.entries(members).map(([member, fields]) =>
    snippetCompletion(blockSnippet(`${prefix}.${member}`, fields), {
      label: `${prefix}.${member}`,
      type: 'namespace',
      info,
    }),
  )
}

function values(shape: Shape | undefined, graph: Graph, component: string | undefined): Completion[] {
  const references = shape === undefined ? [] : fittingReferences(graph, shape, component)
  return [
    ...references.map(({ text, doc }) => ({ label: text, type: 'variable', info: doc && translated(doc), boost: 50 })),
    ...literals(shape).map((label) => ({ label, type: 'constant', boost: 40 })),
    ...(shape === undefined || !takesNothingElse(shape) ? library() : []),
  ]
}

function literals(shape: Shape | undefined): readonly string[] {
  if (shape?.kind === 'bool') return ['true', 'false']
  return shape?.kind === 'choice' ? shape.values.map(quote) : []
}

const takesNothingElse = (shape: Shape): boolean =>
  shape.kind === 'receivers' || shape.kind === 'receiver' || shape.kind === 'rules' || shape.kind === 'capsule'

function library(): Completion[] {
  const functions = [...stdlibFunctions.values()]
    .filter(({ replacedBy }) => replacedBy === undefined)
    .map((signature) =>
      snippetCompletion(`${signature.name}(\${})`, {
        label: signature.name,
        type: 'function',
        info: `${signatureText(signature, slotName)}\n${translated(signature.doc)}`,
      }),
    )
  const constants = Object.entries(constantDocs).map(([name, info]) => ({
    label: `constants.${name}`,
    type: 'constant',
    info: translated(info),
  }))
  return [...functions, ...constants]
}

function inString(
  values: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): CompletionResult {
  return { from, to, options: values.map((value) => ({ label: quote(value), type: 'constant' })), filter: false }
}
