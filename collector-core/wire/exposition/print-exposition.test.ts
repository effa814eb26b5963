import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Labels } from '../../signal/labels.ts'
import { metricBatch } from '../../signal/metric-batch.ts'
import type { SeriesMaker } from './exposition.ts'
import { printExposition } from './print-exposition.ts'
import { parseTextExposition } from './text-exposition.ts'
import type { TextFormat } from './text-exposition.ts'

const asLabels: SeriesMaker<Labels> = { series: (name, labels) => Labels.of([['__name__', name], ...labels]) }
const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.constantFrom('a\nb', 'a"b', 'a\\b', 'é', ' ', '}'),
)
const labels = fc
  .tuple(
    fc.oneof(fc.constantFrom('up', 'a:b'), anyText),
    fc.array(fc.tuple(fc.oneof(fc.constantFrom('job', 'le'), anyText), anyText), { maxLength: 3 }),
  )
  .map(([name, rest]) => Labels.of([...rest.filter(([label]) => label !== '__name__'), ['__name__', name]]))
const sample = fc.tuple(labels, fc.double(), fc.integer({ min: 0, max: 4_000_000_000_000 }))

it.each<TextFormat>(['text', 'openmetrics'])('what is printed as %s reads back as it was', (format) => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 6 }), (samples) => {
      const batch = metricBatch(
        samples.map(([series]) => series),
        Float64Array.from(samples, ([, value]) => value),
        Float64Array.from(samples, ([, , timestamp]) => timestamp),
      )
      const result = parseTextExposition(Buffer.from(printExposition(batch, format)), format, asLabels)
      if (!result.ok) throw new Error(result.error.reason)
      const { exposition } = result
      expect(exposition.series.map(String)).toEqual(batch.series.map(String))
      expect([...exposition.values.subarray(0, exposition.count)]).toEqual([...batch.values])
      // Seconds with a fraction, multiplied and cut off, may lose a millisecond, as in Prometheus.
      samples.forEach(([, , timestamp], i) => {
        expect(Math.abs((exposition.timestamps?.[i] ?? NaN) - timestamp)).toBeLessThanOrEqual(format === 'text' ? 0 : 1)
      })
    }),
  )
})

it('prints metadata, exemplars and histograms', () => {
  const series = Labels.from({ __name__: 'a_seconds_total', x: '1' })
  const batch = metricBatch([series, series], Float64Array.of(1, 2), 1500, {
    staleFrom: 1,
    exemplars: [{ series, labels: Labels.from({ trace_id: 't' }), value: 0.5, timestamp: 2000 }],
    metadata: [{ family: 'a_seconds', type: 'counter', help: 'Help\nme.', unit: 'seconds' }],
    histograms: [
      {
        series: Labels.from({ __name__: 'h' }),
        timestamp: 1500,
        histogram: {
          ...{ float: false, schema: 3, zeroThreshold: 0, zeroCount: 0, count: 7, sum: 2.5, resetHint: 'no' as const },
          ...{ positiveSpans: [], positiveBuckets: [], negativeSpans: [], negativeBuckets: [], customValues: [] },
          stale: false,
        },
      },
    ],
  })
  expect(printExposition(batch, 'openmetrics')).toBe(
    `# HELP a_seconds Help\\nme.
# TYPE a_seconds counter
# UNIT a_seconds seconds
a_seconds_total{x="1"} 1 1.5 # {trace_id="t"} 0.5 2
a_seconds_total{x="1"} NaN 1.5
h_count 7 1.5
h_sum 2.5 1.5
h_bucket{le="+Inf"} 7 1.5
# EOF
`,
  )
  expect(printExposition(batch, 'text')).toContain('# TYPE a_seconds counter\na_seconds_total{x="1"} 1 1500\n')
})
