// Nanoseconds of CPU per line of 150 bytes on the way from a container's log to log batches: parsing alone, and from a
// Unix socket on which another process writes one HTTP chunk per line, as dockerd does.
// Run: npx rolldown bench/micro/docker-logs.ts -p node -o /tmp/docker-logs.mjs && node /tmp/docker-logs.mjs
import { fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BlockPools } from '../../collector-core/components/loki/source/docker/block-pools.ts'
import { ChannelProgress } from '../../collector-core/components/loki/source/docker/channel-progress.ts'
import { LogSession } from '../../collector-core/components/loki/source/docker/log-session.ts'
import type { ContainerPosition } from '../../collector-core/components/loki/source/docker/position.ts'
import { SocketTransport } from '../../collector-core/net/http-client.ts'
import { systemClock } from '../../collector-core/runtime/clock.ts'
import { Labels } from '../../collector-core/signal/labels.ts'
import { logItems } from '../../collector-core/signal/log-batch.ts'
import { accepted } from '../../collector-core/signal/receiver.ts'
import { Delivery } from '../../collector-core/tail/delivery.ts'

const lines = 2_000_000
const readBytes = 64 * 1024
const socketPath = join(tmpdir(), `weir-bench-${process.env.WEIR_BENCH_SOCKET ?? process.pid}.sock`)

/** `count` frames of one line each, 5 % on stderr, from moment `first` on. */
function frames(count: number, first: number, chunked: boolean): Buffer {
  const parts: Buffer[] = []
  for (let i = 0; i < count; i++) {
    const micros = first + i
    const date = new Date(1_700_000_000_000 + Math.floor(micros / 1000)).toISOString().slice(0, 19)
    const time = `${date}.${String((micros % 1_000_000) * 1000).padStart(9, '0')}Z`
    const text = `level=info ts=${micros} caller=server.go:42 method=GET path=/api/v1/orders/${i % 1000} status=200 msg="request served"`
    const payload = Buffer.from(`${time} ${text.padEnd(149, '.')}\n`)
    const header = Buffer.alloc(8)
    header[0] = i % 20 === 0 ? 2 : 1
    header.writeUInt32BE(payload.length, 4)
    const frame = Buffer.concat([header, payload])
    parts.push(...(chunked ? [Buffer.from(`${frame.length.toString(16)}\r\n`), frame, Buffer.from('\r\n')] : [frame]))
  }
  return Buffer.concat(parts)
}

function newSession(count: { lines: number }): LogSession {
  const labels = Labels.from({ container: 'app' })
  const delivery = new Delivery<ContainerPosition>({
    receiver: () => ({
      signal: 'logs',
      async accept(batch) {
        count.lines += logItems(batch)
        return accepted
      },
    }),
    clock: systemClock,
    random: Math.random,
    windowBytes: () => 1024 * 1024,
    onPosition: () => undefined,
    onRejected: () => undefined,
  })
  return new LogSession({
    host: 'unix:///var/run/docker.sock',
    terminal: false,
    progress: [new ChannelProgress(), new ChannelProgress()],
    labels: () => ({ target: labels, channels: [labels, labels] }),
    delivery,
    pools: new BlockPools(),
    onCounts: () => undefined,
    onUnusable: (reason) => {
      throw new Error(reason)
    },
    onDoubt: () => {
      throw new Error('the lines are in order')
    },
  })
}

const cpuNanos = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

function report(label: string, count: number, nanos: number): void {
  console.log(`${label.padEnd(46)} ${(nanos / count).toFixed(0).padStart(6)} ns of CPU per line`)
}

async function parsing(bytesPerRead: number): Promise<void> {
  const source = frames(40_000, 0, false)
  const read = Buffer.alloc(readBytes)
  for (const rounds of [5, 30]) {
    const count = { lines: 0 }
    const started = cpuNanos()
    for (let round = 0; round < rounds; round++) {
      const session = newSession(count)
      for (let at = 0; at < source.length; at += bytesPerRead) {
        const size = source.copy(read, 0, at, at + bytesPerRead)
        await session.onBytes(read.subarray(0, size))
      }
    }
    await new Promise((resolve) => setImmediate(resolve))
    if (count.lines !== rounds * 40_000) throw new Error(`lost lines: ${count.lines}`)
    if (rounds > 5) report(`parsing, reads of ${bytesPerRead} bytes`, count.lines, cpuNanos() - started)
  }
}

async function overSocket(pace: 'full speed' | '20,000 lines/s', total: number): Promise<void> {
  const child = fork(process.argv[1], ['serve', pace, String(total)], {
    env: { ...process.env, WEIR_BENCH_SOCKET: String(process.pid) },
  })
  await new Promise((resolve) => child.once('message', resolve))
  const transport = new SocketTransport()
  const count = { lines: 0 }
  const session = newSession(count)
  const started = cpuNanos()
  const end = await transport.stream({
    method: 'GET',
    url: `unix://${socketPath}`,
    path: '/v1.47/containers/x/logs',
    onBytes: (bytes) => session.onBytes(bytes),
  })
  const used = cpuNanos() - started
  if (end.kind !== 'ended' || count.lines !== total) throw new Error(`${end.kind}, ${count.lines} of ${total} lines`)
  report(`socket, one chunk per line, ${pace}, ${session.reads} reads`, total, used)
  transport.close()
  child.kill()
}

/** Moves the timestamps of a block on: repetition `round` gets a second of its own. */
function stamp(block: Buffer, places: readonly number[], round: number): void {
  const time = new Date(1_700_000_000_000 + round * 1000).toISOString().slice(0, 19)
  for (const place of places) block.write(time, place, 'latin1')
}

function serve(pace: string, total: number): void {
  rmSync(socketPath, { force: true })
  const paced = pace !== 'full speed'
  const each = paced ? 20 : 20_000
  const template = frames(each, 0, true)
  const places: number[] = []
  for (let at = template.indexOf('2023-11-14T'); at >= 0; at = template.indexOf('2023-11-14T', at + 100))
    places.push(at)
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
      let sent = 0
      const more = (): void => {
        while (sent < total) {
          const block = Buffer.from(template)
          stamp(block, places, sent / each)
          sent += each
          const roomy = socket.write(block)
          if (paced) return void setTimeout(more, 1)
          if (!roomy) return void socket.once('drain', more)
        }
        socket.end('0\r\n\r\n')
      }
      more()
    })
  })
  server.listen(socketPath, () => process.send?.('listening'))
}

if (process.argv[2] === 'serve') {
  serve(process.argv[3], Number(process.argv[4]))
} else {
  await parsing(readBytes)
  await parsing(4096)
  await parsing(190)
  await overSocket('full speed', 400_000)
  await overSocket('full speed', lines)
  await overSocket('20,000 lines/s', 100_000)
}
