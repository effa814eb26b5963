import { afterEach, describe, expect, it } from 'vitest'
import { argumentsFrom } from '../testing/arguments-from.ts'
import type { FakeClock } from '../testing/fake-clock.ts'
import { recordingContext } from '../testing/component-context.ts'
import { definition } from '../components/otelcol/exporter/otlp/definition.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import { requestFromJson } from '../wire/otlp/from-json.ts'
import { countItems } from '../wire/otlp/count-items.ts'
import { compressionFor } from './compression-for.ts'
import { notePartialSuccess } from './note-partial-success.ts'
import { OtlpDelivery } from './otlp-delivery.ts'
import type { DeliverySettings, SendOutcome } from './otlp-delivery.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A request of unnamed spans. */
function spans(count: number): Uint8Array {
  const json = { resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: count }, () => ({})) }] }] }
  const encoded = requestFromJson('traces', JSON.stringify(json))
  if ('problem' in encoded) throw new Error(encoded.problem)
  return encoded.bytes
}

function start(body = '', dataDirectory?: string) {
  const context = recordingContext(dataDirectory === undefined ? {} : { dataDirectory })
  const sent: { kind: OtlpKind; bytes: Buffer; items: number }[] = []
  const backend = { answer: (): SendOutcome | Promise<SendOutcome> => ({ kind: 'delivered' }) }
  const settings = (text: string, address = 'a:1'): DeliverySettings => {
    const { sending_queue, retry_on_failure } = argumentsFrom(definition, `client {\nendpoint = "a:1"\n}\n${text}`)
    return {
      exporter: 'otlp',
      sending_queue,
      retry_on_failure,
      destination: () => ({ address, account: [] }),
      nowhere: (kind) => (kind === 'metrics' ? 'no endpoint is set for metrics' : undefined),
      send: async (kind, pieces) => {
        const bytes = Buffer.concat(pieces)
        sent.push({ kind, bytes, items: countItems(kind, bytes)! })
        return backend.answer()
      },
    }
  }
  const delivery = new OtlpDelivery(context, settings(body))
  const stopping = new AbortController()
  const ended = delivery.run(stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    let done = false
    void ended.finally(() => (done = true))
    while (!done) await context.clock.advance(1)
  }
  stops.push(stop)
  /** Moves time until something is the case. */
  const until = async (condition: () => boolean, stepMs = 1): Promise<void> => {
    // The disk is real: a busy machine takes its time.
    const giveUpAt = performance.now() + 10_000
    while (!condition()) {
      if (performance.now() > giveUpAt) throw new Error('it never happened')
      await context.clock.advance(stepMs)
    }
  }
  const offer = async (items: number): Promise<string> => {
    let answer: string | undefined
    void delivery.input.accept({ kind: 'traces', bytes: spans(items), items }).then(({ kind }) => (answer = kind))
    await until(() => answer !== undefined)
    return answer!
  }
  return { context, delivery, sent, backend, settings, stop, until, offer }
}

const exporter = '{otlp/test.component.default}'

/** Lets a change of settings come to rest. */
async function reconfigured(clock: FakeClock, change: Promise<void>): Promise<void> {
  let done = false
  void change.finally(() => (done = true))
  while (!done) await clock.advance(10)
}

