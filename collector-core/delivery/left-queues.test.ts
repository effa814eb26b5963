import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../runtime/clock.ts'
import { openOutbox } from '../outbox/outbox.ts'
import type { Outcome } from '../net/http-outcome.ts'
import { LeftQueues } from './left-queues.ts'

const silent = (): void => undefined

/** A component's directory with the log lines about it. */
function component() {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'weir-left-'))
  const lines: string[] = []
  const note = (message: string, fields?: object): void => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const log = { debug: note, info: note, warn: note, error: note }
  const left = new LeftQueues({ dataDirectory, log })
  return { left, lines, dataDirectory, names: () => readdirSync(dataDirectory).sort() }
}

/** A real queue that was offered three fragments, the first `delivered` of which a server took. */
async function queue(directory: string, delivered: number): Promise<void> {
  let sent = 0
  const stop = new AbortController()
  const outbox = openOutbox({
    directory,
    clock: systemClock,
    random: Math.random,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    maxBytes: 2 ** 20,
    onFull: 'block',
    batch: { maxItems: 1, maxSize: 1e6, maxAgeMs: 0 },
    retry: { minBackoffMs: 10, maxBackoffMs: 10, jitter: 'none' },
    send: async (): Promise<Outcome> =>
      sent++ < delivered ? { kind: 'delivered' } : { kind: 'retry', reason: 'down' },
    onDropped: silent,
  })
  const ended = outbox.run(stop.signal)
  for (let i = 0; i < 3; i++) await outbox.offer({ body: Buffer.from(`fragment ${i}`), items: 1, size: 10 })
  while (sent < Math.min(3, delivered + 1)) await systemClock.sleep(5)
  stop.abort()
  await ended
}

const all = [() => true]
const old = 'old-00000000'
const fresh = 'new-11111111'

test('a queue that nothing was delivered from goes to the endpoint in its place', async () => {
  const { left, lines, dataDirectory, names } = component()
  await queue(join(dataDirectory, old), 0)
  await left.claim([fresh], all)
  expect(names()).toEqual([fresh])
  expect(left.sentence).toBeUndefined()
  expect(lines.join()).toContain(`"from":"${old}","to":"${fresh}"`)
})

test('a queue that something was delivered from stays, and is told of once', async () => {
  const { left, lines, dataDirectory, names } = component()
  await queue(join(dataDirectory, old), 1)
  await left.claim([fresh], all)
  await left.claim([fresh], all)
  expect(names()).toEqual([old])
  expect(left.sentence).toContain(`stay in ${dataDirectory} (${old})`)
  expect(left.debugInfo()).toMatchObject([{ name: 'queue_without_endpoint', label: old }])
  expect(lines).toHaveLength(1)
  await left.claim([old], all)
  expect(left.sentence).toBeUndefined()
})

test('an empty queue is no matter', async () => {
  const { left, dataDirectory } = component()
  await queue(join(dataDirectory, old), 3)
  await left.claim([fresh], all)
  expect(left.sentence).toBeUndefined()
})

test('where it is not clear whose place an endpoint took, nothing moves', async () => {
  const { left, dataDirectory, names } = component()
  await queue(join(dataDirectory, old), 0)
  await left.claim([fresh, 'more-22222222'], all)
  expect(names()).toEqual([old])
  await queue(join(dataDirectory, 'old-33333333'), 0)
  await left.claim([fresh], all)
  expect(left.debugInfo()).toHaveLength(2)
  await left.claim([fresh], [(name) => name.endsWith('1'), (name) => name.endsWith('0')])
  expect(names()).toEqual([old, 'old-33333333'])
})

test('the queues of tenants are counted with their endpoint', async () => {
  const { left, dataDirectory, names } = component()
  await queue(join(dataDirectory, old, 'queue-a'), 1)
  await queue(join(dataDirectory, old, 'queue-b'), 0)
  await left.claim([fresh], all)
  expect(names()).toEqual([old])
  expect(left.sentence).toBeDefined()
})
