// What Explore shows, apart from the answers: one value per step the user took, so that there is a way back.
import type { TimeRange } from '../../host/contract/explore.ts'
import { Cell } from './cell.ts'

export const explorePanes = ['logs', 'traces', 'metrics', 'services'] as const
export type ExplorePane = (typeof explorePanes)[number]

/** The newest `last` milliseconds, or a fixed range. */
export type ExploreRange = { readonly last: number } | TimeRange

/** `traceId` is the trace that is open over the list of traces. */
export interface ExploreState {
  readonly pane: ExplorePane
  readonly range: ExploreRange
  /** LogQL, TraceQL and PromQL as asked last; empty asks for nothing. */
  readonly logs: string
  readonly traces: string
  readonly metrics: string
  /** The service whose request times are looked for: `metrics` follows what is stored of it until they are found. */
  readonly metricsOf: string | undefined
  readonly traceId: string | undefined
  /** The span to point at in the trace. */
  readonly spanId: string | undefined
}

const mostSteps = 100

const first: ExploreState = {
  pane: 'logs',
  range: { last: 15 * 60_000 },
  logs: '{service_name=~".+"}',
  traces: '{}',
  metrics: '',
  metricsOf: undefined,
  traceId: undefined,
  spanId: undefined,
}

/** Where the user is in Explore, and the way there. */
export class ExploreTrail {
  readonly state = new Cell<ExploreState>(first)
  readonly canGoBack = new Cell(false)
  private readonly steps: ExploreState[] = []

  /** A step the user may go back from. */
  go(change: Partial<ExploreState>): void {
    this.steps.push(this.state.get())
    if (this.steps.length > mostSteps) this.steps.shift()
    this.state.set({ ...this.state.get(), ...change })
    this.canGoBack.set(true)
  }

  /** Changes the step the user is at. */
  amend(change: Partial<ExploreState>): void {
    this.state.set({ ...this.state.get(), ...change })
  }

  back(): void {
    const step = this.steps.pop()
    if (step !== undefined) this.state.set(step)
    this.canGoBack.set(this.steps.length > 0)
  }
}

/** A range in whole milliseconds at the moment `now`. */
export function rangeAt(range: ExploreRange, now: number): TimeRange {
  return 'last' in range ? { from: now - range.last, to: now } : range
}