describe('delivery', () => {
  it('accepts what is on disk, sends it, and counts', async () => {
    const { context, sent, until, offer, delivery } = start()
    expect(await offer(3)).toBe('accepted')
    await until(() => context.values.get(`otelcol_exporter_sent_spans_total${exporter}`) === 3)
    expect(sent).toEqual([{ kind: 'traces', bytes: Buffer.from(spans(3)), items: 3 }])
    expect(context.health).toEqual([{ state: 'healthy', message: 'delivering' }])
    expect(delivery.debugInfo()[0]).toMatchObject({ name: 'queue', label: 'traces' })
  })

  it('sends a backlog in larger requests, live data as it comes', async () => {
    const { sent, backend, until, offer } = start('sending_queue {\nnum_consumers = 1\n}')
    let release: ((outcome: SendOutcome) => void) | undefined
    backend.answer = () => new Promise((resolve) => (release = resolve))
    await offer(1)
    await until(() => release !== undefined)
    for (let i = 0; i < 5; i++) await offer(2)
    backend.answer = () => ({ kind: 'delivered' })
    release!({ kind: 'delivered' })
    await until(() => sent.length === 2)
    expect(sent.map(({ items }) => items)).toEqual([1, 10])
  })

  it('has as many requests under way as num_consumers says, and no more', async () => {
    const { context, sent, backend, until, offer } = start('sending_queue {\nnum_consumers = 3\n}')
    let now = 0
    let most = 0
    backend.answer = async () => {
      most = Math.max(most, ++now)
      await context.clock.sleep(300)
      now--
      return { kind: 'delivered' }
    }
    for (let i = 0; i < 30; i++) {
      await offer(2)
      await context.clock.advance(25)
    }
    context.readValues()
    const shown = context.values.get('otelcol_exporter_in_flight_requests{otlp/test.component.default,traces}')
    expect([1, 2, 3]).toContain(shown)
    await until(() => sent.reduce((sum, { items }) => sum + items, 0) === 60)
    expect(most).toBe(3)
    expect(sent.length, 'what waits goes together').toBeLessThan(30)
  })

  it('one request that is refused for long holds up no other', async () => {
    const { sent, backend, until, offer, delivery } = start()
    backend.answer = () => (sent.at(-1)?.items === 7 ? { kind: 'doubtful', reason: '500' } : { kind: 'delivered' })
    await offer(7)
    for (let i = 0; i < 5; i++) await offer(2)
    await until(() => sent.filter(({ items }) => items !== 7).reduce((sum, { items }) => sum + items, 0) === 10, 100)
    const [traces] = delivery.debugInfo()
    expect('body' in traces && traces.body).toContainEqual({ kind: 'attribute', name: 'queued_items', value: 7 })
  })

  it('does not send to one server what was queued for another that took data before, and says so', async () => {
    const { context, sent, backend, settings, until, offer, delivery } = start()
    await offer(1)
    await until(() => sent.length === 1)
    backend.answer = () => ({ kind: 'retry', reason: 'down' })
    await offer(3)
    await until(() => sent.length === 2)
    backend.answer = () => ({ kind: 'delivered' })
    await reconfigured(context.clock, delivery.reconfigure(settings('', 'b:1')))
    await offer(5)
    await until(() => sent.some(({ items }) => items === 5))
    expect(sent.filter(({ items }) => items === 3)).toHaveLength(1)
    await until(() => context.health.at(-1)?.message.includes('queued for a former endpoint') === true)
    expect(context.health.at(-1)?.state).toBe('healthy')
    await reconfigured(context.clock, delivery.reconfigure(settings('', 'a:1')))
    await until(() => sent.filter(({ items }) => items === 3).length === 2)
    expect(context.drops).toEqual([])
  })

  it('sends to the right address what gathered for a mistyped one', async () => {
    const { context, sent, backend, settings, until, offer, delivery } = start()
    backend.answer = () => ({ kind: 'retry', reason: 'no such host' })
    await offer(3)
    await until(() => sent.length > 0)
    backend.answer = () => ({ kind: 'delivered' })
    await reconfigured(context.clock, delivery.reconfigure(settings('', 'b:1')))
    await until(() => context.values.get(`otelcol_exporter_sent_spans_total${exporter}`) === 3)
    expect(context.health.at(-1)).toEqual({ state: 'healthy', message: 'delivering' })
  })

  it('never makes a request of more than a megabyte out of small ones', async () => {
    const { sent, backend, until, offer } = start()
    backend.answer = () => ({ kind: 'retry', reason: 'down' })
    for (let i = 0; i < 4; i++) await offer(1_000)
    const large = spans(200_000)
    expect(large.length).toBeGreaterThan(300_000)
    for (let i = 0; i < 4; i++) await offer(200_000)
    backend.answer = () => ({ kind: 'delivered' })
    await until(() => sent.reduce((sum, { items }) => sum + items, 0) >= 804_000, 100)
    for (const { bytes, items } of sent) expect(items > 8192 && bytes.length > large.length).toBe(false)
  })

  it('with a batch block waits for more, and splits what is larger', async () => {
    const { sent, until, offer, context } = start(
      'sending_queue {\nbatch {\nflush_timeout = "10m"\nmax_size = 10\n}\n}',
    )
    expect(await offer(3)).toBe('accepted')
    expect(await offer(4)).toBe('accepted')
    await context.clock.advance(60_000)
    expect(sent).toEqual([])
    await until(() => sent.length === 1, 10_000)
    expect(sent[0].items).toBe(7)
    expect(await offer(25)).toBe('accepted')
    await until(() => sent.reduce((sum, { items }) => sum + items, 0) === 32, 10_000)
    expect(sent.slice(1).map(({ items }) => items)).toEqual([10, 10, 5])
  })

  it('with a batch block sends once min_size is reached', async () => {
    const { sent, until, offer, context } = start(
      'sending_queue {\nbatch {\nflush_timeout = "10m"\nmin_size = 5\nmax_size = 10\n}\n}',
    )
    await offer(4)
    await context.clock.advance(60_000)
    expect(sent).toEqual([])
    await offer(3)
    await until(() => sent.length === 1)
    expect(sent[0].items).toBe(7)
  })

  it('shows how many requests like those that wait the queue would hold', async () => {
    const { context, backend, offer, until, sent } = start(
      'sending_queue {\nqueue_size = 1048576\nsizer = "bytes"\nblock_on_overflow = true\n}',
    )
    const shown = (name: string): number => {
      context.readValues()
      return context.values.get(`otelcol_exporter_queue_${name}{otlp/test.component.default,traces}`)!
    }
    expect([shown('size'), shown('capacity')]).toEqual([0, 1])
    backend.answer = () => ({ kind: 'retry', reason: 'down' })
    await offer(4_000)
    await offer(4_000)
    await until(() => sent.length > 0)
    const bytes = context.values.get('weir_exporter_queue_bytes{otlp/test.component.default,traces}')!
    const share = shown('size') / shown('capacity')
    expect(share).toBeGreaterThan((0.5 * bytes) / 1048576)
  })

  it('waits between tries as configured, and shows why', async () => {
    const { context, sent, backend, until, offer, delivery } = start(
      'retry_on_failure {\ninitial_interval = "1s"\nmultiplier = 2\nmax_interval = "4s"\nrandomization_factor = 0\n}',
    )
    backend.answer = () => ({ kind: 'retry', reason: 'tempo:4317: the connection was refused' })
    await offer(1)
    await until(() => sent.length === 1)
    const times: number[] = []
    for (let tries = 2; tries <= 5; tries++) {
      const before = context.clock.monotonic()
      await until(() => sent.length === tries, 50)
      times.push(context.clock.monotonic() - before)
    }
    times.forEach((waited, i) => expect(Math.abs(waited - [1000, 2000, 4000, 4000][i])).toBeLessThanOrEqual(100))
    expect(context.health.at(-1)).toEqual({
      state: 'unhealthy',
      message: 'traces: tempo:4317: the connection was refused',
    })
    expect(context.health.length).toBe(1)
    expect(JSON.stringify(delivery.debugInfo())).toContain('the connection was refused')
    backend.answer = () => ({ kind: 'delivered' })
    await until(() => context.health.at(-1)?.state === 'healthy', 50)
  })

  it('gives up after max_elapsed_time where it is written, never otherwise', async () => {
    const { context, backend, until, offer } = start('retry_on_failure {\nmax_elapsed_time = "1m"\n}')
    backend.answer = () => ({ kind: 'retry', reason: 'down' })
    await offer(5)
    await until(() => context.drops.length > 0, 1000)
    expect(context.drops).toEqual([{ count: 5, reason: 'retries_exhausted' }])
    expect(context.values.get(`otelcol_exporter_send_failed_spans_total${exporter}`)).toBe(5)
    const forever = start()
    forever.backend.answer = () => ({ kind: 'retry', reason: 'down' })
    await forever.offer(5)
    await forever.context.clock.advance(24 * 3_600_000)
    expect(forever.context.drops).toEqual([])
    await forever.stop()
  })

  it('tries once when retrying is switched off', async () => {
    const { context, sent, backend, until, offer } = start('retry_on_failure {\nenabled = false\n}')
    backend.answer = () => ({ kind: 'retry', reason: 'down' })
    await offer(1)
    await until(() => context.drops.length > 0)
    expect(sent.length).toBe(1)
  })

  it('refuses what has nowhere to go, for good', async () => {
    const { delivery } = start()
    expect(await delivery.input.accept({ kind: 'metrics', bytes: new Uint8Array(0), items: 1 })).toMatchObject({
      kind: 'refused',
      retryable: false,
      reason: 'no endpoint is set for metrics',
    })
  })

  it('refuses for now what does not fit on the disk it may use, and counts it', async () => {
    const { context, backend, offer } = start('sending_queue {\nsizer = "bytes"\nqueue_size = 60000\n}')
    backend.answer = () => ({ kind: 'retry', reason: 'down' })
    const answers: string[] = []
    for (let i = 0; i < 10; i++) answers.push(await offer(5_000))
    expect(answers.slice(0, 2)).toEqual(['accepted', 'accepted'])
    expect(answers.at(-1)).toBe('refused')
    const refusedOffers = answers.filter((answer) => answer === 'refused').length
    expect(context.values.get(`otelcol_exporter_enqueue_failed_spans_total${exporter}`)).toBe(refusedOffers * 5_000)
  })

  it('sends after a restart what it had accepted', async () => {
    const first = start()
    first.backend.answer = () => ({ kind: 'retry', reason: 'down' })
    await first.offer(7)
    await first.stop()
    const second = start('', first.context.dataDirectory)
    await second.until(() => second.sent.length === 1)
    expect(second.sent[0].items).toBe(7)
  })

  it('follows new settings', async () => {
    const { sent, backend, until, offer, delivery, settings } = start()
    backend.answer = () => ({ kind: 'retry', reason: 'down' })
    await offer(1)
    await until(() => sent.length === 1)
    backend.answer = () => ({ kind: 'delivered' })
    void delivery.reconfigure(settings('retry_on_failure {\ninitial_interval = "1h"\n}'))
    await until(() => sent.length === 2)
  })
})

it.each([
  ['localhost', 'none'],
  ['127.0.0.1', 'none'],
  ['127.1.2.3', 'none'],
  ['::1', 'none'],
  ['[::1]', 'none'],
  ['tempo', 'gzip'],
  ['10.0.0.1', 'gzip'],
  ['127.0.0.1.example.com', 'gzip'],
])('compression towards %s is %s', (host, expected) => {
  expect(compressionFor('gzip', host)).toBe(expected)
})

it('tells and counts what a server did not take', () => {
  const context = recordingContext()
  notePartialSuccess(context, 'traces', undefined)
  notePartialSuccess(context, 'traces', { rejected: 0, message: 'slow down' })
  notePartialSuccess(context, 'logs', { rejected: 3, message: 'too old' })
  expect(context.drops).toEqual([{ count: 3, reason: 'rejected_by_server' }])
  expect(context.logLines.map(({ fields }) => fields?.reason)).toEqual(['slow down', 'too old'])
})
