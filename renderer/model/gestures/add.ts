// Adding a component: alone, at the end of a wire, between two others, or in the middle of an edge.
import { catalog } from '../../../collector-core/catalog.ts'
import { addBlock } from '../../../collector-core/language/edit-block.ts'
import type { BlockPlace } from '../../../collector-core/language/edit-block.ts'
import { refused } from '../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import { findBlock } from '../../../collector-core/language/walk.ts'
import { portsOf } from '../ports.ts'
import type { Port } from '../ports.ts'
import { scopeOf } from '../scene.ts'
import type { Scene, SceneEdge, SceneNode } from '../scene.ts'
import { wire } from './connect.ts'
import { fittingPort, misfitOf } from './fit.ts'
import type { Pluggable, WireEnd } from './fit.ts'
import { newBlock } from './new-block.ts'
import { placeOf, replaceReference } from './rewire.ts'
import { inSteps } from './steps.ts'
import type { Step } from './steps.ts'
import { reasons } from './words.ts'

/** A component that is about to be added to the scope of another, or to the file. */
export interface NewComponent extends Pluggable {
  readonly name: string
  readonly label: string
}

/** A label nothing of that name has: `default`, then `default_2` and so on. */
export function freeLabel(taken: ReadonlySet<string>, name: string, wanted = 'default'): string {
  const stem = wanted.replace(/_\d+$/, '')
  let label = wanted
  for (let count = 2; taken.has(`${name}.${label}`); count++) label = `${stem}_${count}`
  return label
}

/** The names in use in one module, or in the file. */
export function takenIn(scene: Scene, scope: string | undefined): ReadonlySet<string> {
  return new Set(scene.nodes.filter((node) => scopeOf(node) === scope).map(({ localId }) => localId))
}

/** Plans a component beside another, in its module. */
export function planComponent(scene: Scene, name: string, beside?: SceneNode): NewComponent {
  const scope = beside && scopeOf(beside)
  const label = freeLabel(takenIn(scene, scope), name)
  const localId = `${name}.${label}`
  const owner = scope === undefined ? [] : beside!.path.slice(0, -1)
  const ports = portsOf(catalog.components.get(name), catalog.known.get(name))
  return {
    id: scope === undefined ? localId : `${scope}/${localId}`,
    ...{ name, label, localId },
    path: [...owner, { name, label }],
    frame: scope,
    standing: 'running',
    inputs: ports.filter(({ side }) => side === 'in'),
    outputs: ports.filter(({ side }) => side === 'out'),
  }
}

/** Adds a planned component behind another (`beside`), or at the end of its scope. */
export function addComponent(scene: Scene, component: NewComponent, beside?: SceneNode): EditResult {
  return inSteps(scene.parsed, [added(scene, component, beside)])
}

function added(scene: Scene, { name, label, path }: NewComponent, beside: SceneNode | undefined): Step {
  const owner = path.slice(0, -1)
  const closed = beside && beside.standing !== 'disabled' && findBlock(scene.parsed.tree, beside.path)?.close
  const place: BlockPlace = closed ? { after: beside.path } : { endOf: owner }
  return (parsed) => addBlock(parsed, place, newBlock(name, label))
}

/** Adds a component at the loose end of a wire. */
export function addAtWire(scene: Scene, component: NewComponent, end: WireEnd): EditResult {
  const port = fittingPort(end.port, component)
  if (port === undefined) return refused(reasons().fitsNot(component.name))
  const other: WireEnd = { node: component, port }
  const [from, to] = end.port.side === 'out' ? [end, other] : [other, end]
  const misfit = misfitOf(scene, from, to)
  if (misfit) return refused(misfit.reason)
  return inSteps(scene.parsed, [added(scene, component, scene.byId.get(end.node.id)), wire(from, to)])
}

/** Connects two ports that do not fit through a component that translates. */
export function addBetween(scene: Scene, component: NewComponent, from: WireEnd, to: WireEnd): EditResult {
  const into = fittingPort(from.port, component)
  const out = fittingPort(to.port, component)
  if (into === undefined || out === undefined) return refused(reasons().fitsNot(component.name))
  return inSteps(scene.parsed, [
    added(scene, component, scene.byId.get(from.node.id)),
    wire(from, { node: component, port: into }),
    wire({ node: component, port: out }, to),
  ])
}

interface EdgePorts {
  readonly into: Port
  readonly out: Port
}

/** The ports by which a component can be put into an edge; undefined when it does not fit there. */
export function portsOnEdge(edge: SceneEdge, node: Pick<Pluggable, 'inputs' | 'outputs'>): EdgePorts | undefined {
  const into = node.inputs.find(({ port, argument, export: name }) => port === edge.out.port && (argument ?? name))
  const out = node.outputs.find(
    ({ port, carries, argument, export: name }) =>
      port === edge.out.port && carries === edge.out.carries && (argument ?? name),
  )
  return into && out && { into, out }
}

/** Puts a component, a new one or one of the scene, into the middle of an edge. */
export function insertOnEdge(scene: Scene, edge: SceneEdge, component: NewComponent | SceneNode): EditResult {
  const ports = portsOnEdge(edge, component)
  const from = scene.byId.get(edge.from)
  const to = scene.byId.get(edge.to)
  const present = scene.byId.has(component.id)
  if (from === undefined || to === undefined) return refused(reasons().gone)
  if (ports === undefined || component === from || component === to) return refused(reasons().fitsNot(component.name))
  const before = { node: from, port: edge.out }
  const after = { node: to, port: edge.into }
  for (const misfit of [
    misfitOf(scene, before, { node: component, port: ports.into }),
    misfitOf(scene, { node: component, port: ports.out }, after),
  ])
    if (misfit) return refused(misfit.reason)
  const pushes = edge.out.export === undefined
  const rewired = edge.wires.map(({ span, reference }): Step => {
    const place = placeOf(scene.parsed, span.start)
    const through = `${component.localId}.${pushes ? ports.into.export : ports.out.export}`
    return (parsed) =>
      place ? replaceReference(parsed, place, reference, [through], edge.out.port) : refused(reasons().gone)
  })
  const [upstream, downstream] = [
    wire(before, { node: component, port: ports.into }),
    wire({ node: component, port: ports.out }, after),
  ]
  return inSteps(scene.parsed, [
    ...rewired,
    ...(present ? [] : [added(scene, component, from)]),
    pushes ? downstream : upstream,
  ])
}
