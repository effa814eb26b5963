import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepted, refused } from '../../../../signal/receiver.ts'
import type { Acceptance } from '../../../../signal/receiver.ts'
import type { OtlpBatch } from '../../../../signal/otlp-batch.ts'
import { FakeClock } from '../../../../testing/fake-clock.ts'
import { requestFromJson } from '../../../../wire/otlp/from-json.ts'
import { requestToJson } from '../../../../wire/otlp/to-json.ts'
import { Gathering } from './gathering.ts'
import type { FlushReason, GatheringLimits } from './gathering.ts'

/** A request of spans with these names. */
function request(...names: string[]): OtlpBatch {
  const json = { resourceSpans: [{ scopeSpans: [{ spans: names.map((name) => ({ name })) }] }] }
  const encoded = requestFromJson('traces', JSON.stringify(json))
  if ('problem' in encoded) throw new Error(encoded.problem)
  return { kind: 'traces', bytes: encoded.bytes, items: names.length }
}

const letters = (text: string): string[] => Array.from(text)

/** The names of the spans in a request. */
function namesOf({ bytes }: OtlpBatch): string[] {
  const json = requestToJson('traces', bytes) as { resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[] }
  return json.resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
  )
}

function start(limits: Partial<GatheringLimits> = {}) {
  const clock = new FakeClock()
  const sent: { names: string[]; items: number; reason: FlushReason }[] = []
  const answers: ((acceptance: Acceptance) => void)[] = []
  const gathering = new Gathering(
    'traces',
    clock,
    { timeout: 200, send_batch_size: 4, send_batch_max_size: 6, ...limits },
    (batch, reason) => {
      sent.push({ names: namesOf(batch), items: batch.items, reason })
      return new Promise((resolve) => answers.push(resolve))
    },
  )
  return { clock, sent, answers, gathering }
}

describe('gathering', () => {
  it('waits for the timeout, counted from the first request', async () => {
    const { clock, sent, gathering } = start()
    void gathering.add(request('a'))
    await clock.advance(150)
    void gathering.add(request('b'))
    await clock.advance(49)
    expect(sent).toEqual([])
    await clock.advance(1)
    expect(sent).toEqual([{ names: ['a', 'b'], items: 2, reason: 'timeout' }])
    await clock.advance(1000)
    expect(sent.length).toBe(1)
  })

  it('sends at once what is full, and starts the timeout anew', async () => {
    const { clock, sent, gathering } = start()
    void gathering.add(request('a', 'b', 'c'))
    await clock.advance(100)
    void gathering.add(request('d'))
    expect(sent).toEqual([{ names: ['a', 'b', 'c', 'd'], items: 4, reason: 'size' }])
    void gathering.add(request('e'))
    await clock.advance(199)
    expect(sent.length).toBe(1)
    await clock.advance(1)
    expect(sent[1]).toEqual({ names: ['e'], items: 1, reason: 'timeout' })
  })

  it('cuts what is larger than a batch may be', () => {
    const { sent, gathering } = start()
    void gathering.add(request(...letters('abcdefghijklmn')))
    expect(sent.map(({ names }) => names.join(''))).toEqual(['abcdef', 'ghijkl', 'mn'])
  })

  it('sends each request at once when the timeout is 0', () => {
    const { sent, gathering } = start({ timeout: 0 })
    void gathering.add(request('a'))
    void gathering.add(request('b'))
    expect(sent.map(({ names }) => names)).toEqual([['a'], ['b']])
  })

  it('sends each request at once when the size is 0, as the Collector does', () => {
    const { sent, gathering } = start({ send_batch_size: 0, send_batch_max_size: 0 })
    void gathering.add(request('a'))
    void gathering.add(request('b'))
    expect(sent.map(({ names }) => names)).toEqual([['a'], ['b']])
  })

  it('gives every caller the answer of its batch, the worst one where it was cut', async () => {
    const { answers, gathering } = start()
    const first = gathering.add(request('a'))
    const second = gathering.add(request('b', 'c', 'd'))
    const third = gathering.add(request(...letters('abcdefgh')))
    answers[0](accepted)
    expect(await Promise.all([first, second])).toEqual([accepted, accepted])
    answers[1](accepted)
    answers[2](refused('full', true, 10))
    expect(await third).toEqual(refused('full', true, 10))
  })

  it('sends everything when it stops, waits for the answers, and keeps nothing back afterwards', async () => {
    const { clock, sent, answers, gathering } = start()
    void gathering.add(request('a'))
    let stopped = false
    const stopping = gathering.stop().then(() => (stopped = true))
    expect(sent.map(({ names }) => names)).toEqual([['a']])
    await clock.advance(0)
    expect(stopped).toBe(false)
    answers[0](accepted)
    await stopping
    void gathering.add(request('b'))
    expect(sent.length).toBe(2)
  })

  it('loses, repeats and reorders nothing, whatever comes when', async () => {
    const step = fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((items) => ({ items })),
      fc.integer({ min: 0, max: 300 }).map((ms) => ({ ms })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { clock, sent, gathering } = start()
        const given: string[] = []
        for (const action of steps) {
          if ('ms' in action) await clock.advance(action.ms)
          else {
            const names = Array.from({ length: action.items }, (_, i) => `${given.length + i}`)
            given.push(...names)
            void gathering.add(request(...names))
          }
        }
        await clock.advance(200)
        expect(sent.flatMap(({ names }) => names)).toEqual(given)
        for (const { names, items } of sent) {
          expect(items).toBe(names.length)
          expect(items).toBeLessThanOrEqual(6)
        }
      }),
      { numRuns: 30 },
    )
  })
})
