import type {
  BackendCard,
  BackendLogLine,
  BackendName,
  Preflight,
  Provider,
  PullProgress,
  StackEndpoints,
} from '../contract/stack.ts'

/** What an order may be told and tells while it runs. */
export interface Order {
  readonly cancel: AbortSignal
  /** What goes on now, e.g. `starting loki`. */
  readonly doing: (words: string) => void
  readonly pulling: (progress: PullProgress | undefined) => void
}

/**
 * One way to run backends. Orders reject with a `WeirError`: `cancelled` when they were, `unsupported-order` when this
 * provider has no such thing. They may be repeated: each brings about a state, whatever it finds.
 */
export interface StackProvider {
  readonly provider: Provider
  readonly endpoints: StackEndpoints | undefined
  preflight(): Promise<Preflight>
  start(order: Order): Promise<void>
  stop(order: Order): Promise<void>
  restart(backend: BackendName, order: Order): Promise<void>
  reset(backend: BackendName, order: Order): Promise<void>
  upgrade(order: Order): Promise<void>
  uninstall(options: { readonly images: boolean }, order: Order): Promise<void>
  importImages(path: string, order: Order): Promise<void>
  /** One card per backend of the settings, in the order they start. */
  cards(): Promise<readonly BackendCard[]>
  /** The newest 500 lines first, then as they come; resolves when the log ends or `stop` says so. */
  followLogs(
    backend: BackendName,
    onLines: (lines: readonly BackendLogLine[]) => void,
    stop: AbortSignal,
  ): Promise<void>
  /** Calls `onChange` when a card may have changed; resolves when the engine is lost or `stop` says so. */
  watch(onChange: () => void, stop: AbortSignal): Promise<void>
  /** Ends what lives in this process. Containers go on. */
  close(): Promise<void>
}
