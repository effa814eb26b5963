import { setAttribute } from '../../../collector-core/language/edit-attribute.ts'
import { connect, disconnect } from '../../../collector-core/language/edit-connection.ts'
import { refused } from '../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import type { Scene, SceneEdge } from '../scene.ts'
import { misfitOf } from './fit.ts'
import type { WireEnd } from './fit.ts'
import { emptied, placeOf, replaceReference, siteOf } from './rewire.ts'
import { inSteps } from './steps.ts'
import type { Step } from './steps.ts'
import { reasons } from './words.ts'

/** Lets data flow from an output into an input. */
export function connectPorts(scene: Scene, from: WireEnd, to: WireEnd): EditResult {
  const misfit = misfitOf(scene, from, to)
  return misfit ? refused(misfit.reason) : wire(from, to)(scene.parsed)
}

/** The step that writes the reference a wire is made of. */
export function wire(from: WireEnd, to: WireEnd): Step {
  const [holder, target] = from.port.export === undefined ? [from, to] : [to, from]
  const argument = holder.port.argument ?? []
  const block = [...holder.node.path, ...argument.slice(0, -1).map((name) => ({ name }))]
  const attribute = argument.at(-1) ?? ''
  const reference = referenceTo(target)
  return (parsed) => {
    if (emptied(from.port.port) === undefined) return setAttribute(parsed, block, attribute, reference)
    return connect(parsed, { block, attribute }, reference, from.port.port === 'targets' ? 'concat' : 'element')
  }
}

const referenceTo = ({ node, port }: WireEnd): string => `${node.localId}.${port.export}`

/** Takes an edge to other ports; a reference that stays in its argument keeps its place there. */
export function moveEdge(scene: Scene, edge: SceneEdge, from: WireEnd, to: WireEnd): EditResult {
  const misfit = misfitOf(scene, from, to)
  if (misfit) return refused(misfit.reason)
  const [holder, target, before] = from.port.export === undefined ? [from, to, edge.out] : [to, from, edge.into]
  const stays = edge.wires.every((one) => one.holder === holder.node.id) && before.id === holder.port.id
  if (!stays) return inSteps(scene.parsed, [() => disconnectEdges(scene, [edge]), wire(from, to)])
  return inSteps(
    scene.parsed,
    edge.wires.map(({ span, reference }): Step => {
      const place = placeOf(scene.parsed, span.start)
      return (parsed) =>
        place
          ? replaceReference(parsed, place, reference, [referenceTo(target)], edge.out.port)
          : refused(reasons().gone)
    }),
  )
}

/** Cuts edges; refused when one of them is part of an expression that would mean something else without it. */
export function disconnectEdges(scene: Scene, edges: readonly SceneEdge[]): EditResult {
  const wires = edges.flatMap(({ wires, out }) => wires.map((one) => ({ ...one, port: out.port })))
  const steps: Step[] = []
  for (const { span, reference, port } of wires) {
    const place = placeOf(scene.parsed, span.start)
    const site = place && siteOf(scene.parsed, place, reference)
    if (site === undefined || site.kind === 'inside') return refused(reasons().partOfExpression)
    steps.push((parsed) =>
      site.kind === 'whole' && emptied(port) === undefined
        ? replaceReference(parsed, place!, reference, [], port)
        : disconnect(parsed, place!, reference),
    )
  }
  return steps.length === 0 ? refused(reasons().nothingSelected) : inSteps(scene.parsed, steps)
}
