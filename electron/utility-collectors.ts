import { LastWords } from '../host/collector-supervisor/launch.ts'
import type { LaunchCollector } from '../host/collector-supervisor/launch.ts'
import type { FromCollector, ToCollector } from '../host/collector-supervisor/messages.ts'
import type { FramePorts } from './frame-ports.ts'

/** The part of a utility process used here. */
export interface UtilityProcess<Port> {
  readonly stderr: { on(event: 'data', listener: (chunk: Uint8Array) => void): unknown } | null
  on(event: 'message', listener: (message: FromCollector) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
  postMessage(message: ToCollector, transfer?: Port[]): void
  kill(): boolean
}

/** Starts collectors as Electron's utility processes, each with ports for the windows that watch it. */
export function utilityCollectors<Port>(
  fork: (args: string[]) => UtilityProcess<Port>,
  frames: FramePorts<Port>,
): LaunchCollector {
  return (args, listener) => {
    const child = fork([...args])
    const words = new LastWords()
    let over = false
    child.stderr?.on('data', (chunk) => words.add(chunk))
    child.on('message', (message) => {
      if (message.kind === 'open')
        frames.collectorOpened((port) => child.postMessage({ kind: 'watch-through' }, [port]))
      listener.message(message)
    })
    child.once('exit', (code) => {
      over = true
      frames.collectorEnded()
      listener.exited(words.toString() || `it ended with code ${code}`)
    })
    return {
      send(message) {
        if (!over) child.postMessage(message)
      },
      kill: () => void child.kill(),
    }
  }
}
