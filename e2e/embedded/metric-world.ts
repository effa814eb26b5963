import { stale } from '../../host/stack/embedded/testing/write-request.ts'
import type { SeriesToWrite } from '../../host/stack/embedded/testing/write-request.ts'
import { Random } from './random.ts'

/** How the times of a world lie: apart from what queries ask for, or on whole multiples of the interval. */
export type Alignment = 'apart' | 'aligned'

export const intervalMs = 15_000

/**
 * Counters with resets, gauges with NaN and infinities, classic histograms; series that begin late, pause, end with a
 * staleness marker and come back. `steps` scrapes from `start` on.
 */
export function generateSeries(seed: number, start: number, steps: number, alignment: Alignment): SeriesToWrite[] {
  const random = new Random(seed)
  const series: SeriesToWrite[] = []
  const jobs = ['api', 'web', 'db']
  const regions = ['eu', 'us', '']
  for (const job of jobs) {
    for (let instance = 0; instance < 3; instance++) {
      const target: Record<string, string> = { job, instance: `host-${instance}:9100` }
      const region = regions[instance]
      if (region !== '') target.region = region
      const phase = alignment === 'aligned' ? 0 : random.whole(11, 480)
      const alive = lifeOf(random, steps)
      const times = Array.from({ length: steps }, (_, i) => start + i * intervalMs + phase)
      const add = (name: string, extra: Record<string, string>, value: (step: number) => number): void => {
        const samples: [time: number, value: number | typeof stale][] = []
        alive.forEach((state, i) => {
          if (state === 'up') samples.push([times[i], value(i)])
          else if (state === 'stale') samples.push([times[i], stale])
        })
        series.push({ labels: { __name__: name, ...target, ...extra }, samples })
      }
      for (const code of ['200', '404', '500']) {
        let count = random.whole(100_000, 900_000)
        add('requests_total', { code }, () => {
          count = random.chance(0.02) ? random.whole(20_000, 40_000) : count + random.next() * 1000
          return count
        })
      }
      let level = random.next() * 100
      add('temperature', {}, () => (level += random.next() * 10 - 5))
      add('queue_length', { queue: random.pick(['a', 'b']) }, () =>
        random.chance(0.02) ? random.pick([NaN, Infinity, -Infinity, 0]) : random.whole(-20, 1000),
      )
      add('up', {}, () => Number(random.chance(0.9)))
      const bounds = ['0.1', '0.5', '1', '5', '+Inf']
      const counts = bounds.map(() => random.whole(1000, 2000))
      const grow = (step: number, bucket: number): number => {
        if (bucket === 0) for (let i = 0; i < counts.length; i++) counts[i] += random.whole(0, 30)
        return counts.slice(0, bucket + 1).reduce((sum, count) => sum + count, step * 0)
      }
      const columns = Array.from({ length: steps }, (_, step) => bounds.map((_, bucket) => grow(step, bucket)))
      bounds.forEach((le, bucket) => add('latency_seconds_bucket', { le }, (step) => columns[step][bucket]))
      add('latency_seconds_count', {}, (step) => columns[step][bounds.length - 1])
    }
  }
  return series
}

type State = 'up' | 'gone' | 'stale'

function lifeOf(random: Random, steps: number): State[] {
  const states = new Array<State>(steps).fill('up')
  if (random.chance(0.3)) states.fill('gone', 0, random.whole(5, Math.floor(steps / 3)))
  if (random.chance(0.5)) {
    const at = random.whole(Math.floor(steps / 2), steps - 20)
    states[at] = 'stale'
    states.fill('gone', at + 1, at + random.whole(3, 18))
  }
  for (let i = 0; i < steps; i++) if (states[i] === 'up' && random.chance(0.03)) states[i] = 'gone'
  return states
}

/** The part `[from, to)` of a world, to write it in order of time. */
export function slice(series: readonly SeriesToWrite[], from: number, to: number): SeriesToWrite[] {
  return series.flatMap(({ labels, samples }) => {
    const within = samples.filter(([time]) => time >= from && time < to)
    return within.length === 0 ? [] : [{ labels, samples: within }]
  })
}
