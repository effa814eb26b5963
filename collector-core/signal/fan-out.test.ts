import { describe, expect, test } from 'vitest'
import { RecordingMetrics } from '../testing/recording-receiver.ts'
import { fanOut } from './fan-out.ts'
import { metricBatch } from './metric-batch.ts'
import { accepted, refused } from './receiver.ts'

const batch = metricBatch([], new Float64Array(0), 0)

describe('fanOut', () => {
  test('hands the batch to every receiver before waiting for any', async () => {
    const [first, second] = [new RecordingMetrics(), new RecordingMetrics()]
    let release = (): void => undefined
    first.answer = () => new Promise((resolve) => (release = () => resolve(accepted)))
    const answer = fanOut('metrics', [first, second]).accept(batch)
    expect(second.batches).toHaveLength(1)
    release()
    expect(await answer).toEqual(accepted)
  })

  test('refuses when one refuses, with all reasons and the longest wait', async () => {
    const receivers = [new RecordingMetrics(), new RecordingMetrics(), new RecordingMetrics()]
    receivers[0].answer = () => refused('disk full', false, 50)
    receivers[2].answer = () => refused('queue full', true, 2000)
    expect(await fanOut('metrics', receivers).accept(batch)).toEqual(refused('disk full; queue full', true, 2000))
  })

  test('accepts into nothing and keeps a single receiver as it is', async () => {
    expect(await fanOut('metrics', []).accept(batch)).toEqual(accepted)
    const only = new RecordingMetrics()
    expect(fanOut('metrics', [only])).toBe(only)
  })
})
