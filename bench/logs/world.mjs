// A Docker Engine with one talkative container, and a server that takes Loki pushes.
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { listening, serveWorld } from '../measure/world.mjs'
import { isDebug, linesPerBlock, lineText, LogBlock } from './lines.mjs'
import { countEntries, PushRequest } from './push.mjs'

const { decompress_raw: uncompress } = createRequire(import.meta.url)('snappy-wasm')

serveWorld(({ socketPath, container, withoutDebug, decodeEvery }) => {
  const totals = { lines: 0, expected: 0, items: 0, requests: 0, wireBytes: 0, decoded: 0, wrong: 0, lastAt: 0 }
  const complaints = []
  const texts = Array.from({ length: linesPerBlock }, (_, index) => lineText(index))
  const kept = texts.filter((_, index) => !withoutDebug || !isDebug(index)).length
  const block = new LogBlock()
  // Lines of one block are a millisecond; a log read at full speed runs ahead of the clock, so it starts in the past.
  let time = Date.now() - 3_600_000
  let running = false
  let wake = () => undefined
  let follower

  const engine = createServer((request, response) => {
    const path = new URL(request.url, 'http://docker').pathname.replace(/^\/v\d+\.\d+/, '')
    if (path === `/containers/${container}/logs`) follow(response)
    else answer(response, path)
  })

  function answer(response, path) {
    const state = { Running: true, StartedAt: '2026-01-01T00:00:00Z', FinishedAt: '' }
    const answers = {
      '/version': { ApiVersion: '1.47', MinAPIVersion: '1.24' },
      '/containers/json': [],
      '/networks': [],
      [`/containers/${container}/json`]: { Id: container, Config: { Tty: false }, State: state },
    }
    if (path === '/events') response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders()
    else if (path === '/_ping') response.end('OK')
    else response.writeHead(path in answers ? 200 : 404).end(JSON.stringify(answers[path] ?? { message: path }))
  }

  function follow(response) {
    response.writeHead(200, { 'Content-Type': 'application/vnd.docker.multiplexed-stream' }).flushHeaders()
    // From here on the chunks are written as prepared.
    follower = response.socket
    follower.on('error', () => undefined)
  }

  async function pump(perSecond) {
    let next = performance.now()
    while (running) {
      const bytes = block.at(time++)
      if (perSecond === undefined) {
        if (!follower.write(bytes)) await new Promise((resolve) => follower.once('drain', resolve))
        else await new Promise(setImmediate)
        count(linesPerBlock)
        continue
      }
      for (let index = 0; index < linesPerBlock; index++) {
        follower.write(Buffer.from(block.line(index)))
        next += 1000 / perSecond
        if (next > performance.now()) await sleep(Math.max(1, next - performance.now()))
      }
      count(linesPerBlock)
    }
    wake()
  }

  function count(lines) {
    totals.lines += lines
    totals.expected += kept
  }

  const sink = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      response.writeHead(204).end()
      totals.requests++
      totals.lastAt = Date.now()
      totals.wireBytes += body.length
      const bytes = uncompress(body)
      totals.items += countEntries(bytes)
      if (totals.requests % decodeEvery === 1) compare(bytes)
    })
  })

  /** The nanoseconds of a line say which one of its block it is. */
  function compare(bytes) {
    for (const { labels, entries } of PushRequest.decode(bytes).streams) {
      if (!labels.includes('container="bench"')) complain(`a stream has the labels ${labels}`)
      for (const { timestamp, line } of entries) {
        totals.decoded++
        const index = Math.floor(timestamp.nanos / 1000) % 1000
        if (line !== texts[index] || (withoutDebug && isDebug(index))) complain(`a line is ${JSON.stringify(line)}`)
      }
    }
  }

  function complain(text) {
    totals.wrong++
    if (complaints.length < 5) complaints.push(text)
  }

  return {
    async start() {
      rmSync(socketPath, { force: true })
      await listening(engine, socketPath)
      return { sink: await listening(sink) }
    },
    following: () => follower !== undefined,
    run: ({ perSecond }) => {
      running = true
      void pump(perSecond)
    },
    pause: () => {
      running = false
      return new Promise((resolve) => (wake = resolve))
    },
    totals: () => ({ ...totals }),
    complaints: () => complaints,
  }
})
