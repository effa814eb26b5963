import type { Failure } from './transport.ts'

/** What the desktop shell gives its page as `window.weir`; `renderer/bridge` makes a `WeirClient` of it. */
export interface DesktopBridge {
  call(name: string, args: unknown): Promise<{ readonly value?: unknown; readonly failure?: Failure }>
  /** Returns how to leave. */
  subscribe(
    name: string,
    args: unknown,
    onEvent: (event: unknown) => void,
    onEnded: (failure: Failure) => void,
  ): () => void
  /** Weir's version; empty until the host has answered. */
  version(): string
  /** The path of a file that was dropped on the window. */
  pathOf(file: unknown): string
}
