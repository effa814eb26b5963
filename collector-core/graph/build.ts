// From the tree of a config to its pipeline: blocks become nodes, references become edges. Nothing is evaluated here.
import type { Block, Body } from '../language/ast.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import type { Span } from '../language/position.ts'
import { traversals } from '../language/references.ts'
import { stdlibNames } from '../language/stdlib/index.ts'
import { nearest } from '../language/suggest.ts'
import type { Catalog } from '../catalog.ts'
import { edgeOf } from './edge-of.ts'
import type { ComponentNode, ConfigBlockNode, Graph, GraphEdge, Reference } from './graph.ts'

/** A parsed file. */
export interface SourceTree {
  readonly file: string
  readonly body: Body
}

/** A graph with what is wrong with it; always a graph, however broken the config. */
export interface BuiltGraph {
  readonly graph: Graph
  readonly diagnostics: readonly Diagnostic[]
}

/** A traversal of an expression with the blocks and attribute it stands in. */
interface Mention {
  readonly names: readonly string[]
  readonly span: Span
  readonly attribute: readonly string[]
}

/** Finding the nearest name takes a look at every name; in a config where nothing fits, the first complaints have to do. */
const mostSuggestions = 200

/** Builds the graph of files that are one config. */
export function buildGraph(sources: readonly SourceTree[], catalog: Catalog): BuiltGraph {
  const builder = new GraphBuilder(catalog)
  for (const { body } of sources) builder.define(body)
  for (const { file, body } of sources) builder.collect(file, body)
  return builder.finish()
}

class GraphBuilder {
  private readonly catalog: Catalog
  private readonly diagnostics: Diagnostic[] = []
  private readonly components = new Map<string, ComponentNode>()
  private readonly configBlocks = new Map<string, ConfigBlockNode>()
  /** First names of blocks that the config itself defines: labels of `declare` and of imports. */
  private readonly defined = new Set<string>()
  private suggestionsLeft = mostSuggestions

  constructor(catalog: Catalog) {
    this.catalog = catalog
  }

  define(body: Body): void {
    for (const statement of body.statements) {
      if (statement.kind !== 'block' || statement.label === undefined) continue
      const { text } = statement.name
      if (text === 'declare' || text.startsWith('import.')) this.defined.add(statement.label.text)
    }
  }

  collect(file: string, body: Body): void {
    for (const statement of body.statements) {
      if (statement.kind === 'block') this.addBlock(file, statement)
      else if (statement.kind === 'attribute') {
        const message = `unrecognized attribute "${statement.name.name}": only blocks may stand at the top of a config`
        this.complain(file, statement.name.span, 'unrecognized-attribute', message)
      }
    }
  }

  finish(): BuiltGraph {
    const components = [...this.components.values()].map((node) => this.resolve(node))
    const configBlocks = [...this.configBlocks.values()].map((node) => this.resolve(node))
    const byId = new Map(components.map((node) => [node.id, node]))
    const edges = components.flatMap((node) => this.edgesOf(node, byId))
    return { graph: { components, configBlocks, edges, byId }, diagnostics: this.diagnostics }
  }

  private addBlock(file: string, block: Block): void {
    const name = block.name.text
    const configBlock = this.catalog.configBlocks.get(name)
    if (configBlock !== undefined) {
      const earlier = this.configBlocks.get(name)
      if (block.label !== undefined && block.label.text !== '') {
        this.complain(file, block.label.span, 'unexpected-label', `block "${name}" does not take a label`)
      } else if (earlier !== undefined) {
        const place = earlier.file === file ? '' : `, and stands in ${earlier.file} already`
        this.complain(file, block.name.span, 'duplicate-block', `block "${name}" may only be written once${place}`)
      } else
        this.configBlocks.set(name, { kind: 'config', id: name, file, block, definition: configBlock, references: [] })
      return
    }
    if (this.defined.has(block.name.parts[0].name)) {
      const message = `"${name}" is a custom component, which Weir keeps in the file but cannot run yet`
      return this.complain(file, block.name.span, 'unsupported-block', message)
    }
    const definition = this.catalog.components.get(name)
    const known = this.catalog.known.get(name)
    if (definition === undefined && known === undefined) return this.unknownBlock(file, block)
    const label = block.label?.text ?? ''
    if (label === '') {
      const message = `component "${name}" must have a label, as in ${name} "default" { … }`
      return this.complain(file, block.name.span, 'missing-label', message)
    }
    const id = `${name}.${label}`
    if (this.components.has(id)) {
      const earlier = this.components.get(id)!
      const message = `component "${id}" is already declared${earlier.file === file ? ' above' : ` in ${earlier.file}`}`
      return this.complain(file, block.name.span, 'duplicate-component', message)
    }
    this.components.set(id, { kind: 'component', id, name, label, file, block, definition, known, references: [] })
  }

