import { useCell } from '../../live/connection-context.ts'
import type { CanvasTask } from '../../model/canvas-task.ts'
import { componentOffers } from '../../model/component-offers.ts'
import type { ComponentOffer } from '../../model/component-offers.ts'
import { portsOnEdge } from '../../model/gestures/add.ts'
import { fittingPort, misfitOf } from '../../model/gestures/fit.ts'
import type { WireEnd } from '../../model/gestures/fit.ts'
import type { Scene, SceneNode } from '../../model/scene.ts'
import { Chooser } from '../../ui/chooser.tsx'
import type { Choice } from '../../ui/chooser.tsx'
import { OfferDocs } from '../../ui/offer-docs.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useWords } from '../../ui/use-words.ts'
import { useSession } from './session-context.ts'
import { words } from './words.ts'

type Say = ReturnType<typeof useWords<(typeof words)['en']>>

/** The list that belongs to what the canvas asks about: components to add, or nodes to go to. */
export function CanvasChooser() {
  const say = useWords(words)
  const session = useSession()
  const task = useCell(session.task)
  const scene = useCell(session.scene)
  if (task === undefined || task.kind === 'rename' || task.kind === 'remove') return null
  const lists = task.kind === 'find' || task.kind === 'connect'
  const choices =
    task.kind === 'find'
      ? scene.nodes.map((node) => nodeChoice(node, say.choosing.components))
      : task.kind === 'connect'
        ? connections(scene, task.node, say).map(({ choice }) => choice)
        : offersFor(task, scene).map((offer) => offerChoice(offer, say))
  const choose = (id: string): void => {
    session.task.set(undefined)
    if (task.kind === 'find') session.reveal(id)
    else if (task.kind === 'connect') {
      const ends = connections(scene, task.node, say).find(({ choice }) => choice.id === id)
      if (ends) session.connect(ends.from, ends.to)
    } else if (task.kind === 'add') session.add(id, task.at)
    else if (task.kind === 'insert') session.insert(task.edge, { name: id })
    else if (task.kind === 'wire') session.addAtWire(id, task.end, task.at)
    else session.addBetween(id, task.from, task.to)
  }
  return (
    <Chooser
      key={task.kind}
      title={titleOf(task, say, scene)}
      placeholder={lists ? say.choosing.searchNode : say.choosing.search}
      empty={choices.length === 0 ? say.choosing.noTarget : say.choosing.nothing}
      choices={choices}
      onChoose={choose}
      onClose={() => session.task.set(undefined)}
      preview={lists ? undefined : (name) => <OfferDocs name={name} example />}
    />
  )
}

function titleOf(task: CanvasTask, { choosing, kinds }: Say, scene: Scene): string {
  switch (task.kind) {
    case 'wire':
      return choosing.wire(kinds[task.end.port.kind])
    case 'connect':
      return choosing.connect(scene.byId.get(task.node)?.localId ?? '')
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

function offerChoice({ name, summary, stage, kind }: ComponentOffer, say: Say): Choice {
  return {
    id: name,
    label: name,
    detail: summary === '' ? undefined : summary,
    group: stage === undefined ? say.choosing.kept : say.choosing.runs,
    glyph: <SignalGlyph kind={kind} />,
  }
}

function nodeChoice(node: SceneNode, group: string): Choice {
  const { id, name, label, fact, kind } = node
  return {
    id,
    label: label === '' ? name : label,
    detail: fact === '' ? name : `${name} · ${fact}`,
    keywords: [id],
    group,
    glyph: <SignalGlyph kind={kind} />,
  }
}

interface Connection {
  readonly choice: Choice
  readonly from: WireEnd
  readonly to: WireEnd
}

/** Every connection a node could be given, in both directions. */
function connections(scene: Scene, id: string, say: Say): readonly Connection[] {
  const node = scene.byId.get(id)
  if (node === undefined) return []
  return [...node.outputs, ...node.inputs].flatMap((port): Connection[] => {
    const own = { node, port }
    return scene.nodes.flatMap((other): Connection[] => {
      const ports = port.side === 'out' ? other.inputs : other.outputs
      return ports.flatMap((far): Connection[] => {
        const [from, to] = port.side === 'out' ? [own, { node: other, port: far }] : [{ node: other, port: far }, own]
        if (misfitOf(scene, from, to) !== undefined) return []
        const kind = say.kinds[port.side === 'out' ? port.kind : far.kind]
        const group = port.side === 'out' ? say.choosing.gives(kind) : say.choosing.takes(kind)
        return [{ choice: { ...nodeChoice(other, group), id: `${port.id} ${other.id} ${far.id}` }, from, to }]
      })
    })
  })
}
