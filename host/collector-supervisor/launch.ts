import { fork } from 'node:child_process'
import type { FromCollector, ToCollector } from './messages.ts'

/** A collector process that was started; `exited` is the last it tells, with the last words it wrote to standard error. */
export interface LaunchedCollector {
  send(message: ToCollector): void
  /** Ends it at once. */
  kill(): void
}

export interface LaunchListener {
  message(message: FromCollector): void
  exited(words: string): void
}

/** How a collector process is started: `args` are those of the `weir` command. */
export type LaunchCollector = (args: readonly string[], listener: LaunchListener) => LaunchedCollector

const mostWords = 4_000

/** The newest of what a process writes to standard error, whose end often says why it died. */
export class LastWords {
  private text = ''
  private readonly decoder = new TextDecoder()

  add(chunk: Uint8Array): void {
    this.text = (this.text + this.decoder.decode(chunk, { stream: true })).slice(-mostWords)
  }

  toString(): string {
    return this.text.trim()
  }
}

/** Starts collectors as plain Node processes from the bundled command line. */
export function nodeCollectors(bundle: string): LaunchCollector {
  return (args, listener) => {
    const child = fork(bundle, [...args], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' })
    const words = new LastWords()
    child.stderr?.on('data', (chunk: Uint8Array) => words.add(chunk))
    child.on('message', (message) => listener.message(message as FromCollector))
    let over = false
    const exited = (why: string): void => {
      if (over) return
      over = true
      listener.exited(why)
    }
    child.on('error', (error) => {
      if (child.pid === undefined) exited(error.message)
    })
    child.on('close', (code, signal) => exited(words.toString() || `it ended with ${signal ?? `code ${code}`}`))
    return {
      send(message) {
        if (child.connected) child.send(message, () => undefined)
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
