import { parse } from '../../collector-core/language/parser.ts'
import type { Picture, PictureNode } from './picture.ts'
import type { Port } from './ports.ts'
import type { Scene, SceneNode } from './scene.ts'
import type { SignalKind } from './signal-kind.ts'

/** The scene of a pipeline that runs and whose text is not known: to be looked at, not to be edited. */
export function runningScene({ nodes, edges }: Picture): Scene {
  const drawn = nodes.map(sceneNode)
  return {
    parsed: parse(''),
    nodes: drawn,
    edges: edges.map((edge) => ({ ...edge, out: port('out', edge.kind), into: port('in', edge.kind), wires: [] })),
    frames: [],
    byId: new Map(drawn.map((node) => [node.id, node])),
  }
}

function sceneNode({ takes: _takes, gives: _gives, ...node }: PictureNode): SceneNode {
  return {
    ...node,
    standing: node.stage === undefined ? 'opaque' : 'running',
    ...{ localId: node.id, path: [], span: { start: 0, end: 0 }, frame: undefined },
    inputs: node.inputs.map((kind) => port('in', kind)),
    outputs: node.outputs.map((kind) => port('out', kind)),
    ...{ validity: undefined, problems: [] },
  }
}

const port = (side: Port['side'], kind: SignalKind): Port => ({ id: `${side}:${kind}`, side, port: 'value', kind })
