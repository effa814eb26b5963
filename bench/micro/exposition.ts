// CPU nanoseconds per sample of reading an exposition: the full parser, the cached reader when nothing moves, when every record
// moves, and when a tenth of the series is new each time. Bundle it, then run it with Node.
import { CachedTextReader } from '../../collector-core/wire/exposition/cached-text-reader.ts'
import type { SeriesMaker } from '../../collector-core/wire/exposition/exposition.ts'
import { parseTextExposition } from '../../collector-core/wire/exposition/text-exposition.ts'
import { Labels } from '../../collector-core/signal/labels.ts'

const families = 100
const perFamily = 100
const groups = 5
const maker: SeriesMaker<Labels> = {
  series: (name, labels) => Labels.of([['__name__', name], ...labels]),
}

interface Page {
  readonly body: Uint8Array
  readonly samples: number
}

function page(version: number, order: 'kept' | 'shuffled' | 'churned', exemplars = false): Page {
  const lines: string[] = []
  for (let f = 0; f < families; f++) {
    const name = `http_server_requests_seconds_${f}`
    lines.push(`# HELP ${name} Requests served.`, `# TYPE ${name} histogram`)
    const body: string[] = []
    for (let s = 0; s < perFamily; s++) {
      const pod = order === 'churned' && s % 10 === 0 ? `${s}-${version}` : s
      const value = s % 3 === 0 ? (version * 1.37 + s * 0.113).toFixed(6) : String(version * 1000 + s * 17)
      const exemplar =
        exemplars && s % 5 === 0 ? ` # {trace_id="a1b2c3d4e5f6789012345678901234ab"} 0.085 1705290000` : ''
      body.push(
        `${name}_bucket{method="GET",outcome="SUCCESS",status="200",uri="/api/v1/orders/${pod}",le="0.5"} ${value}${exemplar}`,
      )
    }
    if (order === 'shuffled')
      body.sort((a, b) => ((a.length * 31 + version * 7) % 11) - ((b.length * 17 + version) % 13))
    lines.push(...body)
  }
  return { body: Buffer.from(`${lines.join('\n')}\n# EOF\n`), samples: families * perFamily }
}

function measure(label: string, pages: readonly Page[], read: (body: Uint8Array) => void, rounds: number): void {
  for (let i = 0; i < 40; i++) read(pages[i % pages.length].body)
  // CPU time, so that what else runs on the machine counts little.
  const times: number[] = []
  for (let group = 0; group < groups; group++) {
    const started = process.cpuUsage()
    let samples = 0
    for (let i = 0; i < rounds / groups; i++) {
      const page = pages[(group * Math.ceil(rounds / groups) + i) % pages.length]
      read(page.body)
      samples += page.samples
    }
    const { user, system } = process.cpuUsage(started)
    times.push(((user + system) * 1000) / samples)
  }
  times.sort((a, b) => a - b)
  const bytes = Math.round(pages[0].body.length / pages[0].samples)
  console.log(
    `${label.padEnd(44)} ${times[times.length >> 1].toFixed(0).padStart(6)} ns/sample (median), ${bytes} B/sample`,
  )
}

const reading = (format: 'text' | 'openmetrics') => {
  const reader = new CachedTextReader(format, maker)
  return (body: Uint8Array): void => {
    const result = reader.read(body)
    if (!result.ok) throw new Error(result.error.reason)
  }
}
const versions = [1, 2, 3, 4]
const kept = versions.map((version) => page(version, 'kept'))
measure('cached reader, nothing moves', kept, reading('openmetrics'), 400)
measure(
  'cached reader, every fifth has an exemplar',
  versions.map((version) => page(version, 'kept', true)),
  reading('openmetrics'),
  200,
)
measure(
  'cached reader, order changes every time',
  versions.map((version) => page(version, 'shuffled')),
  reading('openmetrics'),
  200,
)
measure(
  'cached reader, a tenth is new every time',
  Array.from({ length: 60 }, (_, i) => page(i, 'churned')),
  reading('openmetrics'),
  60,
)
measure('full parser', kept, (body) => void parseTextExposition(body, 'openmetrics', maker), 40)