  private unknownBlock(file: string, block: Block): void {
    const name = block.name.text
    const unsupported = this.catalog.unsupportedBlocks.get(name)
    if (unsupported !== undefined) {
      const message = `"${name}" is ${unsupported}, which Weir keeps in the file but cannot run yet`
      return this.complain(file, block.name.span, 'unsupported-block', message)
    }
    const names = [...this.catalog.components.keys(), ...this.catalog.known.keys(), ...this.catalog.configBlocks.keys()]
    const suggestion = this.nearest(name, names)
    this.diagnostics.push({
      severity: 'error',
      code: 'unknown-component',
      message: `there is no component named "${name}"`,
      span: block.name.span,
      file,
      ...(suggestion !== undefined && {
        suggestion: {
          text: `did you mean "${suggestion}"?`,
          edit: { span: block.name.span, text: suggestion },
        },
      }),
    })
  }

  private resolve<N extends ComponentNode | ConfigBlockNode>(node: N): N {
    const references: Reference[] = []
    for (const mention of mentionsIn(node.block.body, [])) {
      const reference = this.resolveMention(mention)
      if (reference !== undefined) references.push(reference)
      else if (!stdlibNames.has(mention.names[0]) && !this.defined.has(mention.names[0])) {
        this.unresolved(node.file, mention)
      }
    }
    return { ...node, references }
  }

  /** The shortest prefix of the names that is a component id wins, as in Alloy. */
  private resolveMention({ names, span, attribute }: Mention): Reference | undefined {
    for (let length = 2; length <= names.length; length++) {
      const id = names.slice(0, length).join('.')
      if (this.components.has(id)) return { target: id, path: names.slice(length), span, attribute }
    }
    return undefined
  }

  private unresolved(file: string, { names, span }: Mention): void {
    const length = this.lengthOfId(names)
    const id = names.slice(0, length).join('.')
    const suggestion = length === 1 ? this.nearest(id, stdlibNames) : this.nearest(id, this.components.keys())
    const fixed = suggestion === undefined ? undefined : [suggestion, ...names.slice(length)].join('.')
    this.diagnostics.push({
      severity: 'error',
      code: 'unresolved-reference',
      message: this.isComponent(id)
        ? `"${id}" names a kind of component: say which one by its label, as in ${id}.default.receiver`
        : length === 1
          ? `there is nothing named "${id}" here`
          : `component "${id}" does not exist`,
      span,
      file,
      ...(fixed !== undefined && { suggestion: { text: `did you mean "${fixed}"?`, edit: { span, text: fixed } } }),
    })
  }

  /** How many of the names are meant as the id of a component: a component's name and a label, else all but the export. */
  private lengthOfId(names: readonly string[]): number {
    for (let length = names.length; length > 0; length--) {
      if (this.isComponent(names.slice(0, length).join('.'))) return Math.min(length + 1, names.length)
    }
    return Math.max(1, names.length - 1)
  }

  private isComponent(name: string): boolean {
    return this.catalog.components.has(name) || this.catalog.known.has(name)
  }

  private nearest(name: string, candidates: Iterable<string>): string | undefined {
    return this.suggestionsLeft-- > 0 ? nearest(name, candidates) : undefined
  }

  private edgesOf(node: ComponentNode, byId: ReadonlyMap<string, ComponentNode>): GraphEdge[] {
    return node.references.map((reference) => {
      const target = byId.get(reference.target)!
      const { edge, problem } = edgeOf(node, target, reference)
      if (problem !== undefined) this.diagnostics.push({ ...problem, file: node.file })
      return edge
    })
  }

  private complain(file: string, span: Span, code: string, message: string): void {
    this.diagnostics.push({ severity: 'error', code, message, span, file })
  }
}

function* mentionsIn(body: Body, path: readonly string[]): Generator<Mention> {
  for (const statement of body.statements) {
    if (statement.kind === 'block') yield* mentionsIn(statement.body, [...path, statement.name.text])
    if (statement.kind !== 'attribute') continue
    for (const { names, span } of traversals(statement.value)) {
      yield { names, span, attribute: [...path, statement.name.name] }
    }
  }
}
