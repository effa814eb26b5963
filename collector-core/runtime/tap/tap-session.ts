// One viewer of what crosses edges: which edges, how much of it, and the ring that holds it until the viewer takes it.
import type { TapFrame, TapItem } from '../../protocol.ts'
import type { Signal, SignalBatches } from '../../signal/receiver.ts'
import type { Clock } from '../clock.ts'
import { itemsOf } from '../edge.ts'
import type { Edge } from '../edge.ts'
import { messageOf } from '../running-component.ts'
import { BoundedItem } from './item-text.ts'
import type { ItemText } from './item-text.ts'
import { logItems } from './log-items.ts'
import { metricItem } from './metric-items.ts'
import { otlpItems } from './otlp-items.ts'
import { pickEvenly } from './pick-evenly.ts'

/** Which edges are meant: all whose ends are those named. The same id twice means what enters and leaves that component. */
export interface TapSelection {
  readonly from?: string
  readonly to?: string
}

/** An edge under observation. */
interface Tapped {
  readonly end: () => void
  /** Items that have crossed since the tapping began. */
  crossed: number
  /** Items kept in this second. */
  kept: number
}

/** Items a viewer who does not come back for them is kept: the newest. */
const mostWaiting = 1_000

/**
 * Keeps up to `perSecond` items a second of the selected edges, shared evenly between them; ask for frames often, since that
 * is also when edges made by a reload are found. Nothing is decoded that is not kept. `close` ends it.
 */
export class TapSession {
  private readonly selection: TapSelection
  private readonly perSecond: number
  private readonly clock: Clock
  private readonly edges: () => readonly Edge[]
  private readonly tapped = new Map<Edge, Tapped>()
  private waiting: TapItem[] = []
  private seen = 0
  private second = 0
  private keptInSecond = 0
  private closed = false

  constructor(selection: TapSelection, perSecond: number, clock: Clock, edges: () => readonly Edge[]) {
    this.selection = selection
    this.perSecond = perSecond
    this.clock = clock
    this.edges = edges
    this.follow()
  }

  /** What has crossed since the last frame. */
  frame(): TapFrame {
    this.follow()
    const { waiting: items, seen } = this
    this.waiting = []
    this.seen = 0
    return { items, seen, kept: items.length }
  }

  close(): void {
    this.closed = true
    for (const { end } of this.tapped.values()) end()
    this.tapped.clear()
    this.waiting = []
  }

  /** Taps the selected edges that are there now and leaves those that are gone. */
  private follow(): void {
    if (this.closed) return
    const wanted = new Set(this.edges().filter((edge) => isSelected(edge, this.selection)))
    for (const [edge, { end }] of this.tapped) {
      if (wanted.has(edge)) continue
      end()
      this.tapped.delete(edge)
    }
    for (const edge of wanted) {
      if (this.tapped.has(edge)) continue
      const tapped: Tapped = {
        crossed: 0,
        kept: 0,
        end: edge.observe((signal, batch) => this.saw(edge, tapped, signal, batch)),
      }
      this.tapped.set(edge, tapped)
    }
  }

  private saw<S extends Signal>(edge: Edge, tapped: Tapped, signal: S, batch: SignalBatches[S]): void {
    const count = itemsOf(signal, batch)
    const first = tapped.crossed
    tapped.crossed += count
    this.seen += count
    const picked = pickEvenly(count, this.roomFor(tapped))
    if (picked.length === 0) return
    const at = this.clock.now()
    const texts = render(signal, batch, picked)
    texts.forEach((text, index) => {
      this.waiting.push({ sequence: first + picked[index], at, from: edge.from, to: edge.to, port: signal, ...text })
    })
    tapped.kept += texts.length
    this.keptInSecond += texts.length
    if (this.waiting.length > mostWaiting) this.waiting.splice(0, this.waiting.length - mostWaiting)
  }

  /** Items an edge may still keep in this second. */
  private roomFor(tapped: Tapped): number {
    const second = Math.floor(this.clock.monotonic() / 1000)
    if (second !== this.second) {
      this.second = second
      this.keptInSecond = 0
      for (const other of this.tapped.values()) other.kept = 0
    }
    const share = Math.max(1, Math.floor(this.perSecond / this.tapped.size))
    return Math.max(0, Math.min(share - tapped.kept, this.perSecond - this.keptInSecond))
  }
}

function isSelected({ from, to }: Edge, selection: TapSelection): boolean {
  if (selection.from !== undefined && selection.from === selection.to) {
    return from === selection.from || to === selection.to
  }
  return from === (selection.from ?? from) && to === (selection.to ?? to)
}

/** One text per picked index; a tap never harms what it looks at, so an item that cannot be shown says just that. */
function render<S extends Signal>(signal: S, batch: SignalBatches[S], picked: readonly number[]): readonly ItemText[] {
  try {
    return textsOf(signal, batch, picked)
  } catch (error) {
    const text = `this item cannot be shown: ${messageOf(error)}`
    return picked.map(() => new BoundedItem().finish(plainKind[signal], undefined, text))
  }
}

const plainKind = { metrics: 'sample', logs: 'line', otlp: 'record' } as const

function textsOf<S extends Signal>(signal: S, batch: SignalBatches[S], picked: readonly number[]): readonly ItemText[] {
  switch (signal) {
    case 'metrics':
      return picked.map((index) => metricItem(batch as SignalBatches['metrics'], index))
    case 'logs':
      return logItems(batch as SignalBatches['logs'], picked)
    default:
      return otlpItems(batch as SignalBatches['otlp'], picked)
  }
}
