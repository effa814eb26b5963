// Everything the canvas draws of a document: the components of the config and of its modules, what Weir only keeps, what is
// switched off, and how it all hangs together. Ids of components of the config are those the collector uses.
import { catalog } from '../../collector-core/catalog.ts'
import { buildGraph } from '../../collector-core/graph/build.ts'
import { describeNode } from '../../collector-core/graph/describe-node.ts'
import type { ComponentNode, GraphEdge } from '../../collector-core/graph/graph.ts'
import type { Block, Body } from '../../collector-core/language/ast.ts'
import type { Diagnostic, Severity } from '../../collector-core/language/diagnostic.ts'
import { disabledBlocks } from '../../collector-core/language/edit-disable.ts'
import type { Parsed } from '../../collector-core/language/parser.ts'
import type { Span } from '../../collector-core/language/position.ts'
import { blocksAt, blocksOf, pathOf } from '../../collector-core/language/walk.ts'
import type { BlockPath } from '../../collector-core/language/walk.ts'
import type { PipelineNode } from '../../collector-core/protocol.ts'
import type { DocumentSnapshot } from './config-document.ts'
import { looseEdges } from './loose-edges.ts'
import { edgeId } from './picture.ts'
import { barePort, kindOfPorts, portsOf } from './ports.ts'
import type { Port } from './ports.ts'
import { itemName, signalKind } from './signal-kind.ts'
import type { SignalKind } from './signal-kind.ts'

/** `opaque`: kept but not run by Weir; `disabled`: commented out. */
export type Standing = 'running' | 'opaque' | 'disabled'

export interface SceneNode extends Omit<PipelineNode, 'takes' | 'gives'> {
  readonly standing: Standing
  /** The way to its block; of a disabled one, to the block it stands in. */
  readonly path: BlockPath
  readonly span: Span
  /** The id of the frame it stands in; ids and references inside are those of the module. */
  readonly frame: string | undefined
  /** How expressions of its own scope name it. */
  readonly localId: string
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** What its face is drawn as. */
  readonly kind: SignalKind
  /** The worst that is said about its block. */
  readonly validity: Severity | undefined
  readonly problems: readonly Diagnostic[]
}

/** What makes an edge: who holds the reference, where, and to what. */
export interface Wire {
  readonly holder: string
  readonly span: Span
  /** The reference as written on one line: `loki.write.default.receiver`. */
  readonly reference: string
}

export interface SceneEdge {
  /** The key of its live numbers too. */
  readonly id: string
  readonly from: string
  readonly to: string
  readonly out: Port
  readonly into: Port
  readonly kind: SignalKind
  /** What its items are called; undefined where nothing is counted. */
  readonly items: string | undefined
  readonly wires: readonly Wire[]
}

/** A module, drawn around what is inside. */
export interface SceneFrame {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly nodes: readonly string[]
}

export interface Scene {
  readonly parsed: Parsed
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly frames: readonly SceneFrame[]
  readonly byId: ReadonlyMap<string, SceneNode>
}

type RawNode = Omit<SceneNode, 'inputs' | 'outputs' | 'kind' | 'validity' | 'problems'> & {
  readonly ports: readonly Port[]
}

interface RawEdge {
  readonly from: string
  readonly to: string
  readonly port: GraphEdge['port']
  readonly carries?: GraphEdge['carries']
  readonly wire: Wire
}

/** Draws a document. */
export function drawScene(snapshot: DocumentSnapshot): Scene {
  const { parsed, checked } = snapshot
  const sketch = new Sketch(snapshot)
  for (const node of checked.graph.components) sketch.addComponent(node, undefined)
  for (const edge of checked.graph.edges) sketch.addEdge(edge, undefined)
  for (const block of blocksOf(parsed.tree.body)) {
    if (block.name.text === 'declare') sketch.addModule(block)
    else if (!catalog.configBlocks.has(block.name.text)) sketch.addLoose(block)
  }
  sketch.addDisabled()
  sketch.addLooseEdges()
  return sketch.finish()
}

class Sketch {
  private readonly snapshot: DocumentSnapshot
  private readonly nodes = new Map<string, RawNode>()
  private readonly edges: RawEdge[] = []
  private readonly modules = new Map<string, Block>()
  private readonly started = new Set<number>()

