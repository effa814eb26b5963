import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ImageProgress } from './pull-progress.ts'
import { PullRate } from './pull-rate.ts'

const [a, b] = ['a'.repeat(12), 'b'.repeat(12)]
const line = (id: string, status: string, current?: number, total?: number) => ({
  id,
  status,
  progressDetail: { current, total },
})

describe('the progress of a pull', () => {
  test('adds up layers and ends at one', () => {
    const progress = new ImageProgress('x')
    progress.take({ id: '3.7.6', status: 'Pulling from grafana/loki' })
    progress.take(line(a, 'Pulling fs layer'))
    progress.take(line(b, 'Downloading', 0, 300))
    progress.take(line(a, 'Downloading', 50, 100))
    expect(progress.value).toMatchObject({ state: 'downloading', downloadedBytes: 50, totalBytes: 400 })
    progress.take(line(a, 'Download complete'))
    progress.take(line(a, 'Extracting', 100, 100))
    progress.take(line(a, 'Pull complete'))
    expect(progress.value.fraction).toBeCloseTo(0.25)
    progress.finish('done')
    expect(progress.value.fraction).toBe(1)
  })

  test('a failure inside the stream is kept', () => {
    const progress = new ImageProgress('x')
    progress.take({ errorDetail: { message: 'no space left on device' }, error: 'no space left on device' })
    expect(progress.failure).toBe('no space left on device')
    expect(progress.value.state).toBe('failed')
  })

  test('whatever lines come, the fraction never falls, never leaves 0 to 1 and bytes never exceed their total', () => {
    const status = fc.constantFrom(
      'Pulling fs layer',
      'Waiting',
      'Downloading',
      'Verifying Checksum',
      'Extracting',
      'Pull complete',
      'Already exists',
    )
    const size = fc.option(fc.oneof(fc.nat(1000), fc.constantFrom(-1, NaN, Infinity)), { nil: undefined })
    const lines = fc.array(
      fc.record({
        id: fc.constantFrom(a, b, 'tag'),
        status,
        progressDetail: fc.record({ current: size, total: size }),
      }),
    )
    fc.assert(
      fc.property(lines, (all) => {
        const progress = new ImageProgress('x')
        let last = 0
        for (const one of all) {
          progress.take(one)
          const { fraction } = progress.value
          expect(fraction).toBeGreaterThanOrEqual(last)
          expect(fraction).toBeLessThan(1)
          last = fraction
        }
      }),
    )
  })

  test('the rate is that of the last seconds', () => {
    const rate = new PullRate()
    const at = (bytes: number, now: number): number =>
      rate.measure(
        [{ image: 'x', state: 'downloading', downloadedBytes: bytes, totalBytes: undefined, fraction: 0 }],
        now,
      ).bytesPerSecond
    expect(at(0, 0)).toBe(0)
    expect(at(1000, 1000)).toBe(1000)
    for (let second = 2; second < 20; second++) at(1000, second * 1000)
    expect(at(1000, 20_000)).toBe(0)
  })
})
