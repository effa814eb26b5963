import { useCell } from '../../live/connection-context.ts'
import type { CanvasTask } from '../../model/canvas-task.ts'
import { componentOffers } from '../../model/component-offers.ts'
import type { ComponentOffer } from '../../model/component-offers.ts'
import { portsOnEdge } from '../../model/gestures/add.ts'
import { fittingPort } from '../../model/gestures/fit.ts'
import type { Scene } from '../../model/scene.ts'
import { Chooser } from '../../ui/chooser.tsx'
import { OfferDocs } from '../../ui/offer-docs.tsx'
import { useWords } from '../../ui/use-words.ts'
import { nodeChoice, offerChoice } from './canvas-choices.tsx'
import type { Say } from './canvas-choices.tsx'
import { connectionsOf } from './connection-choices.tsx'
import { useSession } from './session-context.ts'
import { words } from './words.ts'

/** The list that belongs to what the canvas asks about: components to add, or nodes to go to. */
export function CanvasChooser() {
  const say = useWords(words)
  const session = useSession()
  const task = useCell(session.task)
  const scene = useCell(session.scene)
  if (task === undefined || task.kind === 'rename' || task.kind === 'remove') return null
  const names = task.kind === 'find' || task.kind === 'select'
  const wiring = task.kind === 'connect' || task.kind === 'reconnect'
  const connections = wiring ? connectionsOf(session, task, say) : []
  const choices = names
    ? scene.nodes.map((node) => nodeChoice(node, say.choosing.components))
    : wiring
      ? connections.map(({ choice }) => choice)
      : offersFor(task, scene).map((offer) => offerChoice(offer, say))
  const choose = (id: string): void => {
    session.task.set(undefined)
    if (task.kind === 'find') session.reveal(id)
    else if (task.kind === 'select') session.selectAlso(id)
    else if (wiring) connections.find(({ choice }) => choice.id === id)?.make()
    else if (task.kind === 'add') session.add(id, task.at)
    else if (task.kind === 'insert') session.insert(task.edge, { name: id })
    else if (task.kind === 'wire') session.addAtWire(id, task.end, task.at)
    else session.addBetween(id, task.from, task.to)
  }
  return (
    <Chooser
      key={task.kind}
      title={titleOf(task, say, scene)}
      placeholder={names || wiring ? say.choosing.searchNode : say.choosing.search}
      empty={choices.length === 0 ? say.choosing.noTarget : say.choosing.nothing}
      choices={choices}
      onChoose={choose}
      onClose={() => session.task.set(undefined)}
      preview={names || wiring ? undefined : (name) => <OfferDocs name={name} example />}
    />
  )
}

function titleOf(task: CanvasTask, { choosing, kinds }: Say, scene: Scene): string {
  switch (task.kind) {
    case 'wire':
      return choosing.wire(kinds[task.end.port.kind])
    case 'connect':
      return choosing.connect(scene.byId.get(task.node)?.localId ?? '')
    case 'reconnect':
      return choosing.reconnect
    case 'select':
      return choosing.select
    case 'insert':
      return choosing.insert
    case 'bridge':
      return choosing.bridge
    case 'find':
      return choosing.find
    default:
      return choosing.add
  }
}

function offersFor(task: CanvasTask, scene: Scene): readonly ComponentOffer[] {
  switch (task.kind) {
    case 'wire':
      return componentOffers.filter((offer) => fittingPort(task.end.port, offer) !== undefined)
    case 'bridge':
      return componentOffers.filter(({ name }) => task.names.includes(name))
    case 'insert': {
      const edge = scene.edges.find(({ id }) => id === task.edge)
      return edge ? componentOffers.filter((offer) => portsOnEdge(edge, offer) !== undefined) : []
    }
    default:
      return componentOffers
  }
}
