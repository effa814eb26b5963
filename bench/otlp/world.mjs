// The application that sends traces and the server that takes them.
import http from 'node:http'
import http2 from 'node:http2'
import { listening, serveWorld } from '../measure/world.mjs'
import { countSpans, exportPath, requestsOf } from './spans.mjs'

const window = 1024 * 1024
const variants = 8

serveWorld(({ protocol, spans, compareEvery }) => {
  const requests = requestsOf(spans, variants)
  const byStart = new Map(requests.map((bytes, index) => [markOf(bytes), index]))
  const totals = { sent: 0, failed: 0, requests: 0, items: 0, bytes: 0, compared: 0, wrong: 0, lastAt: 0 }
  const complaints = []
  let port = 0
  let running = false
  let inFlight = 0

  function taken(bytes) {
    totals.requests++
    totals.bytes += bytes.length
    totals.items += countSpans(bytes)
    totals.lastAt = Date.now()
    if (totals.requests % compareEvery !== 0) return
    totals.compared++
    // A request may hold several that were sent: merging is concatenation.
    for (let at = 0; at < bytes.length;) {
      const original = requests[byStart.get(markOf(bytes.subarray(at)))]
      const length = original?.length ?? Infinity
      if (original === undefined || Buffer.compare(original, bytes.subarray(at, at + length)) !== 0) {
        totals.wrong++
        if (complaints.length < 5)
          complaints.push(`a request of ${bytes.length} bytes differs from what was sent at ${at}`)
      }
      at += length
    }
  }

  const send = protocol === 'grpc' ? grpcSender(() => port) : httpSender(() => port)

  async function sendOne() {
    inFlight++
    const ok = await send(requests[totals.sent++ % variants])
    if (!ok) totals.failed++
    inFlight--
  }

  return {
    start: async () => ({ sink: await listening(protocol === 'grpc' ? grpcSink(taken) : httpSink(taken)) }),
    connect: (target) => {
      port = target
    },
    /** Keeps `parallel` requests under way, or with `perSecond` sends at that rate; until `pause`. */
    run: ({ parallel, perSecond }) => {
      running = true
      if (perSecond === undefined) {
        for (let i = 0; i < parallel; i++) void keepSending(() => running, sendOne)
        return
      }
      let next = performance.now()
      const tick = () => {
        if (!running) return
        for (; next <= performance.now(); next += 1000 / perSecond) void sendOne()
        setTimeout(tick, Math.max(0, next - performance.now()))
      }
      tick()
    },
    pause: () => {
      running = false
    },
    totals: () => ({ ...totals, inFlight }),
    complaints: () => complaints,
  }
})

/** The first span's id is different in each variant; it stands within the first kilobyte. */
function markOf(bytes) {
  return bytes.subarray(0, 512).toString('latin1')
}

async function keepSending(wanted, sendOne) {
  while (wanted()) await sendOne()
}

function grpcSender(port) {
  let session
  return (bytes) =>
    new Promise((resolve) => {
      session ??= http2.connect(`http://127.0.0.1:${port()}`)
      const stream = session.request({
        ':method': 'POST',
        ':path': exportPath,
        'content-type': 'application/grpc',
        te: 'trailers',
      })
      let status
      stream.on('response', (headers) => (status = headers['grpc-status']))
      stream.on('trailers', (headers) => (status = headers['grpc-status'] ?? status))
      stream.on('error', () => undefined)
      stream.on('close', () => resolve(String(status) === '0'))
      stream.resume()
      const prefix = Buffer.alloc(5)
      prefix.writeUInt32BE(bytes.length, 1)
      stream.write(prefix)
      stream.end(bytes)
    })
}

function httpSender(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  return (bytes) =>
    new Promise((resolve) => {
      const headers = { 'Content-Type': 'application/x-protobuf', 'Content-Length': bytes.length }
      const request = http.request({
        agent,
        method: 'POST',
        port: port(),
        host: '127.0.0.1',
        path: '/v1/traces',
        headers,
      })
      request.on('error', () => resolve(false))
      request.on('response', (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode === 200))
      })
      request.end(bytes)
    })
}

function grpcSink(taken) {
  const server = http2.createServer({ settings: { initialWindowSize: window } })
  server.on('session', (session) => session.setLocalWindowSize(16 * window))
  server.on('stream', (stream) => {
    const chunks = []
    stream.on('data', (chunk) => chunks.push(chunk))
    stream.on('error', () => undefined)
    stream.on('end', () => {
      taken(Buffer.concat(chunks).subarray(5))
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(Buffer.alloc(5))
    })
  })
  return server
}

function httpSink(taken) {
  return http.createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      taken(Buffer.concat(chunks))
      response.writeHead(200, { 'Content-Type': 'application/x-protobuf', 'Content-Length': 0 }).end()
    })
  })
}
