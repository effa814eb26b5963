import { spawn } from 'node:child_process'

/** A process of the embedded backend, as Node and Electron both have it. */
export interface BackendChild {
  readonly pid?: number | undefined
  readonly stdout: NodeJS.ReadableStream | null
  readonly stderr: NodeJS.ReadableStream | null
  /** Asks it to end, as SIGTERM does. */
  kill(): boolean
  once(event: 'exit', listener: (code: number | null) => void): unknown
}

/** Starts `weir backend` with flags. */
export type LaunchBackend = (flags: readonly string[]) => BackendChild

/** Runs the bundle with this Node; the channel between the two tells the backend when this process is gone, however it went. */
export function nodeBackend(bundle: string): LaunchBackend {
  return (flags) => {
    const child = spawn(process.execPath, [bundle, 'backend', ...flags], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    // A program that cannot be started ends like one that failed.
    child.on('error', () => child.emit('exit', 127, null))
    return child
  }
}
