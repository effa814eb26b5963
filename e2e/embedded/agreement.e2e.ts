import { expect, test } from 'vitest'
import { writeRequest } from '../../host/stack/embedded/testing/write-request.ts'
import type { SeriesToWrite } from '../../host/stack/embedded/testing/write-request.ts'
import { startPrometheus } from '../prometheus.ts'
import { describeWith } from '../required.ts'
import type { Prometheus } from '../prometheus.ts'
import { startBackend } from './backend-process.ts'
import type { BackendProcess } from './backend-process.ts'
import { difference } from './compare-answers.ts'
import type { PrometheusAnswer } from './compare-answers.ts'
import { generateSeries, intervalMs, slice } from './metric-world.ts'
import type { Alignment } from './metric-world.ts'
import { PromqlGenerator } from './promql-generator.ts'

const steps = 180
const minute = 60_000
// Whole minutes, so that sample times and query times lie where the world puts them.
const start = Math.floor((Date.now() - 50 * minute) / minute) * minute
const end = start + steps * intervalMs
const seed = Number(process.env.AGREEMENT_SEED ?? 20_260)

/** Both with the same data. */
class Both {
  private readonly prometheus: Prometheus
  private readonly backend: BackendProcess

  private constructor(prometheus: Prometheus, backend: BackendProcess) {
    this.prometheus = prometheus
    this.backend = backend
  }

  static async with(alignment: Alignment): Promise<Both> {
    const both = new Both(await startPrometheus(), await startBackend())
    const world = generateSeries(seed, start, steps, alignment)
    for (let from = start; from < end; from += 10 * intervalMs)
      await both.write(slice(world, from, from + 10 * intervalMs))
    return both
  }

  /** Writes the same to both. */
  async write(series: readonly SeriesToWrite[]): Promise<void> {
    const body = writeRequest(series)
    const headers = {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    }
    for (const url of [this.prometheus.writeUrl, `http://${this.backend.addresses.mimir}/api/v1/push`]) {
      const answer = await fetch(url, { method: 'POST', headers, body })
      expect(answer.ok, await answer.text()).toBe(true)
    }
  }

  here(endpoint: string, parameters: Readonly<Record<string, string>>): Promise<PrometheusAnswer> {
    return ask(`http://${this.backend.addresses.mimir}/prometheus`, endpoint, parameters)
  }

  there(endpoint: string, parameters: Readonly<Record<string, string>>): Promise<PrometheusAnswer> {
    return ask(`http://${this.prometheus.address}`, endpoint, parameters)
  }

  async compare(
    endpoint: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<{ readonly problem: string | undefined; readonly answered: boolean }> {
    const [ours, theirs] = await Promise.all([this.here(endpoint, parameters), this.there(endpoint, parameters)])
    return { problem: difference(ours, theirs), answered: theirs.status === 'success' }
  }
}

async function ask(
  base: string,
  endpoint: string,
  parameters: Readonly<Record<string, string>>,
): Promise<PrometheusAnswer> {
  const response = await fetch(`${base}/api/v1/${endpoint}`, { method: 'POST', body: new URLSearchParams(parameters) })
  return (await response.json()) as PrometheusAnswer
}

describeWith(['prometheus'], 'agreement with Prometheus', () => {
  test('the backend agrees with Prometheus on generated queries, at one time and over a range', async () => {
    const both = await Both.with('apart')
    const generator = new PromqlGenerator(seed)
    const problems: string[] = []
    let answered = 0
    const count = Number(process.env.AGREEMENT_QUERIES ?? 600)
    for (let i = 0; i < count; i++) {
      const query = generator.expression()
      // Half a second off the whole seconds at which windows would meet samples or steps of subqueries exactly.
      const at = (start + 20 * minute + i * 2_000) / 1000 + 0.5
      const instant = await both.compare('query', { query, time: String(at) })
      const range = await both.compare('query_range', {
        query,
        start: String(start / 1000 + 300.5),
        end: String(end / 1000 + 200.5),
        step: '47',
      })
      if (instant.answered && range.answered) answered++
      if (instant.problem !== undefined) problems.push(`${query} @ ${at}: ${instant.problem}`)
      if (range.problem !== undefined) problems.push(`${query} over the range: ${range.problem}`)
    }
    expect(problems).toEqual([])
    // Refusals on both sides agree as well, but prove little.
    expect(answered).toBeGreaterThan(count / 2)
    expect(answered).toBeGreaterThan(300)
  })

  // Where Prometheus changed its mind between 2.42 and 3, the backend sides with 3, as Mimir does.
  test('the known differences are what they are said to be', async () => {
    const both = await Both.with('aligned')
    const at = { time: String((start + 20 * minute) / 1000) }
    const differs = async (query: string): Promise<void> => {
      const { problem, answered } = await both.compare('query', { query, ...at })
      expect(answered && problem !== undefined, query).toBe(true)
    }
    const same = async (here: string, there: string): Promise<void> => {
      const [ours, theirs] = [
        await both.here('query', { query: here, ...at }),
        await both.there('query', { query: there, ...at }),
      ]
      expect(difference(ours, theirs), here).toBeUndefined()
      expect((ours.data?.result as readonly unknown[]).length, here).toBeGreaterThan(0)
    }
    // A range is open at its start since 3.0: a millisecond less of a closed one.
    for (const name of ['count_over_time', 'sum_over_time', 'changes', 'last_over_time']) {
      await same(`${name}(temperature[2m])`, `${name}(temperature[119999ms])`)
    }
    await differs('count_over_time(temperature[2m])')
    await same('count_over_time(temperature[2m:15s])', 'count_over_time(temperature[119999ms:15s])')
    await differs('count_over_time(temperature[2m:15s])')
    // A counter that began in the window is extrapolated by half an interval at most since 2.55.
    const [first, last] = [start + 18 * minute + 30_000, start + 19 * minute + 15_000]
    await both.write([
      {
        labels: { __name__: 'fresh_total' },
        samples: [0, 10, 20, 30].map((more, i) => [first + i * intervalMs, 7 + more] as const),
      },
    ])
    await differs('increase(fresh_total[2m])')
    const ended = (start + 20 * minute - last) / 1000 >= 16.5 ? 7.5 : (start + 20 * minute - last) / 1000
    await same('increase(fresh_total[2m])', `vector(30 * (45 + 7.5 + ${ended}) / 45)`)
    // atan2 takes the metric name off since 2.46.
    await differs('temperature atan2 2')
    await same('temperature atan2 2', 'label_replace(temperature atan2 2, "__name__", "", "", "")')
    // The deviation of a single NaN or infinity is NaN since 2.53.
    await differs('stddev by (instance, job) (temperature * NaN)')
    await same('stddev by (instance, job) (temperature * NaN)', 'sum by (instance, job) (temperature * NaN)')
    // What hour NaN is depends on the processor.
    await differs('hour(temperature * NaN)')
    await same('hour(temperature * NaN)', 'abs(temperature * NaN)')
  })
})
