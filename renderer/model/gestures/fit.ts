// Which ports may be connected, and why others may not.
import { catalog } from '../../../collector-core/catalog.ts'
import { portsOf, portsFit } from '../ports.ts'
import type { Port } from '../ports.ts'
import { scopeOf } from '../scene.ts'
import type { Scene, SceneNode } from '../scene.ts'
import { reasons } from './words.ts'

/** A component with ports: one of the scene, or one that is about to be added. */
export type Pluggable = Pick<SceneNode, 'id' | 'localId' | 'path' | 'frame' | 'standing' | 'inputs' | 'outputs'>

/** One end of a wire. */
export interface WireEnd {
  readonly node: Pluggable
  readonly port: Port
}

/** Why two ports cannot be connected, and components that would translate between them. */
export interface Misfit {
  readonly reason: string
  readonly bridges: readonly string[]
}

/** Says why data cannot flow from an output into an input; undefined when it can. */
export function misfitOf(scene: Scene, from: WireEnd, to: WireEnd): Misfit | undefined {
  const say = reasons()
  const alone = (reason: string): Misfit => ({ reason, bridges: [] })
  if (from.port.side !== 'out' || to.port.side !== 'in') return alone(say.sameSide)
  if (from.node.id === to.node.id) return alone(say.itself)
  const off = [from, to].find(({ node }) => node.standing === 'disabled')
  if (off) return alone(say.off(off.node.localId))
  if (scopeOf(from.node) !== scopeOf(to.node)) return alone(say.otherModule)
  if (!portsFit(from.port, to.port)) {
    const reason = say.kindsDiffer(say.kinds[from.port.port], say.kinds[to.port.port])
    return { reason, bridges: bridgesBetween(from.port, to.port) }
  }
  const vague = [from, to].find(({ port }) => port.argument === undefined && port.export === undefined)
  if (vague) return alone(say.noName(vague.node.localId))
  const same = scene.edges.some(
    (edge) =>
      edge.from === from.node.id &&
      edge.to === to.node.id &&
      edge.out.id === from.port.id &&
      edge.into.id === to.port.id,
  )
  if (same) return alone(say.connected)
  const [holder, target] = from.port.export === undefined ? [from, to] : [to, from]
  if (leadsTo(scene, target.node.id, holder.node.id)) return alone(say.circle(holder.node.localId))
  return undefined
}

/** Whether following references from one component arrives at another. */
function leadsTo(scene: Scene, start: string, end: string): boolean {
  const references = referencesOf(scene)
  const seen = new Set([start])
  const pending = [start]
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === end) return true
    for (const next of references.get(id) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      pending.push(next)
    }
  }
  return false
}

const known = new WeakMap<Scene, ReadonlyMap<string, readonly string[]>>()

/** Whom each component refers to; asked for every port of a scene at once when a wire is drawn. */
function referencesOf(scene: Scene): ReadonlyMap<string, readonly string[]> {
  const before = known.get(scene)
  if (before !== undefined) return before
  const references = new Map<string, string[]>()
  for (const { from, to, wires } of scene.edges) {
    for (const { holder } of wires)
      references.set(holder, [...(references.get(holder) ?? []), holder === from ? to : from])
  }
  known.set(scene, references)
  return references
}

/** Components that take what one port gives and give what the other takes; those Weir runs first. */
export function bridgesBetween(out: Port, into: Port): readonly string[] {
  const names = [
    ...catalog.components.keys(),
    ...[...catalog.known.keys()].filter((name) => !catalog.components.has(name)),
  ]
  return names.filter((name) => {
    const ports = portsOf(catalog.components.get(name), catalog.known.get(name))
    const takes = ports.some((port) => port.side === 'in' && portsFit(out, port))
    return takes && ports.some((port) => port.side === 'out' && portsFit(port, into) && fitsKind(out, port))
  })
}

/** An OTLP component passes each kind of data on as that kind. */
function fitsKind(out: Port, given: Port): boolean {
  return (
    out.port !== 'otlp' || given.carries === undefined || out.carries === undefined || given.carries === out.carries
  )
}

/** The input of a node that an output fits, or the output that fits an input. */
export function fittingPort(port: Port, node: Pick<Pluggable, 'inputs' | 'outputs'>): Port | undefined {
  if (port.side === 'out') return node.inputs.find((into) => portsFit(port, into))
  const fitting = node.outputs.filter((out) => portsFit(out, port))
  return fitting.find(({ kind }) => kind === port.kind) ?? fitting.at(0)
}
