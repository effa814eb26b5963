import type { Acceptance } from '../signal/receiver.ts'
import { openOutbox } from '../outbox/outbox.ts'
import type { Outbox, OutboxOptions } from '../outbox/outbox.ts'
import { CrashFileSystem } from './crash-file-system.ts'
import { FakeClock } from './fake-clock.ts'
import { ScriptedSender } from './scripted-sender.ts'

/** An outbox on a disk in memory with a scripted backend, running. */
export interface StartedOutbox {
  readonly outbox: Outbox
  readonly clock: FakeClock
  readonly files: CrashFileSystem
  readonly sender: ScriptedSender
  readonly drops: { readonly items: number; readonly reason: string; readonly detail: string }[]
  readonly logLines: string[]
  /** Settles when `run` has returned. */
  readonly ended: Promise<void>
  /** Offers text as a fragment of one item, or as many as said, in all lanes unless said. */
  offer(text: string, items?: number, lanes?: number): Promise<Acceptance>
  /** Tells it to stop, without waiting. */
  stop(): void
}

/** Starts an outbox with small limits: requests of 4 items, 1 s of age, waits of 1 s doubling to 8 s. */
export function startOutbox(
  overrides: Partial<OutboxOptions> & {
    files?: CrashFileSystem
    clock?: FakeClock
    sender?: ScriptedSender
  } = {},
): StartedOutbox {
  const { files = new CrashFileSystem(), clock = new FakeClock(), sender = new ScriptedSender() } = overrides
  const drops: StartedOutbox['drops'] = []
  const logLines: string[] = []
  const line =
    (level: string) =>
    (message: string, fields: object = {}): void =>
      void logLines.push(`${level}: ${message} ${JSON.stringify(fields)}`)
  const outbox = openOutbox({
    directory: '/queue',
    random: () => 0.5,
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    maxBytes: 1024 * 1024,
    onFull: 'block',
    batch: { maxItems: 4, maxSize: 1_000_000, maxAgeMs: 1_000 },
    retry: { minBackoffMs: 1_000, maxBackoffMs: 8_000, jitter: 'none' },
    onDropped: (items, reason, detail) => void drops.push({ items, reason, detail }),
    send: sender.send,
    ...overrides,
    clock,
    files,
  })
  const stopping = new AbortController()
  const ended = outbox.run(stopping.signal)
  ended.catch(() => undefined)
  const offer = (text: string, items = 1, lanes?: number): Promise<Acceptance> =>
    outbox.offer({
      body: Buffer.from(text, 'latin1'),
      items,
      size: text.length,
      ...(lanes !== undefined && { lanes }),
    })
  return { outbox, clock, files, sender, drops, logLines, ended, offer, stop: () => stopping.abort() }
}

/** Lets everything that needs no time happen. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve))
}
