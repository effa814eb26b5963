// Child processes with their output kept, ended by their own handle and never left behind by a test.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { waitUntil } from './wait-until.ts'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A running program. */
export class Child {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  running = true
  private readonly output = { stdout: '', stderr: '' }

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    this.process.stdout?.on('data', (chunk: Buffer) => (this.output.stdout += chunk.toString('utf8')))
    this.process.stderr?.on('data', (chunk: Buffer) => (this.output.stderr += chunk.toString('utf8')))
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => {
        this.output.stderr += error.message
        this.running = false
        resolve({ code: 127, signal: null })
      })
      this.process.once('close', (code, signal) => {
        this.running = false
        resolve({ code, signal })
      })
    })
    onTestFinished(() => this.kill())
  }

  get pid(): number {
    return this.process.pid ?? 0
  }

  get stdout(): string {
    return this.output.stdout
  }

  get stderr(): string {
    return this.output.stderr
  }

  /** Asks the program to end and waits; says how it ended and how long that took. */
  async terminate(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended & { readonly tookMs: number }> {
    const asked = Date.now()
    this.process.kill(signal)
    return { ...(await this.ended), tookMs: Date.now() - asked }
  }

  /** Ends the program the hard way. */
  async kill(): Promise<void> {
    if (this.running) this.process.kill('SIGKILL')
    await this.ended
  }

  /** Waits until `ready` holds; fails with the program's output when it ends before. */
  async until(what: string, ready: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
    await waitUntil(
      () => `${what}\n${this.stdout}${this.stderr}`,
      async () => {
        if (await ready()) return true
        if (!this.running) throw new Error(`the process ended before: ${what}\n${this.stdout}${this.stderr}`)
        return false
      },
      withinMs,
    )
  }
}
