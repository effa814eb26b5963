// What a component or an end of an edge can be connected to, as a list to choose from.
import type { CanvasSession } from '../../model/canvas-session.ts'
import type { CanvasTask } from '../../model/canvas-task.ts'
import { componentOffers } from '../../model/component-offers.ts'
import { fittingPort, misfitOf } from '../../model/gestures/fit.ts'
import type { WireEnd } from '../../model/gestures/fit.ts'
import type { Choice } from '../../ui/chooser.tsx'
import { nodeChoice, offerChoice } from './canvas-choices.tsx'
import type { Say } from './canvas-choices.tsx'

interface ConnectionChoice {
  readonly choice: Choice
  readonly make: () => void
}

/** Every connection a component could be given, in both directions, to others and to new ones; or where an edge could lead. */
export function connectionsOf(
  session: CanvasSession,
  task: Extract<CanvasTask, { kind: 'connect' | 'reconnect' }>,
  say: Say,
): readonly ConnectionChoice[] {
  if (task.kind === 'connect') {
    const node = session.scene.get().byId.get(task.node)
    const ends = node === undefined ? [] : [...node.outputs, ...node.inputs].map((port): WireEnd => ({ node, port }))
    return [
      ...ends.flatMap((own) => farEnds(session, own, say, (far) => void session.connect(own, far))),
      ...ends.flatMap((own) => newEnds(session, own, say)),
    ]
  }
  const edge = session.scene.get().edges.find(({ id }) => id === task.edge)
  if (edge === undefined) return []
  return session
    .endsOf(edge)
    .flatMap((own) => farEnds(session, own, say, (far) => void session.reconnect(edge.id, far)))
}

function farEnds(
  session: CanvasSession,
  own: WireEnd,
  { kinds, choosing }: Say,
  make: (far: WireEnd) => void,
): ConnectionChoice[] {
  const scene = session.scene.get()
  const gives = own.port.side === 'out'
  return scene.nodes.flatMap((node) =>
    (gives ? node.inputs : node.outputs).flatMap((port): ConnectionChoice[] => {
      const far = { node, port }
      if ((gives ? misfitOf(scene, own, far) : misfitOf(scene, far, own)) !== undefined) return []
      const group = gives ? choosing.gives(kinds[own.port.kind]) : choosing.takes(kinds[port.kind])
      const id = `${own.port.id} ${node.id} ${port.id}`
      return [{ choice: { ...nodeChoice(node, group), id }, make: () => make(far) }]
    }),
  )
}

function newEnds(session: CanvasSession, own: WireEnd, say: Say): ConnectionChoice[] {
  const { kinds, choosing } = say
  const gives = own.port.side === 'out'
  return componentOffers.flatMap((offer): ConnectionChoice[] => {
    if (fittingPort(own.port, offer) === undefined) return []
    const group = (gives ? choosing.givesNew : choosing.takesNew)(kinds[own.port.kind])
    const choice = { ...offerChoice(offer, say), id: `${own.port.id} + ${offer.name}`, group, keywords: [group] }
    return [{ choice, make: () => void session.addAtWire(offer.name, own) }]
  })
}
