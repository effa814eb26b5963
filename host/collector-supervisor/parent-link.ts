import type { FramePort } from './frame-watchers.ts'
import type { FromCollector, ToCollector } from './messages.ts'

/** The collector's end of the line to its host. */
export interface ParentLink {
  /** `sent` is called once the host's end has the message, or never will. */
  send(message: FromCollector, sent?: () => void): void
  /** `port` comes along where the host can send one. */
  onMessage(hear: (message: ToCollector, port?: FramePort) => void): void
  /** Called when there is no host any more. */
  onGone(leave: () => void): void
}

interface UtilityMessage {
  readonly data: ToCollector
  readonly ports: readonly FramePort[]
}

/** The part of Electron's utility process port used here. */
interface UtilityPort {
  postMessage(message: FromCollector): void
  on(event: 'message', listener: (event: UtilityMessage) => void): unknown
}

/** The line of a process that was forked by Node or by Electron; undefined when it was started by hand. */
export function parentLink(): ParentLink | undefined {
  const port = (process as { parentPort?: UtilityPort }).parentPort
  if (port !== undefined) {
    return {
      send(message, sent) {
        port.postMessage(message)
        sent?.()
      },
      onMessage: (hear) => void port.on('message', ({ data, ports }) => hear(data, ports[0])),
      // Electron ends its utility processes itself.
      onGone: () => undefined,
    }
  }
  if (process.send === undefined) return undefined
  return {
    send(message, sent) {
      if (process.connected) process.send?.(message, undefined, {}, () => sent?.())
      else sent?.()
    },
    onMessage: (hear) => void process.on('message', (message: ToCollector) => hear(message)),
    onGone(leave) {
      // The host may have gone while this process was still loading.
      if (process.connected) process.on('disconnect', leave)
      else leave()
    },
  }
}
