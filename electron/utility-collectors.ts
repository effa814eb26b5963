import { LastWords } from '../host/collector-supervisor/launch.ts'
import type { LaunchCollector } from '../host/collector-supervisor/launch.ts'
import type { FromCollector, ToCollector } from '../host/collector-supervisor/messages.ts'

/** The part of a utility process used here. */
export interface UtilityProcess {
  readonly stderr: { on(event: 'data', listener: (chunk: Uint8Array) => void): unknown } | null
  on(event: 'message', listener: (message: FromCollector) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
  postMessage(message: ToCollector): void
  kill(): boolean
}

/** Starts collectors as Electron's utility processes. */
export function utilityCollectors(fork: (args: string[]) => UtilityProcess): LaunchCollector {
  return (args, listener) => {
    const child = fork([...args])
    const words = new LastWords()
    let over = false
    child.stderr?.on('data', (chunk) => words.add(chunk))
    child.on('message', (message) => listener.message(message))
    child.once('exit', (code) => {
      over = true
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
