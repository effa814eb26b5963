// What is done on the canvas, whoever asks for it: the mouse, the keyboard, a menu or the command palette.
import type { EditResult } from '../../collector-core/language/edit-result.ts'
import { aligned } from './align.ts'
import type { Alignment } from './align.ts'
import type { CanvasTask } from './canvas-task.ts'
import { Cell } from './cell.ts'
import type { ConfigDocument } from './config-document.ts'
import { addAtWire, addBetween, addComponent, insertOnEdge, planComponent } from './gestures/add.ts'
import type { NewComponent } from './gestures/add.ts'
import { copyNodes, paste, readyToPaste } from './gestures/clipboard.ts'
import { connectPorts, moveEdge } from './gestures/connect.ts'
import { disableNodes, enableNodes } from './gestures/disable.ts'
import { misfitOf } from './gestures/fit.ts'
import type { WireEnd } from './gestures/fit.ts'
import { canBridge, removeSelected } from './gestures/remove.ts'
import { renameNode, renamedId } from './gestures/rename.ts'
import type { Position } from './layout.ts'
import { neighbourOf } from './neighbour.ts'
import type { Direction } from './neighbour.ts'
import type { Picture } from './picture.ts'
import { Places } from './places.ts'
import type { PlacesOptions } from './places.ts'
import { nothingRemoved, removedParts } from './removed-parts.ts'
import type { RemovedParts } from './removed-parts.ts'
import { runningScene } from './running-scene.ts'
import { drawScene } from './scene.ts'
import type { Scene, SceneEdge, SceneNode } from './scene.ts'
import type { SelectionModel } from './selection.ts'

export interface CanvasSessionOptions extends PlacesOptions {
  readonly document: ConfigDocument
  readonly selection: SelectionModel
  /** False for a pipeline that is watched: then `show` says what is drawn, and nothing can be changed. */
  readonly editable: boolean
  /** Tells the user why something was not done. */
  readonly refuse: (reason: string) => void
}

export class CanvasSession {
  readonly scene: Cell<Scene>
  readonly places: Places
  /** What is gone since what the document is compared with; nothing while it is not compared. */
  readonly removed = new Cell<RemovedParts>(nothingRemoved)
  readonly task = new Cell<CanvasTask | undefined>(undefined)
  private readonly options: CanvasSessionOptions
  private readonly document: ConfigDocument
  private readonly selection: SelectionModel
  private edgesOf: string | undefined
  private running: Picture | undefined
  private compared: Scene | undefined
  constructor(options: CanvasSessionOptions) {
    this.options = options
    this.document = options.document
    this.selection = options.selection
    this.scene = new Cell(drawScene(this.document.snapshot.get()))
    this.places = new Places(this.scene.get(), options)
    this.places.current.subscribe(() => this.findRemoved())
  }

  /** Follows the document until the returned function is called. */
  start(): () => void {
    const stop = this.document.snapshot.subscribe(() => this.redraw())
    this.redraw()
    return stop
  }

  /** Begins with the places another file has. */
  open(positions: Readonly<Record<string, Position>>): void {
    this.places.open(positions)
    this.task.set(undefined)
    this.redraw()
  }

  /** Draws what runs in place of the document. */
  show(picture: Picture): void {
    if (this.running === picture) return
    this.running = picture
    this.redraw()
  }

  get editable(): boolean {
    return this.options.editable
  }

  private redraw(): void {
    const scene = this.running === undefined ? drawScene(this.document.snapshot.get()) : runningScene(this.running)
    this.scene.set(scene)
    this.selection.retain(new Set(scene.byId.keys()), new Set(scene.edges.map(({ id }) => id)))
    this.places.follow(scene)
  }

  /** Shows what the document has no more of an earlier scene, until called with undefined. */
  compareWith(before: Scene | undefined): void {
    this.compared = before
    this.findRemoved()
  }

  private findRemoved(): void {
    const before = this.compared
    const found =
      before && removedParts({ before, now: this.scene.get() }, this.places.current.get(), this.places.remembered)
    this.removed.set(found ?? nothingRemoved)
  }

  /** Where a node stands, or stood. */
  placeOf(id: string): Position | undefined {
    return this.places.current.get().get(id) ?? this.removed.get().positions.get(id)
  }

