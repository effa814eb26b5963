import { describe, expect, it } from 'vitest'
import { Labels } from '../signal/labels.ts'
import { metricBatch } from '../signal/metric-batch.ts'
import { accepted, refused } from '../signal/receiver.ts'
import type { Receiver } from '../signal/receiver.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { RecordingMetrics } from '../testing/recording-receiver.ts'
import { Edge } from './edge.ts'

const series = [Labels.from({ __name__: 'up' }), Labels.from({ __name__: 'down' })]
const batch = metricBatch(series, Float64Array.of(1, 2), 1000)
const ends = { from: 'a', to: 'b' }

describe('an edge', () => {
  it('counts batches, items, bytes, waiting and refusals, and passes the answer on', async () => {
    const clock = new FakeClock()
    const consumer = new RecordingMetrics()
    const edge = new Edge(ends, consumer, clock, () => undefined)
    expect(await edge.accept(batch)).toEqual(accepted)
    consumer.answer = async () => {
      await clock.sleep(40)
      return refused('full', true, 5)
    }
    const answer = edge.accept(batch)
    expect(edge.counts().inFlight).toBe(1)
    await clock.advance(40)
    expect(await answer).toEqual(refused('full', true, 5))
    expect(edge.counts()).toEqual({
      batches: 2,
      items: 4,
      bytes: 64,
      refusedItems: 2,
      failedBatches: 0,
      waitingMs: 40,
      inFlight: 0,
      lastRefusal: 'full',
    })
  })

  it('turns a bug of the consumer into a refusal that is not retried, and tells', async () => {
    const failures: unknown[] = []
    const broken: Receiver<'metrics'> = { signal: 'metrics', accept: () => Promise.reject(new Error('boom')) }
    const edge = new Edge(ends, broken, new FakeClock(), (error) => failures.push(error))
    expect(await edge.accept(batch)).toMatchObject({
      kind: 'refused',
      retryable: false,
      reason: 'b failed on this batch: boom',
    })
    expect(edge.counts()).toMatchObject({ failedBatches: 1, inFlight: 0 })
    expect(failures).toHaveLength(1)
  })

  it('refuses for good once the gate is closed, and says why', async () => {
    const gate: { closed: string | undefined } = { closed: undefined }
    const consumer = new RecordingMetrics()
    const edge = new Edge(ends, consumer, new FakeClock(), () => undefined, gate)
    await edge.accept(batch)
    gate.closed = 'b has stopped'
    expect(await edge.accept(batch)).toEqual(refused('b has stopped'))
    expect(consumer.samples).toHaveLength(2)
    expect(edge.counts()).toMatchObject({ items: 4, refusedItems: 2, lastRefusal: 'b has stopped' })
  })

  it('shows batches to every tap while there is one', async () => {
    const consumer = new RecordingMetrics()
    const edge = new Edge(ends, consumer, new FakeClock(), () => undefined)
    const seen: string[] = []
    const end = edge.observe((signal) => seen.push(`first ${signal}`))
    const endOther = edge.observe((signal) => seen.push(`second ${signal}`))
    await edge.accept(batch)
    end()
    await edge.accept(batch)
    endOther()
    await edge.accept(batch)
    expect(seen).toEqual(['first metrics', 'second metrics', 'second metrics'])
    expect(consumer.samples).toHaveLength(6)
  })
})
