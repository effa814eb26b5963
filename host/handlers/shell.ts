import type { ShellRequest } from '../contract/shell.ts'
import type { Topic } from '../session/handlers.ts'

/** Requests of the desktop to a window; one that comes before the window listens waits for it. */
export class ShellRequests {
  private readonly listeners = new Map<string, (request: ShellRequest) => void>()
  private readonly waiting = new Map<string, ShellRequest>()

  send(window: string, request: ShellRequest): void {
    const listener = this.listeners.get(window)
    if (listener === undefined) this.waiting.set(window, request)
    else listener(request)
  }

  listen(window: string, listener: (request: ShellRequest) => void): () => void {
    this.listeners.set(window, listener)
    const waiting = this.waiting.get(window)
    this.waiting.delete(window)
    if (waiting !== undefined) listener(waiting)
    return () => {
      if (this.listeners.get(window) === listener) this.listeners.delete(window)
    }
  }
}

const mostWaiting = 8

/** What passes between a window and the desktop around it; in a browser there is no clipboard to read. */
export function shellTopic(
  requests: ShellRequests,
  readClipboard: () => Promise<string | undefined>,
): Topic<'clipboardText', 'shellRequests'> {
  return {
    calls: { clipboardText: () => readClipboard() },
    streams: {
      shellRequests: {
        begin: (_, sink, { window }) => requests.listen(window, sink.send),
        merge: (waiting, next) => [...waiting, next].slice(-mostWaiting),
      },
    },
  }
}
