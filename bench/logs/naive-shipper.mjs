// What one writes first: node:http, a string per line, a regular expression, protobufjs, snappy in JavaScript; no queue.
// Arguments: socket of the engine, container, port of Loki, and `drop` to leave out debug lines.
import http from 'node:http'
import { createRequire } from 'node:module'
import { PushRequest } from './push.mjs'

const { compress } = createRequire(import.meta.url)('snappyjs')
const [socketPath, container, sinkPort, mode] = process.argv.slice(2)
const agent = new http.Agent({ keepAlive: true })
const batchBytes = 1024 * 1024
const drop = mode === 'drop' ? /level=debug/ : undefined
const streams = new Map()
let gathered = 0
let rest = Buffer.alloc(0)

function take(channel, text) {
  const space = text.indexOf(' ')
  const line = text.slice(space + 1).trimEnd()
  if (drop?.test(line)) return
  const labels = `{container="bench", stream="${channel === 2 ? 'stderr' : 'stdout'}"}`
  const time = text.slice(0, space)
  const timestamp = { seconds: Math.floor(Date.parse(time) / 1000), nanos: Number(time.slice(20, 29)) }
  const entries = streams.get(labels) ?? []
  streams.set(labels, entries)
  entries.push({ timestamp, line })
  gathered += line.length
}

function flush() {
  const request = PushRequest.create({ streams: [...streams].map(([labels, entries]) => ({ labels, entries })) })
  streams.clear()
  gathered = 0
  const body = Buffer.from(compress(PushRequest.encode(request).finish()))
  const headers = {
    'Content-Type': 'application/x-protobuf',
    'Content-Encoding': 'snappy',
    'Content-Length': body.length,
  }
  return new Promise((resolve) => {
    const push = http.request({
      agent,
      method: 'POST',
      host: '127.0.0.1',
      port: sinkPort,
      path: '/loki/api/v1/push',
      headers,
    })
    push.on('response', (response) => response.resume().on('end', resolve))
    push.end(body)
  })
}

http.get(
  { socketPath, path: `/v1.47/containers/${container}/logs?follow=1&stdout=1&stderr=1&timestamps=1` },
  async (log) => {
    console.log('ready')
    let last = Date.now()
    setInterval(() => {
      if (gathered > 0 && Date.now() - last > 1000) void flush()
    }, 250)
    for await (const chunk of log) {
      last = Date.now()
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      while (rest.length >= 8 && rest.length >= 8 + rest.readUInt32BE(4)) {
        const length = rest.readUInt32BE(4)
        take(rest[0], rest.toString('utf8', 8, 8 + length))
        rest = rest.subarray(8 + length)
      }
      if (gathered >= batchBytes) await flush()
    }
  },
)
