// The contract between the engine and a component: what `components/**/component.ts` is given and what it gives back.
import type { Definition, DefinitionArguments, DefinitionExports } from '../schema/definition.ts'
import type { QueueState, TargetCounts, TrialScrape } from '../protocol.ts'
import type { Clock } from './clock.ts'
import type { Logger } from './logger.ts'
import type { MetricScope } from '../telemetry/metric-scope.ts'

/** What a component knows of itself; `unhealthy` comes with the reason and, where there is one, the next step. */
export interface HealthReport {
  readonly state: 'healthy' | 'unhealthy'
  readonly message: string
}

/** A value shown under "debug info": nested blocks and attributes, in the order given. */
export type DebugInfo = readonly DebugStatement[]
export type DebugStatement =
  | { readonly kind: 'attribute'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'block'; readonly name: string; readonly label?: string; readonly body: DebugInfo }

/**
 * Everything a component may use from outside itself. Time and randomness come from here and nowhere else.
 */
export interface ComponentContext<D = unknown> {
  /** E.g. `prometheus.scrape.default`. */
  readonly id: string
  readonly log: Logger
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** A directory of the component's own; it exists. The component id names it, so it survives restarts and reloads. */
  readonly dataDirectory: string
  /** The component's own metrics, labelled with its id. */
  readonly metrics: MetricScope
  /** Sent as `User-Agent`. */
  readonly userAgent: string
  /** The collector's own HTTP address, for exporters that are scraped through it; known once the server listens. */
  readonly ownAddress: () => string
  /** All metrics of this process about itself, as Prometheus text; absent where nothing gathers them. */
  readonly exposition?: () => string
  /** Publishes exports; dependants are evaluated again when a value changed. Receivers keep their identity for life. */
  publish(exports: DefinitionExports<D>): void
  /** Counts items given up on purpose, or lost, under a reason such as `stage_drop` or `rejected`. */
  drop(count: number, reason: string): void
  report(health: HealthReport): void
}

/**
 * A built component. `build` must not touch the world (no ports, no files beyond reading what an argument names);
 * `run` does, once, until `stop` aborts, and returns when everything it holds is released: sources stop reading first,
 * then what they read is handed on. `update` is called with new arguments while running; when it throws, the old
 * arguments hold.
 */
export interface Component<A> {
  run(stop: AbortSignal): Promise<void>
  /** Settles once `run` listens, or has found that it cannot; a config counts as ready only then. */
  readonly started?: Promise<void>
  update(args: A): void | Promise<void>
  debugInfo?(): DebugInfo
  /** What it holds for later; asked several times a second. */
  queue?(): QueueState
  /** How what it scrapes is, undefined until that is known; asked several times a second. */
  targets?(): TargetCounts | undefined
  /** Asks one of its targets, by its URL, beside the schedule; undefined when there is none. */
  scrapeOnce?(url: string): Promise<TrialScrape | undefined>
  /** Answers `/api/v0/component/<id>/<path>`. */
  handle?(path: string): { readonly contentType: string; readonly body: string | Uint8Array } | undefined
}

/** A definition with its behaviour. */
export interface ComponentType<D extends Definition = Definition> {
  readonly definition: D
  build(args: DefinitionArguments<D>, context: ComponentContext<D>): Component<DefinitionArguments<D>>
}

/** Ties behaviour to a definition; the argument and export types follow from it. */
export function implement<D extends Definition>(definition: D, build: ComponentType<D>['build']): ComponentType<D> {
  return { definition, build }
}

/** A `run` for components that only react to their input. */
export async function untilStopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return
  await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }))
}