  constructor(snapshot: DocumentSnapshot) {
    this.snapshot = snapshot
  }

  addComponent(node: ComponentNode, frame: string | undefined): void {
    const { definition, known, block } = node
    const args = frame === undefined ? this.snapshot.checked.args.get(node.id) : undefined
    const { summary, stage, fact } = describeNode(node, args)
    this.add({
      id: node.id,
      ...{ name: node.name, label: node.label, localId: node.id, summary, stage, fact, frame },
      standing: definition === undefined ? 'opaque' : 'running',
      path: this.pathOf(block),
      span: block.span,
      ports: portsOf(definition, known),
    })
    this.started.add(block.span.start)
  }

  addEdge({ from, to, port, carries, reference }: GraphEdge, frame: string | undefined): void {
    const holder = reference.target === from ? to : from
    const written = [reference.target, ...reference.path].join('.')
    const wire = { holder: inside(frame, holder), span: reference.span, reference: written }
    this.edges.push({ from: inside(frame, from), to: inside(frame, to), port, carries, wire })
  }

  /** The components of a `declare`, which Alloy runs once for each use. */
  addModule(block: Block): void {
    const frame = `declare.${block.label?.text ?? ''}`
    if (this.modules.has(frame)) return this.addLoose(block)
    this.modules.set(frame, block)
    const { graph } = buildGraph([{ file: '', body: block.body }], catalog)
    for (const node of graph.components) this.addComponent(node, frame)
    for (const edge of graph.edges) this.addEdge(edge, frame)
    for (const inner of blocksOf(block.body)) this.addLoose(inner, frame)
  }

  /** A block no graph holds: unknown, without a label, a second one of its name, or made by a module. */
  addLoose(block: Block, frame?: string): void {
    if (this.started.has(block.span.start) || this.isDrawnAsFrame(block)) return
    const name = block.name.text
    const label = block.label?.text ?? ''
    this.add({
      id: label === '' ? name : `${name}.${label}`,
      ...{ name, label, localId: label === '' ? name : `${name}.${label}`, summary: '', fact: '' },
      stage: undefined,
      frame: frame ?? this.importOf(block),
      standing: 'opaque',
      path: this.pathOf(block),
      span: block.span,
      ports: portsOf(catalog.components.get(name), catalog.known.get(name)),
    })
  }

  addDisabled(): void {
    const { parsed } = this.snapshot
    for (const { name, label = '', span } of disabledBlocks(parsed)) {
      const around = blocksAt(parsed.tree, span.start)
      const owner = around.at(-1)
      const frame = owner && `declare.${owner.label?.text ?? ''}`
      if (around.length > 1 || (frame !== undefined && !this.modules.has(frame))) continue
      const definition = catalog.components.get(name)
      const known = catalog.known.get(name)
      if (definition === undefined && known === undefined) continue
      const localId = `${name}.${label}`
      this.add({
        id: localId,
        ...{ name, label, localId, fact: '', frame, span },
        summary: definition?.summary ?? '',
        stage: definition?.stage,
        standing: 'disabled',
        path: owner ? this.pathOf(owner) : [],
        ports: portsOf(definition, known),
      })
    }
  }

  /** Edges the graphs do not know, because one of their ends is not in them. */
  addLooseEdges(): void {
    const bodies: { readonly frame: string | undefined; readonly body: Body }[] = [
      { frame: undefined, body: this.snapshot.parsed.tree.body },
      ...[...this.modules].map(([frame, { body }]) => ({ frame, body })),
    ]
    const standing = [...this.nodes.values()].filter((node) => node.standing !== 'disabled')
    const drawn = new Set(this.edges.map(({ wire }) => wire.span.start))
    for (const { frame, body } of bodies) {
      const scope = standing.filter((node) => scopeOf(node) === frame)
      this.edges.push(...looseEdges(body, scope, drawn))
    }
  }

