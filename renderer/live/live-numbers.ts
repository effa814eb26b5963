// Frames become numbers per edge and per component, each in a cell of its own: a node or an edge on the canvas subscribes to
// one, and what did not change tells nobody.
import type {
  ComponentFrame,
  EdgeFrame,
  Health,
  QueueState,
  StatsFrame,
  TargetCounts,
} from '../../collector-core/protocol.ts'
import { edgeId } from '../model/picture.ts'
import { itemName } from '../model/signal-kind.ts'
import { Cell } from '../model/cell.ts'
import { RateWindow } from './rate-window.ts'
import { RecentMean } from './recent-mean.ts'

/** Numbers of one edge; `share` of the busiest edge on a log scale, in eighths, is the width it is drawn with. */
export interface EdgeLive {
  readonly rate: number
  readonly items: number
  readonly refusedItems: number
  readonly share: number
  /** How long the consumer took for a batch lately. */
  readonly waitMs: number
  readonly lastRefusal: string | undefined
  readonly failedBatches: number
  readonly bytes: number
}

/** A flow of a component: its rate, and what its items are called (`items` where several kinds mix). */
export interface Flow {
  readonly rate: number
  readonly items: number
  readonly unit: string
}

/** Numbers of one component; a side without edges that count has no flow. */
export interface ComponentLive {
  readonly health: Health
  readonly input: Flow | undefined
  readonly output: Flow | undefined
  readonly dropped: Readonly<Record<string, number>>
  /** Items a second, for all reasons together. */
  readonly droppedRate: number
  readonly refused: number
  /** Batches it failed on because of a mistake in it. */
  readonly errors: number
  readonly errorRate: number
  /** How long it took for a batch lately; undefined for what takes nothing. */
  readonly latencyMs: number | undefined
  readonly queue: QueueState | undefined
  readonly targets: TargetCounts | undefined
}

interface CountedEdge extends Omit<EdgeLive, 'share'> {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly unit: string
  readonly batches: number
}

/** The newest numbers of a running pipeline. */
export class LiveNumbers {
  readonly frame = new Cell<StatsFrame | undefined>(undefined)
  private readonly edges = new Map<string, Cell<EdgeLive | undefined>>()
  private readonly components = new Map<string, Cell<ComponentLive | undefined>>()
  private readonly windows = new Map<string, RateWindow>()
  private readonly waits = new Map<string, RecentMean>()
  /** Keys that the frame at hand has counted. */
  private known = new Set<string>()

  edge(id: string): Cell<EdgeLive | undefined> {
    return cellOf(this.edges, id)
  }

  component(id: string): Cell<ComponentLive | undefined> {
    return cellOf(this.components, id)
  }

  /** What runs now, with its numbers. */
  *allComponents(): Iterable<readonly [string, ComponentLive]> {
    for (const [id, cell] of this.components) {
      const live = cell.get()
      if (live !== undefined) yield [id, live]
    }
  }

  *allEdges(): Iterable<readonly [string, EdgeLive]> {
    for (const [id, cell] of this.edges) {
      const live = cell.get()
      if (live !== undefined) yield [id, live]
    }
  }

  apply(frame: StatsFrame): void {
    this.known = new Set()
    const edges = this.countEdges(frame)
    const busiest = Math.max(...edges.map(({ rate }) => rate), 0)
    for (const { rate, items, bytes, refusedItems, failedBatches, waitMs, lastRefusal, id } of edges) {
      const share = busiest === 0 ? 0 : Math.round((Math.log1p(rate) / Math.log1p(busiest)) * 8) / 8
      replace(this.edge(id), { rate, items, bytes, refusedItems, failedBatches, waitMs, lastRefusal, share })
    }
    const incoming = groupBy(edges, ({ to }) => to)
    const outgoing = groupBy(edges, ({ from }) => from)
    for (const component of frame.components) {
      const { id } = component
      replace(this.component(id), this.describe(component, frame.at, incoming.get(id) ?? [], outgoing.get(id) ?? []))
    }
    for (const counted of [this.windows, this.waits]) {
      for (const key of counted.keys()) if (!this.known.has(key)) counted.delete(key)
    }
    forget(this.edges, new Set(edges.map(({ id }) => id)))
    forget(this.components, new Set(frame.components.map(({ id }) => id)))
    this.frame.set(frame)
  }

  /** The collector was stopped: what was counted stays, nothing flows, and every component has ended. */
  end(at: number): void {
    const last = this.frame.get()
    if (last === undefined) return
    const health: Health = { state: 'exited', message: '', since: at }
    this.windows.clear()
    const components = last.components.map((component) => ({ ...component, health, targets: undefined }))
    this.apply({ ...last, at, components })
  }

