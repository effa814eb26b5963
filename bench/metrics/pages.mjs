// Exposition pages as applications write them: 42 % classic histogram series, 38 % counters, 20 % gauges, about 116 bytes a
// series, in several versions whose values differ.

export const versions = 4
const bounds = ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1.0', '2.5', '5.0', '10.0', '+Inf']
const linesPerHistogram = bounds.length + 2

/** The page of target `target` with exactly `count` series, in format `openmetrics` or `text`: one string per version. */
export function pagesOf(target, count, format) {
  return Array.from({ length: versions }, (_, version) => {
    const lines = []
    for (const { name, type, samples } of families(target, count, version)) {
      const named = format === 'text' && type === 'counter' ? `${name}_total` : name
      lines.push(`# HELP ${named} A ${type} of the benchmark.`, `# TYPE ${named} ${type}`)
      for (const { suffix, labels, value } of samples) lines.push(`${name}${suffix}{${pairs(labels)}} ${value}`)
    }
    if (format === 'openmetrics') lines.push('# EOF')
    return `${lines.join('\n')}\n`
  })
}

/** What a page says: `name{sorted labels}`, without job and instance, to the value in each version. */
export function expectedSamples(target, count) {
  const expected = new Map()
  for (let version = 0; version < versions; version++) {
    for (const { name, samples } of families(target, count, version)) {
      for (const { suffix, labels, value } of samples) {
        const key = seriesKey(name + suffix, labels)
        const values = expected.get(key) ?? []
        values.push(Number(value))
        expected.set(key, values)
      }
    }
  }
  return expected
}

export const seriesKey = (name, labels) => `${name}{${pairs([...labels].sort(([a], [b]) => (a < b ? -1 : 1)))}}`

const pairs = (labels) => labels.map(([name, value]) => `${name}="${value}"`).join(',')

function* families(target, count, version) {
  const histograms = Math.floor((count * 0.42) / linesPerHistogram)
  const counters = Math.floor(count * 0.38)
  const gauges = count - counters - histograms * linesPerHistogram
  yield* family('bench_request_duration_seconds', 6, histograms, 'histogram', (i) => histogram(target, i, version))
  yield* family('bench_http_requests', 12, counters, 'counter', (i) => [counter(target, i, version)])
  yield* family('bench_memory_working_set', 9, gauges, 'gauge', (i) => [gauge(target, i, version)])
}

/** Spreads `count` metrics over `names` families. */
function* family(prefix, names, count, type, metric) {
  for (let number = 0; number < names; number++) {
    const samples = []
    for (let i = number; i < count; i += names) samples.push(...metric(i))
    yield { name: `${prefix}_${number}`, type, samples }
  }
}

function histogram(target, i, version) {
  const bump = version * (1 + (i % 11))
  const own = [
    ['handler', `/api/v1/carts/${target}/${i}`],
    ['method', i % 2 === 0 ? 'GET' : 'POST'],
    ['pod', `checkout-6f7d9c-${i % 97}`],
  ]
  let total = 0
  const buckets = bounds.map((bound, b) => {
    total += 100 + ((i * 31 + b * 17) % 900) + bump
    return { suffix: '_bucket', labels: [...own, ['le', bound]], value: String(total) }
  })
  return [
    ...buckets,
    { suffix: '_count', labels: own, value: String(total) },
    { suffix: '_sum', labels: own, value: String(total * 0.0371 + bump / 3) },
  ]
}

function counter(target, i, version) {
  const labels = [
    ['code', String(200 + (i % 5))],
    ['handler', `/api/v1/orders/${target}/${i}`],
    ['method', i % 2 === 0 ? 'GET' : 'POST'],
    ['pod', `checkout-6f7d9c-${i % 97}`],
  ]
  return { suffix: '_total', labels, value: String(i * 1013 + target + version * (1 + (i % 37))) }
}

function gauge(target, i, version) {
  const labels = [
    ['container', `sidecar-${i}`],
    ['namespace', `shop-${target}`],
    ['pod', `checkout-6f7d9c-${i % 97}`],
  ]
  const value = i % 4 === 0 ? (i + 1) * 1.0625 + version / 7 : 1_000_000 + i * 4096 + version * 512
  return { suffix: '', labels, value: String(value) }
}