  align(how: Alignment): void {
    const chosen = this.places.placesOf(this.selection.current.get().nodes)
    if (chosen.size > 1) this.places.move(aligned(chosen, how))
  }

  /** Does a gesture; when it is refused says why, else selects what it added. */
  private commit(result: EditResult, added?: readonly string[], at?: Position): boolean {
    if (added?.length === 1 && at !== undefined) this.places.reserve(added[0], at)
    const refused = this.document.apply(result)
    if (refused) {
      this.options.refuse(refused.refused)
      return false
    }
    if (added) {
      if (added.length === 1) this.selection.reveal(added[0])
      else this.selection.select(added)
      this.places.save()
    }
    this.task.set(undefined)
    return true
  }

  private get chosen(): readonly SceneNode[] {
    const { byId } = this.scene.get()
    return this.selection.current.get().nodes.flatMap((id) => byId.get(id) ?? [])
  }

  /** The node gestures start from. */
  get primary(): SceneNode | undefined {
    return this.scene.get().byId.get(this.selection.current.get().primary ?? '')
  }

  plan(name: string, beside?: SceneNode): NewComponent {
    return planComponent(this.scene.get(), name, beside)
  }

  /** Adds a component behind the selected one, at a place when one is given. */
  add(name: string, at?: Position): boolean {
    const component = this.plan(name, this.primary)
    return this.commit(addComponent(this.scene.get(), component, this.primary), [component.id], at)
  }

  addAtWire(name: string, end: WireEnd, at?: Position): boolean {
    const scene = this.scene.get()
    const component = this.plan(name, scene.byId.get(end.node.id))
    return this.commit(addAtWire(scene, component, end), [component.id], at)
  }

  addBetween(name: string, from: WireEnd, to: WireEnd): boolean {
    const scene = this.scene.get()
    const component = this.plan(name, scene.byId.get(from.node.id))
    return this.commit(addBetween(scene, component, from, to), [component.id])
  }

  /** Puts a new component, by name, or one of the scene into an edge. */
  insert(edgeId: string, component: { readonly name: string } | { readonly node: string }): boolean {
    const scene = this.scene.get()
    const edge = scene.edges.find(({ id }) => id === edgeId)
    if (edge === undefined) return false
    const inserted =
      'node' in component ? scene.byId.get(component.node) : this.plan(component.name, scene.byId.get(edge.from))
    if (inserted === undefined) return false
    const result = insertOnEdge(scene, edge, inserted)
    const at = this.places.roomOn(edge, 'node' in component ? undefined : inserted.id)
    return this.commit(result, [inserted.id], at)
  }

  /** Connects two ports; where they do not fit, asks for a component between them, or says why not. */
  connect(one: WireEnd, other: WireEnd): boolean {
    const scene = this.scene.get()
    const [from, to] = one.port.side === 'out' ? [one, other] : [other, one]
    const misfit = misfitOf(scene, from, to)
    if (misfit && misfit.bridges.length > 0) {
      this.task.set({ kind: 'bridge', from, to, names: misfit.bridges })
      return false
    }
    return this.commit(connectPorts(scene, from, to))
  }

  /** Takes one end of an edge to another port, and selects what became of it; says why when they do not fit. */
  reconnect(edgeId: string, end: WireEnd): boolean {
    const edge = this.scene.get().edges.find(({ id }) => id === edgeId)
    if (edge === undefined) return false
    const [from, to] = this.endsOf(edge)
    const [out, into] = end.port.side === 'out' ? [end, to] : [from, end]
    if (!this.commit(moveEdge(this.scene.get(), edge, out, into))) return false
    const moved = this.scene
      .get()
      .edges.find((one) => one.from === out.node.id && one.to === into.node.id && one.into.id === into.port.id)
    if (moved) this.selection.select([], [moved.id])
    return true
  }

  /** The ports an edge leads from and to. */
  endsOf({ from, to, out, into }: SceneEdge): readonly [WireEnd, WireEnd] {
    const { byId } = this.scene.get()
    return [
      { node: byId.get(from)!, port: out },
      { node: byId.get(to)!, port: into },
    ]
  }