  private countEdges({ edges, at }: StatsFrame): CountedEdge[] {
    const merged = new Map<string, EdgeFrame>()
    for (const edge of edges) {
      const id = edgeId(edge)
      const other = merged.get(id)
      merged.set(id, other === undefined ? edge : sum(other, edge))
    }
    return [...merged].map(([id, edge]) => {
      const { from, to, port, carries, items, bytes, refusedItems, failedBatches, batches, waitingMs } = edge
      const wait = this.waits.get(id) ?? new RecentMean()
      this.waits.set(id, wait)
      this.known.add(id)
      const waitMs = wait.add(at, batches, waitingMs) ?? 0
      const unit = itemName(port, carries) ?? 'items'
      const counted = { id, from, to, unit, items, bytes, batches, refusedItems, failedBatches, waitMs }
      return { ...counted, lastRefusal: edge.lastRefusal, rate: this.rateOf(id, at, items) }
    })
  }

  private describe(
    { id, health, dropped, queue, targets }: ComponentFrame,
    at: number,
    incoming: readonly CountedEdge[],
    outgoing: readonly CountedEdge[],
  ): ComponentLive {
    const givenUp = Object.values(dropped).reduce((sum, count) => sum + count, 0)
    const errors = incoming.reduce((sum, { failedBatches }) => sum + failedBatches, 0)
    const batches = incoming.reduce((sum, edge) => sum + edge.batches, 0)
    return {
      health,
      dropped,
      droppedRate: this.rateOf(`dropped ${id}`, at, givenUp),
      input: inflow(incoming),
      output: outflow(outgoing),
      refused: incoming.reduce((sum, { refusedItems }) => sum + refusedItems, 0),
      errors,
      errorRate: this.rateOf(`errors ${id}`, at, errors),
      latencyMs:
        batches === 0 ? undefined : incoming.reduce((sum, edge) => sum + edge.waitMs * edge.batches, 0) / batches,
      queue,
      targets,
    }
  }

  private rateOf(key: string, at: number, total: number): number {
    const window = this.windows.get(key) ?? new RateWindow(at, total)
    this.windows.set(key, window)
    this.known.add(key)
    window.add(at, total)
    return window.rate(at)
  }
}

function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(keyOf(one))
    if (group === undefined) groups.set(keyOf(one), [one])
    else group.push(one)
  }
  return groups
}

/** What enters: all edges together. */
function inflow(edges: readonly CountedEdge[]): Flow | undefined {
  if (edges.length === 0) return undefined
  const units = new Set(edges.map(({ unit }) => unit))
  return {
    rate: edges.reduce((total, { rate }) => total + rate, 0),
    items: edges.reduce((total, { items }) => total + items, 0),
    unit: units.size === 1 ? edges[0].unit : 'items',
  }
}

/** What leaves: edges of one kind carry the same items to several receivers, so the busiest of each kind counts. */
function outflow(edges: readonly CountedEdge[]): Flow | undefined {
  const busiest = new Map<string, CountedEdge>()
  for (const edge of edges) {
    const other = busiest.get(edge.unit)
    if (other === undefined || edge.items > other.items) busiest.set(edge.unit, edge)
  }
  return inflow([...busiest.values()])
}

function sum(a: EdgeFrame, b: EdgeFrame): EdgeFrame {
  return {
    ...a,
    batches: a.batches + b.batches,
    items: a.items + b.items,
    bytes: a.bytes + b.bytes,
    refusedItems: a.refusedItems + b.refusedItems,
    failedBatches: a.failedBatches + b.failedBatches,
    waitingMs: a.waitingMs + b.waitingMs,
    inFlight: a.inFlight + b.inFlight,
    lastRefusal: b.lastRefusal ?? a.lastRefusal,
  }
}

function cellOf<T>(cells: Map<string, Cell<T | undefined>>, id: string): Cell<T | undefined> {
  const cell = cells.get(id) ?? new Cell<T | undefined>(undefined)
  cells.set(id, cell)
  return cell
}

/** Numbers are plain JSON, so equal text is equal content. */
function replace<T>(cell: Cell<T | undefined>, value: T): void {
  if (JSON.stringify(cell.get()) !== JSON.stringify(value)) cell.set(value)
}

function forget<T>(cells: Map<string, Cell<T | undefined>>, present: ReadonlySet<string>): void {
  for (const [id, cell] of cells) if (!present.has(id)) cell.set(undefined)
}
