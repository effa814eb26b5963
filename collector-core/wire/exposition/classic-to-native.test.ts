import { expect, it } from 'vitest'
import { ClassicToNative } from './classic-to-native.ts'
import { plainExposition, seriesAsText } from './testing/plain-exposition.ts'
import { parseTextExposition } from './text-exposition.ts'

function convert(text: string, keepClassic = false) {
  const converter = new ClassicToNative(seriesAsText, keepClassic)
  const result = parseTextExposition(Buffer.from(`${text}# EOF\n`), 'openmetrics', converter)
  if (!result.ok) throw new Error(result.error.reason)
  const { samples, exemplars, histograms } = plainExposition(converter.convert(result.exposition))
  return {
    samples: samples.map(({ series, value }) => `${series.replace(/ of .*/, '')} ${value}`),
    exemplars,
    histograms: histograms.map(({ series, histogram, before, exemplars }) => ({
      series: series.replace(/ of .*/, ''),
      bounds: histogram.customValues,
      buckets: histogram.positiveBuckets,
      count: histogram.count,
      sum: histogram.sum,
      float: histogram.float,
      before,
      exemplars: exemplars.map(({ labels }) => labels),
    })),
  }
}

const latency = `# TYPE h histogram
h_bucket{a="x",le="0.1"} 2 # {t="e"} 0.05
h_bucket{a="x",le="1"} 5
h_bucket{a="x",le="+Inf"} 6
h_count{a="x"} 6
h_sum{a="x"} 7.5
`
const native = {
  series: 'h{a="x"}',
  bounds: [0.1, 1],
  buckets: [2, 1, -2],
  count: 6,
  sum: 7.5,
  float: false,
  before: 0,
  exemplars: [{ t: 'e' }],
}

it('turns one classic histogram into one native one', () => {
  expect(convert(latency)).toEqual({ samples: [], exemplars: [], histograms: [native] })
})

it('keeps the classic series when asked to', () => {
  const { samples, histograms } = convert(latency, true)
  expect(samples).toHaveLength(5)
  expect(histograms).toEqual([{ ...native, before: 0 }])
})

it('leaves other series alone and keeps their order and exemplars', () => {
  const { samples, histograms, exemplars } = convert(
    `# TYPE c counter\nc_total 1\n${latency}# TYPE d counter\nd_total 2 # {t="d"} 1\n`,
  )
  expect(samples).toEqual(['c_total{} 1', 'd_total{} 2'])
  expect(exemplars).toMatchObject([{ index: 1, labels: { t: 'd' } }])
  expect(histograms).toMatchObject([{ before: 1 }])
})

it('tells histograms of one family apart by their labels', () => {
  expect(convert(latency + latency.replace(/^#.*\n/, '').replaceAll('"x"', '"y"')).histograms).toMatchObject([
    { series: 'h{a="x"}' },
    { series: 'h{a="y"}' },
  ])
})

it('adds the missing +Inf bucket, and takes the count from it when none is given', () => {
  expect(convert('# TYPE h histogram\nh_bucket{le="1"} 2\nh_count 3\n').histograms).toMatchObject([
    { bounds: [1], buckets: [2, -1], count: 3, sum: 0 },
  ])
  expect(convert('# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 4\n').histograms).toMatchObject([
    { count: 4 },
  ])
})

it('makes a float histogram of fractional counts', () => {
  expect(convert('# TYPE h histogram\nh_bucket{le="1"} 0.5\nh_bucket{le="2"} 2\nh_count 2\n').histograms).toMatchObject(
    [{ float: true, buckets: [0.5, 1.5, 0], bounds: [1, 2] }],
  )
})

it.each([
  ['buckets that shrink', 'h_bucket{le="1"} 5\nh_bucket{le="2"} 4\nh_count 5\n'],
  ['a count beside the +Inf bucket', 'h_bucket{le="+Inf"} 5\nh_count 6\n'],
  ['a bucket given twice', 'h_bucket{le="1"} 1\nh_bucket{le="1"} 2\nh_count 5\n'],
  ['a count below zero', 'h_count -1\n'],
])('emits nothing for %s', (_, lines) => {
  expect(convert(`# TYPE h histogram\n${lines}`)).toEqual({ samples: [], exemplars: [], histograms: [] })
})

it.each([
  ['another type', '# TYPE h gauge\nh_bucket{le="1"} 5\nh_count 5\n'],
  ['another family', '# TYPE g histogram\nh_bucket{le="1"} 5\nh_count 5\n'],
])('does not touch series of %s', (_, lines) => {
  expect(convert(lines)).toMatchObject({ samples: [expect.any(String), expect.any(String)], histograms: [] })
})
