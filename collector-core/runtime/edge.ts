// Every hand-over between two components passes an edge: it counts what flows and, while somebody looks, keeps the newest
// items for them. Components neither count nor know.
//
//   producer ──accept──► edge ──accept──► consumer
//                         │ counts batches, items, bytes, refusals, time
//                         └ tap: one branch while nobody looks
import type { EdgeCounts } from '../protocol.ts'
import { logBytes, logItems } from '../signal/log-batch.ts'
import { metricItems } from '../signal/metric-batch.ts'
import { refused } from '../signal/receiver.ts'
import type { Acceptance, Receiver, Signal, SignalBatches } from '../signal/receiver.ts'
import type { Clock } from './clock.ts'

/** Sees each batch before the consumer does; must copy what it keeps and must not throw. */
export type Tap = <S extends Signal>(signal: S, batch: SignalBatches[S]) => void

/** Says whether the component behind an edge takes anything: `closed` is why it does not. */
export interface Gate {
  readonly closed: string | undefined
}

const alwaysOpen: Gate = { closed: undefined }

/** An edge from one component to another; the same receiver for the life of the edge, refusing once the gate is closed. */
export class Edge<S extends Signal = Signal> implements Receiver<S> {
  readonly signal: S
  readonly from: string
  readonly to: string
  private readonly consumer: Receiver<S>
  private readonly gate: Gate
  private readonly clock: Clock
  private readonly onFailure: (error: unknown) => void
  /** Undefined while nobody looks, which costs a batch one branch. */
  private taps: readonly Tap[] | undefined
  private batches = 0
  private items = 0
  private bytes = 0
  private refusedItems = 0
  private failedBatches = 0
  private waitingMs = 0
  private inFlight = 0
  private lastRefusal: string | undefined

  constructor(
    ends: { from: string; to: string },
    consumer: Receiver<S>,
    clock: Clock,
    onFailure: (error: unknown) => void,
    gate: Gate = alwaysOpen,
  ) {
    this.from = ends.from
    this.to = ends.to
    this.signal = consumer.signal
    this.consumer = consumer
    this.clock = clock
    this.onFailure = onFailure
    this.gate = gate
  }

  async accept(batch: SignalBatches[S]): Promise<Acceptance> {
    const items = itemsOf(this.signal, batch)
    const started = this.clock.monotonic()
    this.batches++
    this.items += items
    this.bytes += bytesOf(this.signal, batch)
    this.inFlight++
    if (this.taps !== undefined) for (const tap of this.taps) tap(this.signal, batch)
    try {
      const { closed } = this.gate
      const acceptance = closed === undefined ? await this.consumer.accept(batch) : refused(closed)
      if (acceptance.kind === 'refused') {
        this.refusedItems += items
        this.lastRefusal = acceptance.reason
      }
      return acceptance
    } catch (error) {
      this.failedBatches++
      this.onFailure(error)
      return refused(
        `${this.to} failed on this batch: ${error instanceof Error ? error.message : String(error)}`,
        false,
      )
    } finally {
      this.inFlight--
      this.waitingMs += this.clock.monotonic() - started
    }
  }

  /** True while anybody looks. */
  get isTapped(): boolean {
    return this.taps !== undefined
  }

  /** Starts tapping; the answer ends it. */
  observe(tap: Tap): () => void {
    this.taps = [...(this.taps ?? []), tap]
    return () => {
      const others = this.taps?.filter((other) => other !== tap) ?? []
      this.taps = others.length > 0 ? others : undefined
    }
  }

  counts(): EdgeCounts {
    const { batches, items, bytes, refusedItems, failedBatches, waitingMs, inFlight, lastRefusal } = this
    return { batches, items, bytes, refusedItems, failedBatches, waitingMs, inFlight, lastRefusal }
  }
}

/** Items of a batch. */
export function itemsOf<S extends Signal>(signal: S, batch: SignalBatches[S]): number {
  if (signal === 'otlp') return (batch as SignalBatches['otlp']).items
  if (signal === 'logs') return logItems(batch as SignalBatches['logs'])
  return metricItems(batch as SignalBatches['metrics'])
}

/** Payload bytes; a metric batch counts its samples as value plus timestamp. */
function bytesOf<S extends Signal>(signal: S, batch: SignalBatches[S]): number {
  if (signal === 'otlp') return (batch as SignalBatches['otlp']).bytes.length
  if (signal === 'logs') return logBytes(batch as SignalBatches['logs'])
  return (batch as SignalBatches['metrics']).series.length * 16
}