  /** Removes what is selected; where something flows through it, asks first whether to bridge the gap. */
  remove(): void {
    const { nodes, edges } = this.selection.current.get()
    if (canBridge(this.scene.get(), nodes)) this.task.set({ kind: 'remove', nodes, edges })
    else if (nodes.length + edges.length > 0) this.removeNow(nodes, edges, false)
  }

  removeNow(nodes: readonly string[], edges: readonly string[], bridge: boolean): boolean {
    return this.commit(removeSelected(this.scene.get(), nodes, edges, bridge))
  }

  rename(id: string, label: string): boolean {
    const node = this.scene.get().byId.get(id)
    if (node === undefined || node.label === label) {
      this.task.set(undefined)
      return false
    }
    const next = renamedId(node, label)
    return this.commit(renameNode(this.scene.get(), node, label), [next], this.placeOf(id))
  }

  copy(): string {
    return copyNodes(this.scene.get(), this.selection.current.get().nodes)
  }

  cut(): string {
    const text = this.copy()
    const { nodes, edges } = this.selection.current.get()
    if (text !== '') this.removeNow(nodes, edges, false)
    return text
  }

  paste(text: string): boolean {
    const scene = this.scene.get()
    const ready = readyToPaste(scene, text, this.primary)
    if (ready.kind === 'refused') {
      this.options.refuse(ready.reason)
      return false
    }
    return this.commit(paste(scene, ready, this.primary), ready.ids)
  }

  duplicate(): boolean {
    const text = this.copy()
    return text !== '' && this.paste(text)
  }

  /** Switches the selected components off; when all of them are, on again. */
  toggle(): boolean {
    const ids = this.chosen.map(({ id }) => id)
    const off = this.chosen.every(({ standing }) => standing === 'disabled')
    const gesture = off ? enableNodes : disableNodes
    return this.commit(gesture(this.scene.get(), ids), ids)
  }

  /** Selects the next edge of the primary node, or of the node the selected edge was reached from. */
  nextEdge(): void {
    const { primary, edges: chosen } = this.selection.current.get()
    this.edgesOf = primary ?? this.edgesOf
    const edges = this.scene
      .get()
      .edges.toSorted((a, b) => Number(b.items !== undefined) - Number(a.items !== undefined))
    const around = [
      ...edges.filter(({ from }) => from === this.edgesOf),
      ...edges.filter(({ to }) => to === this.edgesOf),
    ]
    const next = around.at((around.findIndex(({ id }) => id === chosen.at(0)) + 1) % Math.max(1, around.length))
    if (next !== undefined) this.selection.select([], [next.id])
  }

  /** The only thing selected, when that is an edge. */
  get edge(): SceneEdge | undefined {
    const { nodes, edges } = this.selection.current.get()
    return nodes.length === 0 && edges.length === 1
      ? this.scene.get().edges.find(({ id }) => id === edges[0])
      : undefined
  }

  reveal(id: string): void {
    this.selection.reveal(id)
  }

  /** Moves what is selected by steps of the keyboard. */
  nudge(dx: number, dy: number): void {
    this.places.nudge(this.selection.current.get(), dx, dy)
  }

  /** Selects a node beside what is selected; one that is selected already is taken out. */
  selectAlso(id: string): void {
    this.selection.toggle(id)
  }

  selectAll(): void {
    this.selection.select(this.scene.get().nodes.map(({ id }) => id))
  }

  /** Selects the node an arrow key leads to, the first one where none is selected. */
  go(direction: Direction): void {
    const { edge } = this
    if (edge && (direction === 'left' || direction === 'right'))
      return this.selection.reveal(direction === 'left' ? edge.from : edge.to)
    const next = this.neighbour(direction)
    if (next !== undefined) this.selection.reveal(next)
  }

  /** Selects the node an arrow key leads to beside what is selected. */
  extend(direction: Direction): void {
    const { nodes } = this.selection.current.get()
    const next = this.neighbour(direction)
    if (next !== undefined) this.selection.select([...nodes.filter((id) => id !== next), next])
  }

  private neighbour(direction: Direction): string | undefined {
    const { nodes, edges } = this.scene.get()
    const from = this.selection.current.get().primary
    if (from === undefined) return nodes.at(0)?.id
    return neighbourOf(from, direction, { nodes, edges }, this.places.current.get())
  }
}
