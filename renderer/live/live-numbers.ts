// Frames become numbers per edge and per component, each in a cell of its own: a node or an edge on the canvas subscribes to
// one, and what did not change tells nobody.
import type { ComponentFrame, EdgeFrame, Health, StatsFrame } from '../../collector-core/protocol.ts'
import { edgeId } from '../model/picture.ts'
import { itemName } from '../model/signal-kind.ts'
import { Cell } from '../model/cell.ts'
import { RateWindow } from './rate-window.ts'

/** Numbers of one edge; `share` of the busiest edge on a log scale, in eighths, is the width it is drawn with. */
export interface EdgeLive {
  readonly rate: number
  readonly items: number
  readonly refusedItems: number
  readonly share: number
  readonly waitMs: number
  readonly lastRefusal: string | undefined
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
  readonly refused: number
}

interface CountedEdge extends Omit<EdgeLive, 'share'> {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly unit: string
}

/** The newest numbers of a running pipeline. */
export class LiveNumbers {
  readonly frame = new Cell<StatsFrame | undefined>(undefined)
  private readonly edges = new Map<string, Cell<EdgeLive | undefined>>()
  private readonly components = new Map<string, Cell<ComponentLive | undefined>>()
  private readonly windows = new Map<string, RateWindow>()

  edge(id: string): Cell<EdgeLive | undefined> {
    return cellOf(this.edges, id)
  }

  component(id: string): Cell<ComponentLive | undefined> {
    return cellOf(this.components, id)
  }

  apply(frame: StatsFrame): void {
    const edges = this.countEdges(frame)
    const busiest = Math.max(...edges.map(({ rate }) => rate), 0)
    for (const { rate, items, refusedItems, waitMs, lastRefusal, id } of edges) {
      const share = busiest === 0 ? 0 : Math.round((Math.log1p(rate) / Math.log1p(busiest)) * 8) / 8
      replace(this.edge(id), { rate, items, refusedItems, waitMs, lastRefusal, share })
    }
    for (const component of frame.components) {
      replace(this.component(component.id), describe(component, edges))
    }
    forget(this.edges, new Set(edges.map(({ id }) => id)))
    forget(this.components, new Set(frame.components.map(({ id }) => id)))
    this.frame.set(frame)
  }

  private countEdges({ edges, at }: StatsFrame): CountedEdge[] {
    const merged = new Map<string, EdgeFrame>()
    for (const edge of edges) {
      const id = edgeId(edge)
      const other = merged.get(id)
      merged.set(id, other === undefined ? edge : sum(other, edge))
    }
    for (const id of this.windows.keys()) if (!merged.has(id)) this.windows.delete(id)
    return [...merged].map(
      ([id, { from, to, port, carries, items, refusedItems, batches, waitingMs, lastRefusal }]) => {
        const window = this.windows.get(id) ?? new RateWindow(at, items)
        this.windows.set(id, window)
        window.add(at, items)
        const waitMs = batches === 0 ? 0 : waitingMs / batches
        const unit = itemName(port, carries) ?? 'items'
        return { id, from, to, unit, items, refusedItems, lastRefusal, waitMs, rate: window.rate(at) }
      },
    )
  }
}

function describe({ id, health, dropped }: ComponentFrame, edges: readonly CountedEdge[]): ComponentLive {
  const incoming = edges.filter(({ to }) => to === id)
  return {
    health,
    dropped,
    input: inflow(incoming),
    output: outflow(edges.filter(({ from }) => from === id)),
    refused: incoming.reduce((total, { refusedItems }) => total + refusedItems, 0),
  }
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
