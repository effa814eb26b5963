// The targets that are scraped and the server that takes remote write.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { listening, serveWorld } from '../measure/world.mjs'
import { expectedSamples, pagesOf, seriesKey, versions } from './pages.mjs'
import { countSamples, decodeSamples } from './remote-write.mjs'

const { decompress_raw: uncompress } = createRequire(import.meta.url)('snappy-wasm')
const contentTypes = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
}

serveWorld(({ targets, series, format, gzip, decodeEvery }) => {
  const totals = { served: 0, succeeded: 0, pageBytes: 0, requests: 0, samples: 0, wireBytes: 0, decoded: 0, wrong: 0 }
  const complaints = []
  let serving = true

  function target(number) {
    const pages = pagesOf(number, series, format).map((page) => (gzip ? gzipSync(page) : Buffer.from(page)))
    let version = 0
    return createServer((request, response) => {
      if (!serving) {
        response.writeHead(503).end()
        return
      }
      if (gzip && !/gzip/.test(request.headers['accept-encoding'] ?? '')) complain('gzip was not asked for')
      const page = pages[version++ % versions]
      response.writeHead(200, {
        'Content-Type': contentTypes[format],
        'Content-Length': page.length,
        ...(gzip && { 'Content-Encoding': 'gzip' }),
      })
      response.end(page, () => {
        totals.served++
        totals.pageBytes += page.length
      })
    })
  }

  function complain(text) {
    totals.wrong++
    if (complaints.length < 5) complaints.push(text)
  }

  const expected = new Map()
  function compare(bytes) {
    for (const { labels, value, stale, timestamp } of decodeSamples(bytes)) {
      const all = new Map(labels)
      const name = all.get('__name__')
      if (stale || !name.startsWith('bench_')) continue
      totals.decoded++
      const number = targetOf(all)
      const own = labels.filter(([label]) => !['__name__', 'job', 'instance', 'shop'].includes(label))
      if (!expected.has(number)) expected.set(number, expectedSamples(number, series))
      const key = seriesKey(name, own)
      const values = expected.get(number).get(key)
      if (values === undefined) complain(`no target exposes ${key}`)
      else if (!values.includes(value)) complain(`${key} never was ${value}`)
      if (Math.abs(timestamp - Date.now()) > 60_000) complain(`${key} has the time ${timestamp}`)
      if (all.get('job') !== 'bench' || all.get('instance') === undefined) complain(`${key} has no job or instance`)
    }
  }

  const instances = new Map()
  const targetOf = (labels) => instances.get(labels.get('instance'))

  const sink = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      response.writeHead(204).end()
      totals.requests++
      totals.wireBytes += body.length
      const bytes = uncompress(body)
      countSamples(bytes, totals)
      if (totals.requests % decodeEvery === 0) compare(bytes)
    })
  })

  return {
    async start() {
      const ports = []
      for (let number = 0; number < targets; number++) {
        const port = await listening(target(number))
        instances.set(`127.0.0.1:${port}`, number)
        ports.push(port)
      }
      return { targets: ports, sink: await listening(sink) }
    },
    totals: () => ({ ...totals }),
    complaints: () => complaints,
    endServing: () => {
      serving = false
    },
    resumeServing: () => {
      serving = true
    },
  }
})
