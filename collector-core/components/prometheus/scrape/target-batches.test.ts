import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Labels } from '../../../signal/labels.ts'
import { drained } from '../../../wire/exposition/exposition.ts'
import { StringPool } from './string-pool.ts'
import { TargetBatches } from './target-batches.ts'

const limits = {
  ...{ bodyBytes: 1e6, samples: 8, labels: 64, labelNameBytes: 100, labelValueBytes: 100, buckets: 0 },
  finestSchema: 8,
}
const options = {
  target: Labels.from({ job: 'j' }),
  merge: { honorLabels: false, utf8: false, limits },
  limits,
  ...{ honorTimestamps: true, trackTimestamps: false, honorMetadata: false, extraMetrics: false },
  ...{ native: false, classic: false, convertClassic: false },
}
const report = {
  ...{ up: true, durationSeconds: 0, scraped: 0, kept: 0, added: 0 },
  ...{ timeoutSeconds: 10, sampleLimit: 0, bodyBytes: 0 },
}

interface Line {
  readonly name: string
  readonly value: number
  readonly stamped: boolean
}
const line = fc.record<Line>({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e{x="1",y="2"}', 'e{y="2",x="1"}'),
  value: fc.nat(9),
  stamped: fc.boolean(),
})
const scrape = fc.record({
  lines: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.array(line, { maxLength: 10 }) },
  ),
  broken: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  taken: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
})

/** What a series is called whatever order its labels are written in. */
const identity = (name: string): string => (name.startsWith('e') ? 'e' : name)

it('emits what is exposed and marks exactly the series that end, whatever happens in between', () => {
  fc.assert(
    fc.property(fc.array(scrape, { maxLength: 12 }), (history) => {
      const batches = new TargetBatches(options, new StringPool())
      let lines: readonly Line[] = []
      let alive = new Set<string>()
      let unmarked = new Set<string>()
      history.forEach(({ lines: changed, broken, taken }, time) => {
        // Mostly the same series again with other values, which is the steady state.
        lines = changed ?? lines.map((before) => ({ ...before, value: (before.value + time) % 10 }))
        const text = lines.map(({ name, value, stamped }) => `${name} ${value}${stamped ? ' 5' : ''}\n`).join('')
        const result = drained(batches.reading(Buffer.from(broken ? `${text}broken\n` : text), 'text'))
        expect(result.ok).toBe(!broken)
        const problem = result.ok ? drained(batches.append(result.exposition, time)).problem : undefined
        const failed = broken || lines.length > limits.samples
        expect(problem !== undefined).toBe(!broken && lines.length > limits.samples)
        const batch = drained(batches.finish(report, time, failed))

        // The model: unstamped repetitions are dropped, unstamped series are alive.
        const expected: string[] = []
        const seen = new Set<string>()
        const nowAlive = new Set<string>()
        for (const { name, value, stamped } of failed ? [] : lines) {
          const id = identity(name)
          if (!stamped && seen.has(id)) continue
          seen.add(id)
          if (!stamped) nowAlive.add(id)
          expected.push(`${id} ${value} @${stamped ? 5 : time}`)
        }
        const ended = new Set(
          [...alive, ...unmarked].filter(
            (id) => !nowAlive.has(id) && !(unmarked.has(id) && !alive.has(id) && seen.has(id)),
          ),
        )

        const shown = batch.series.map((series, i) => {
          const at = typeof batch.timestamps === 'number' ? batch.timestamps : batch.timestamps[i]
          return {
            id: identity(series.get('__name__')),
            text: `${identity(series.get('__name__'))} ${batch.values[i]} @${at}`,
            at,
          }
        })
        const samples = batch.staleFrom - 5
        expect(shown.slice(0, samples).map(({ text }) => text)).toEqual(expected)
        expect(new Set(shown.slice(batch.staleFrom).map(({ id }) => id))).toEqual(ended)
        expect(shown.length - batch.staleFrom).toBe(ended.size)
        expect(shown.slice(samples).every(({ at }) => at === time)).toBe(true)
        batches.settle(taken)
        unmarked = taken ? new Set() : ended
        alive = nowAlive
      })
    }),
    { numRuns: 600 },
  )
})
