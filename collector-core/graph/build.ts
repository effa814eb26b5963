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

export function buildGraph(sources: readonly SourceTree[], catalog: Catalog): BuiltGraph {
  const builder = new GraphBuilder(catalog)
  for (const { file, body } of sources) builder.collect(file, body)
  return builder.finish()
}

class GraphBuilder {
  private readonly catalog: Catalog
  private readonly diagnostics: Diagnostic[] = []
  private readonly components = new Map<string, ComponentNode>()
  private readonly configBlocks = new Map<string, ConfigBlockNode>()

  constructor(catalog: Catalog) {
    this.catalog = catalog
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
        this.complain(file, block.name.span, 'duplicate-block', `block "${name}" may only be written once`)
      } else
        this.configBlocks.set(name, { kind: 'config', id: name, file, block, definition: configBlock, references: [] })
      return
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
      const message = `component "${id}" is already declared${this.components.get(id)!.file === file ? ' above' : ` in ${this.components.get(id)!.file}`}`
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
    const suggestion = nearest(name, names)
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
      else if (!stdlibNames.has(mention.names[0])) this.unresolved(node.file, mention)
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
    const written = names.join('.')
    const withoutExport = names.length > 1 ? names.slice(0, -1).join('.') : written
    const suggestion = nearest(withoutExport, [...this.components.keys()])
    const fixed = suggestion === undefined ? undefined : [suggestion, ...names.slice(-1)].join('.')
    this.diagnostics.push({
      severity: 'error',
      code: 'unresolved-reference',
      message: `component "${withoutExport}" does not exist`,
      span,
      file,
      ...(fixed !== undefined && { suggestion: { text: `did you mean "${fixed}"?`, edit: { span, text: fixed } } }),
    })
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
