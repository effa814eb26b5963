// A real process on a real disk, killed with SIGKILL at random moments while it queues and sends to this process.
import { execFileSync, fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../runtime/clock.ts'
import { settled } from '../testing/started-outbox.ts'
import { openOutbox } from './outbox.ts'
import type { OutboxOptions } from './outbox.ts'

type Message =
  | { readonly kind: 'accepted'; readonly item: number }
  | { readonly kind: 'send'; readonly id: number; readonly items: readonly number[] }

const scratch = mkdtempSync(join(tmpdir(), 'weir-kill-'))
const program = join(scratch, 'queueing-process.mjs')

beforeAll(() => {
  const bundler = new URL('../../node_modules/.bin/rolldown', import.meta.url).pathname
  const source = new URL('../testing/queueing-process.ts', import.meta.url).pathname
  execFileSync(bundler, [source, '--platform', 'node', '--format', 'esm', '--file', program], { stdio: 'ignore' })
}, 60_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** The backend and the ledger of what the child was promised. */
class Ledger {
  readonly accepted = new Set<number>()
  readonly delivered = new Map<number, number>()
  readonly requestOf = new Map<number, string>()
  readonly recut: string[] = []
  readonly order: number[] = []
  repeats = 0
  down = false

  hear(child: ChildProcess, message: Message): void {
    if (message.kind === 'accepted') this.accepted.add(message.item)
    if (message.kind !== 'send') return
    const request = message.items.join(',')
    for (const item of message.items) {
      const before = this.requestOf.get(item)
      if (before !== undefined) this.repeats++
      if (before !== undefined && before !== request) this.recut.push(`${before} then ${request}`)
      this.requestOf.set(item, request)
    }
    if (!this.down) this.deliver(message.items)
    if (child.connected) child.send({ id: message.id, delivered: !this.down }, () => undefined)
  }

  private deliver(items: readonly number[]): void {
    for (const item of items) {
      if (!this.delivered.has(item)) this.order.push(item)
      this.delivered.set(item, (this.delivered.get(item) ?? 0) + 1)
    }
  }
}

/** Offers items from `first` on; undefined offers nothing. */
function start(directory: string, ledger: Ledger, first?: number): ChildProcess {
  const child = fork(program, first === undefined ? [directory] : [directory, String(first)], { execArgv: [] })
  child.on('message', (message) => ledger.hear(child, message as Message))
  return child
}

const gone = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()))

const cycles = Number(process.env['WEIR_KILLS'] ?? 12)

test(
  'kill -9 at random moments loses nothing that was accepted and re-cuts no request',
  { timeout: 60_000 + cycles * 5_000 },
  async () => {
    const directory = join(scratch, 'queue')
    const ledger = new Ledger()
    for (let cycle = 0; cycle < cycles; cycle++) {
      ledger.down = cycle % 3 === 1
      // Numbers of its own: what a killed process last said may never have arrived.
      const child = start(directory, ledger, cycle * 1_000_000)
      const before = ledger.accepted.size
      while (child.exitCode === null && ledger.accepted.size < before + 5) await systemClock.sleep(5)
      await systemClock.sleep(Math.random() * 150)
      child.kill('SIGKILL')
      await gone(child)
    }
    ledger.down = false
    const last = start(directory, ledger)
    const missing = (): number[] => [...ledger.accepted].filter((item) => !ledger.delivered.has(item))
    for (let wait = 0; wait < 200 && missing().length > 0; wait++) await systemClock.sleep(50)
    expect(missing()).toEqual([])
    expect(ledger.recut).toEqual([])
    for (let lane = 0; lane < 8; lane++) {
      const order = ledger.order.filter((item) => item % 8 === lane)
      expect(order, `lane ${lane}`).toEqual([...order].sort((a, b) => a - b))
    }
    expect(ledger.order, 'lanes ran side by side').not.toEqual([...ledger.order].sort((a, b) => a - b))
    expect(ledger.accepted.size).toBeGreaterThan(cycles * 5)
    expect(ledger.repeats, 'a kill hit a request under way').toBeGreaterThan(0)
    last.kill('SIGTERM')
    await gone(last)
  },
)

test('the lock of a killed process is free at once, that of a living one is not', { timeout: 60_000 }, async () => {
  const directory = join(scratch, 'locked')
  const ledger = new Ledger()
  const child = start(directory, ledger, 0)
  while (child.exitCode === null && ledger.accepted.size === 0) await systemClock.sleep(5)
  const silent = (): void => undefined
  const options: OutboxOptions = {
    directory,
    clock: systemClock,
    random: Math.random,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    maxBytes: 2 ** 20,
    onFull: 'block',
    batch: { maxItems: 10, maxSize: 1e6, maxAgeMs: 10 },
    retry: { minBackoffMs: 10, maxBackoffMs: 10, jitter: 'none' },
    send: () => Promise.resolve({ kind: 'delivered' }),
    onDropped: silent,
  }
  await expect(openOutbox(options).run(new AbortController().signal)).rejects.toThrow(
    `The queue in ${directory} is in use by Weir (process ${String(child.pid)}).`,
  )
  child.kill('SIGKILL')
  await gone(child)
  const stop = new AbortController()
  const mine = openOutbox(options)
  const ended = mine.run(stop.signal)
  expect(await mine.offer({ body: Buffer.from('mine'), items: 1, size: 4 })).toEqual({ kind: 'accepted' })
  stop.abort()
  await ended
  await settled()
  expect(mine.status().queuedItems).toBe(0)
})
