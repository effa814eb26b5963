import type { CheckedConfig } from '../../collector-core/graph/check.ts'
import { describeNode } from '../../collector-core/graph/describe-node.ts'
import type { Pipeline, PipelineEdge, PipelineNode } from '../../collector-core/protocol.ts'
import { itemName, mainKind, signalKind } from './signal-kind.ts'
import type { SignalKind } from './signal-kind.ts'

/** A component with its ports from top to bottom. */
export interface PictureNode extends PipelineNode {
  readonly inputs: readonly SignalKind[]
  readonly outputs: readonly SignalKind[]
  /** What it is drawn as. */
  readonly kind: SignalKind
}

/** A drawn edge; `id` is the key of its live numbers too. */
export interface PictureEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly kind: SignalKind
  /** What its items are called; undefined where nothing is counted. */
  readonly items: string | undefined
}

export interface Picture {
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
}

const portOrder: readonly SignalKind[] = ['targets', 'metrics', 'logs', 'traces', 'profiles', 'rules', 'other']

/** Names an edge in the picture and in stats frames; several references of one kind between two components are one edge. */
export function edgeId({ from, to, port, carries }: PipelineEdge): string {
  return `${from}>${to}:${port}${carries ? `/${carries}` : ''}`
}

/** The picture of a config that is being edited, computed from its text alone. */
export function drawGraph({ graph, args }: CheckedConfig): Picture {
  return drawPipeline({
    nodes: graph.components.map((node) => describeNode(node, args.get(node.id))),
    edges: graph.edges,
  })
}

/** Works out edges and ports: each kind that is connected, and each kind a component offers besides. */
export function drawPipeline({ nodes, edges }: Pick<Pipeline, 'nodes' | 'edges'>): Picture {
  const known = new Set(nodes.map(({ id }) => id))
  const drawn = new Map<string, PictureEdge>()
  for (const edge of edges) {
    const { from, to, port, carries } = edge
    if (!known.has(from) || !known.has(to)) continue
    const id = edgeId(edge)
    drawn.set(id, { id, from, to, kind: signalKind(port, carries), items: itemName(port, carries) })
  }
  const pictured = [...drawn.values()]
  return {
    nodes: nodes.map((node) => {
      const inputs = ports(
        pictured.filter(({ to }) => to === node.id).map(({ kind }) => kind),
        node.takes,
      )
      const outputs = ports(
        pictured.filter(({ from }) => from === node.id).map(({ kind }) => kind),
        node.gives,
      )
      const data = (kinds: readonly SignalKind[]): SignalKind[] => kinds.filter((kind) => kind !== 'rules')
      return { ...node, inputs, outputs, kind: mainKind(data(outputs), data(inputs)) }
    }),
    edges: pictured,
  }
}

/** OTLP ports are drawn by what they carry, and as one port of their own only while nothing is connected. */
function ports(connected: readonly SignalKind[], offered: PipelineNode['takes']): SignalKind[] {
  const kinds = new Set(connected)
  for (const port of offered) {
    if (port === 'otlp') {
      if (connected.length === 0) kinds.add('other')
    } else if (port !== 'rules' && port !== 'auth' && port !== 'storage' && port !== 'value')
      kinds.add(signalKind(port))
  }
  return portOrder.filter((kind) => kinds.has(kind))
}
