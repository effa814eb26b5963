// A process of its own for tests that kill it: queues numbered items and asks its parent to be the
// backend. Items run in eight lanes by their number. Arguments: directory, and the first number when it should offer
// anything.
import { openOutbox } from '../outbox/outbox.ts'
import { systemClock } from '../runtime/clock.ts'

const [directory, first] = process.argv.slice(2) as [string, string | undefined]
const answers = new Map<number, (delivered: boolean) => void>()
const tell = (message: object): void => void process.send?.(message)
process.on('message', (message) => {
  const { id, delivered } = message as { id: number; delivered: boolean }
  answers.get(id)?.(delivered)
  answers.delete(id)
})
process.on('disconnect', () => process.exit(1))

const line =
  (level: string) =>
  (message: string, fields?: object): void =>
    void process.stderr.write(`${level} ${message} ${JSON.stringify(fields)}\n`)

let requests = 0
const outbox = openOutbox({
  directory,
  clock: systemClock,
  random: Math.random,
  log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
  maxBytes: 64 * 1024 * 1024,
  onFull: 'block',
  batch: { maxItems: 50, maxSize: 1e6, maxAgeMs: 20 },
  parallel: () => 4,
  retry: { minBackoffMs: 5, maxBackoffMs: 20, jitter: 'none' },
  onDropped: (items, reason) => line('dropped')(reason, { items }),
  async send({ fragments }) {
    const id = requests++
    const items = fragments.map(({ body }) => Number(Buffer.from(body.subarray(0, 10)).toString('latin1')))
    const delivered = await new Promise<boolean>((resolve) => {
      answers.set(id, resolve)
      tell({ kind: 'send', id, items })
    })
    return delivered ? { kind: 'delivered' } : { kind: 'retry', reason: 'down' }
  },
})

const stop = new AbortController()
process.on('SIGTERM', () => stop.abort())
const ended = outbox.run(stop.signal)
if (first !== undefined) void offerFrom(Number(first))
await ended
process.exit(0)

async function offerFrom(item: number): Promise<void> {
  for (;;) {
    const group: Promise<void>[] = []
    for (let i = 0; i < 8; i++) group.push(offerOne(item++))
    await Promise.all(group)
    await systemClock.sleep(2)
  }
}

async function offerOne(item: number): Promise<void> {
  const body = Buffer.from(String(item).padStart(10, '0') + 'x'.repeat((item * 37) % 3_000), 'latin1')
  const acceptance = await outbox.offer({ body, items: 1, size: body.length, lanes: 1 << (item % 8) })
  if (acceptance.kind === 'accepted') tell({ kind: 'accepted', item })
}
