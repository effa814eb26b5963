import { fittingPort, misfitOf } from '../../model/gestures/fit.ts'
import type { Misfit, WireEnd } from '../../model/gestures/fit.ts'
import type { Scene } from '../../model/scene.ts'
import { portKey } from './session-context.ts'
import type { Wiring } from './session-context.ts'

/** Asks every port of the scene whether a wire that starts here may end there. */
export function wiringFrom(scene: Scene, end: WireEnd, edge?: string): Wiring {
  const misfits = new Map<string, Misfit>()
  const fitting = new Set<string>()
  for (const node of scene.nodes) {
    for (const port of [...node.inputs, ...node.outputs]) {
      const other = { node, port }
      const misfit = end.port.side === 'out' ? misfitOf(scene, end, other) : misfitOf(scene, other, end)
      if (misfit) misfits.set(portKey(node.id, port.id), misfit)
      else fitting.add(node.id)
    }
  }
  return { end, edge, misfits, fitting }
}

/** Where a wire ends that is dropped on a node or one of its ports. */
export function endOn(scene: Scene, { end }: Wiring, nodeId: string, portId: string | undefined): WireEnd | undefined {
  const node = scene.byId.get(nodeId)
  if (node === undefined || node.id === end.node.id) return undefined
  const ports = end.port.side === 'out' ? node.inputs : node.outputs
  const named = [...node.inputs, ...node.outputs].find(({ id }) => id === portId)
  const port = named ?? fittingPort(end.port, node) ?? ports.at(0)
  return port && { node, port }
}

/** The element of the canvas under the pointer, as ids. */
export function underPointer(at: { readonly x: number; readonly y: number }): {
  readonly node: string | undefined
  readonly port: string | undefined
  readonly edge: string | undefined
} {
  const found: { node?: string; port?: string; edge?: string } = {}
  for (const element of document.elementsFromPoint(at.x, at.y)) {
    const handle = element.closest<HTMLElement>('.react-flow__handle')
    if (handle) {
      found.port ??= handle.dataset.handleid
      found.node ??= handle.dataset.nodeid
    }
    found.node ??= element.closest<HTMLElement>('.react-flow__node-component')?.dataset.id
    found.edge ??= element.closest<HTMLElement>('.react-flow__edge')?.dataset.id
  }
  return { node: found.node, port: found.port, edge: found.edge }
}
