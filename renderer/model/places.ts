// Where the components stand on the canvas, and the way back from everything that moved them.
import { Cell } from './cell.ts'
import type { ConfigDocument, HistoryDepth } from './config-document.ts'
import { layOut } from './layout.ts'
import type { LayoutEngine, Position, Positions } from './layout.ts'
import { makeRoom, placeNew } from './place-new.ts'
import type { Scene, SceneEdge } from './scene.ts'
import type { Selection } from './selection.ts'

export interface PlacesOptions {
  readonly document: Pick<ConfigDocument, 'depth' | 'record'>
  readonly engine: LayoutEngine
  /** False for a pipeline that is watched: what is moved there is no step of a history. */
  readonly editable: boolean
  /** Keeps the places of the nodes; called whenever somebody moved one. */
  readonly savePositions: (positions: Readonly<Record<string, Position>>) => void
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
}

/** Nudges with shorter pauses than this are one step of the history. */
const nudgePauseMs = 1000

/** Places before and after a move; a run of nudges goes on writing where it has come to. */
interface Move {
  readonly before: Positions
  after: Positions
}

interface NudgeRun {
  readonly move: Move
  readonly selection: Selection
  /** The history as it was after the last of them: anything done, undone or typed since ends the run. */
  readonly depth: HistoryDepth
  readonly at: number
}

export class Places {
  /** Of what is drawn; those of a config nobody has laid out yet are missing until the engine has answered. */
  readonly current = new Cell<Positions>(new Map())
  private readonly options: PlacesOptions
  private scene: Scene
  /** Every place a node ever had here, so that what is undone comes back where it was. */
  private everHad = new Map<string, Position>()
  private layingOut = 0
  private nudged: NudgeRun | undefined
  /** By the node room was made for: where others stood before and after. */
  private readonly rooms = new Map<string, Move>()

  constructor(scene: Scene, options: PlacesOptions) {
    this.scene = scene
    this.options = options
  }

  get remembered(): Positions {
    return this.everHad
  }

  /** Begins with the places another file has. */
  open(positions: Readonly<Record<string, Position>>): void {
    this.everHad = new Map(Object.entries(positions))
    this.current.set(new Map())
  }

  /** Gives every node of a scene its place: the one it had, or a new one beside what it is connected to. */
  follow(scene: Scene): void {
    this.scene = scene
    this.rearrange()
    const known = new Map(scene.nodes.flatMap(({ id }) => pair(id, this.everHad.get(id))))
    if (known.size === 0 && scene.nodes.length > 0) void this.layOut()
    else this.settle(placeNew(scene, known))
  }

  /** Takes back the room that was made for a node which is gone again, and makes it once more when it comes back. */
  private rearrange(): void {
    for (const [id, { before, after }] of this.rooms) {
      const [now, next] = this.scene.byId.has(id) ? [before, after] : [after, before]
      for (const [other, at] of now) {
        if (this.everHad.get(other) === at) this.everHad.set(other, next.get(other)!)
      }
    }
  }

  private settle(positions: Positions): void {
    for (const [id, position] of positions) this.everHad.set(id, position)
    this.current.set(positions)
  }

  /** Says where a node will stand once it is drawn. */
  reserve(id: string, at: Position): void {
    this.everHad.set(id, at)
  }

  /** The middle of an edge; when a new node will stand there, others give way to it as long as it does. */
  roomOn({ from, to }: SceneEdge, newNode: string | undefined): Position | undefined {
    const room = makeRoom(from, to, this.scene.edges, this.current.get())
    if (room === undefined) return undefined
    if (newNode !== undefined) {
      this.rooms.set(newNode, { before: this.placesOf(room.moved.keys()), after: room.moved })
    }
    return room.at
  }

  /** Lays everything out anew, and keeps it so. */
  async tidy(): Promise<void> {
    const before = this.current.get()
    await this.layOut()
    this.keepMove({ before, after: this.current.get() })
  }

  private async layOut(): Promise<void> {
    const turn = ++this.layingOut
    // Without an engine everything is still drawn, beside what it is connected to.
    const positions = await layOut(this.scene, this.options.engine).catch(() => new Map<string, Position>())
    if (turn === this.layingOut) this.settle(placeNew(this.scene, positions))
  }

  /** Moves nodes where they were dragged to, as one step of the history. */
  move(moved: Positions): void {
    this.keepMove(this.moveTo(moved))
  }

  /** Moves what is selected by steps of the keyboard; like typing, what is done in one go is one step of the history. */
  nudge(selection: Selection, dx: number, dy: number): void {
    const places = [...this.placesOf(selection.nodes)]
    if (places.length === 0) return
    const going = this.goingNudge(selection)
    const move = this.moveTo(new Map(places.map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }])))
    if (going) {
      going.after = move.after
      this.save()
    } else this.keepMove(move)
    const { document, now } = this.options
    this.nudged = { move: going ?? move, selection, depth: document.depth.get(), at: now() }
  }

  /** The move that another nudge now would go on with. */
  private goingNudge(selection: Selection): Move | undefined {
    const { nudged } = this
    const goesOn =
      nudged?.selection === selection &&
      nudged.depth === this.options.document.depth.get() &&
      this.options.now() - nudged.at < nudgePauseMs
    return goesOn ? nudged.move : undefined
  }

  private moveTo(after: Positions): Move {
    const before = this.placesOf(after.keys())
    this.settle(new Map([...this.current.get(), ...after]))
    return { before, after }
  }

  private keepMove(move: Move): void {
    this.save()
    if (!this.options.editable) return
    this.options.document.record({ undo: () => this.putBack(move.before), redo: () => this.putBack(move.after) })
  }

  private putBack(places: Positions): void {
    const now = this.current.get()
    // A node that is gone finds its place when it comes back.
    for (const [id, at] of places) this.everHad.set(id, at)
    this.settle(new Map([...now].map(([id, at]) => [id, places.get(id) ?? at])))
    this.save()
  }

  save(): void {
    this.options.savePositions(Object.fromEntries(this.current.get()))
  }

  /** Places of those nodes that have one. */
  placesOf(ids: Iterable<string>): Positions {
    const places = this.current.get()
    return new Map([...ids].flatMap((id) => pair(id, places.get(id))))
  }
}

function pair<T>(id: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[id, value]]
}