  finish(): Scene {
    const edges = new Map<string, SceneEdge>()
    const extra = new Map<string, Port[]>()
    const portOn = (id: string, wanted: Port): Port => {
      const added = extra.get(id) ?? []
      const port = [...this.nodes.get(id)!.ports, ...added].find((one) => one.id === wanted.id)
      if (port === undefined) extra.set(id, [...added, wanted])
      return port ?? wanted
    }
    for (const { from, to, port, carries, wire } of this.edges) {
      const id = edgeId({ from, to, port, carries })
      const wires = [...(edges.get(id)?.wires ?? []), wire]
      const out = portOn(from, barePort('out', port, carries))
      const into = portOn(to, barePort('in', port))
      edges.set(id, { id, from, to, out, into, kind: signalKind(port, carries), items: itemName(port, carries), wires })
    }
    const list = [...edges.values()]
    const nodes = [...this.nodes.values()].map((node) => this.finishNode(node, extra.get(node.id) ?? [], list))
    const byId = new Map(nodes.map((node) => [node.id, node]))
    return { parsed: this.snapshot.parsed, nodes, edges: list, frames: this.frames(nodes), byId }
  }

  private finishNode({ ports, ...node }: RawNode, extra: readonly Port[], edges: readonly SceneEdge[]): SceneNode {
    const all = [...ports, ...extra]
    const problems = node.standing === 'disabled' ? [] : this.problemsIn(node.span)
    const inputs = all.filter(({ side }) => side === 'in').map((port) => painted(port, node.id, edges))
    const outputs = all.filter(({ side }) => side === 'out')
    const used = outputs.filter(({ id }) => edges.some(({ from, out }) => from === node.id && out.id === id))
    return {
      ...{ ...node, inputs, outputs },
      kind: kindOfPorts(used.some(({ port }) => port !== 'rules') ? used : outputs, inputs),
      problems,
      validity: problems.some(({ severity }) => severity === 'error') ? 'error' : problems.at(0)?.severity,
    }
  }

  private problemsIn({ start, end }: Span): readonly Diagnostic[] {
    return this.snapshot.checked.diagnostics.filter(
      ({ span, code }) => code !== 'unsupported-component' && start <= span.start && span.start < end,
    )
  }

  private frames(nodes: readonly SceneNode[]): readonly SceneFrame[] {
    const inFrames = new Map<string, string[]>()
    for (const { id, frame } of nodes)
      if (frame !== undefined) inFrames.set(frame, [...(inFrames.get(frame) ?? []), id])
    return [...inFrames].map(([id, members]) => {
      const dot = id.lastIndexOf('.')
      return { id, name: id.slice(0, dot), label: id.slice(dot + 1), nodes: members }
    })
  }

  /** An import is drawn around the components it made, or as a block while it made none. */
  private isDrawnAsFrame({ name, label }: Block): boolean {
    const { body } = this.snapshot.parsed.tree
    return name.text.startsWith('import.') && blocksOf(body).some((other) => isFrom(other, label?.text))
  }

  private importOf(block: Block): string | undefined {
    const { body } = this.snapshot.parsed.tree
    const source = blocksOf(body).find(
      (other) => other.name.text.startsWith('import.') && isFrom(block, other.label?.text),
    )
    return source && `${source.name.text}.${source.label!.text}`
  }

  private pathOf(block: Block): BlockPath {
    const { tree } = this.snapshot.parsed
    const same = blocksAt(tree, block.open.start).at(-1)
    return (same && pathOf(tree, same)) ?? []
  }

  private add(node: RawNode): void {
    const wanted = inside(node.frame?.startsWith('declare.') ? node.frame : undefined, node.id)
    let id = wanted
    for (let count = 2; this.nodes.has(id); count++) id = `${wanted} (${count})`
    this.nodes.set(id, { ...node, id })
  }
}

const inside = (frame: string | undefined, id: string): string => (frame === undefined ? id : `${frame}/${id}`)

const isFrom = ({ name }: Block, namespace: string | undefined): boolean =>
  name.parts.length > 1 && name.parts[0].name === namespace

/** The module whose names a node sees; those made by an import stand in the file itself. */
export function scopeOf({ frame }: Pick<SceneNode, 'frame'>): string | undefined {
  return frame?.startsWith('declare.') ? frame : undefined
}

/** An OTLP entrance is drawn in the hue of what enters while that is one kind. */
function painted(port: Port, id: string, edges: readonly SceneEdge[]): Port {
  if (port.port !== 'otlp') return port
  const kinds = new Set(edges.filter(({ to, into }) => to === id && into.id === port.id).map(({ kind }) => kind))
  return kinds.size === 1 ? { ...port, kind: [...kinds][0] } : port
}
