// Nanoseconds of CPU per line of 150 bytes: stages of loki.process, and the way of a line into a push request.
// Run: npx rolldown bench/micro/log-pipeline.ts -p node --external snappy-wasm -o /tmp/log-pipeline.mjs && NODE_PATH=node_modules node /tmp/log-pipeline.mjs
import { Pipeline } from '../../collector-core/components/loki/process/pipeline.ts'
import { stageVariants } from '../../collector-core/components/loki/process/pure/stages/run-stages.ts'
import type { PlainStage } from '../../collector-core/components/loki/process/pure/stages/run-stages.ts'
import { sealPush } from '../../collector-core/components/loki/write/push-fragment.ts'
import { systemClock } from '../../collector-core/runtime/clock.ts'
import type { LogBatch } from '../../collector-core/signal/log-batch.ts'
import { logItems } from '../../collector-core/signal/log-batch.ts'
import { LogLinesBuilder } from '../../collector-core/signal/log-lines.ts'
import { Labels } from '../../collector-core/signal/labels.ts'
import { accepted } from '../../collector-core/signal/receiver.ts'
import { createRegistry } from '../../collector-core/telemetry/registry.ts'
import { encodePushes } from '../../collector-core/wire/loki/push-encoder.ts'
import { streamKey } from '../../collector-core/wire/loki/stream-key.ts'

const linesPerBatch = 500
const batches = 400
const rounds = 5
/** Names of what to measure start with this. */
const only = process.argv[2] ?? ''
const levels = ['info', 'info', 'info', 'info', 'info', 'info', 'warn', 'debug', 'error', 'info']
const labels = Labels.from({ container: 'shop-cart-1', service_name: 'cart', stream: 'stdout' })

const padded = (line: string, tail: string): string =>
  line.slice(0, 150 - tail.length).padEnd(150 - tail.length, 'x') + tail

const logfmtLine = (i: number): string =>
  padded(
    `ts=2026-07-01T12:00:${10 + (i % 50)}Z level=${levels[i % 10]} caller=cart/handler.go:${100 + (i % 90)} msg="request handled" path=/api/v1/cart/${(i * 7919) % 9999} status=${i % 50 === 0 ? 503 : 200} dur=12ms trace=`,
    '',
  )
const jsonLine = (i: number): string =>
  padded(
    `{"ts":"2026-07-01T12:00:${10 + (i % 50)}Z","level":"${levels[i % 10]}","msg":"request handled","status":200,"path":"/api/v1/cart/${(i * 7919) % 9999}","trace":"`,
    '"}',
  )

function batchOf(line: (i: number) => string): LogBatch {
  const builder = new LogLinesBuilder(linesPerBatch, linesPerBatch * 150)
  for (let i = 0; i < linesPerBatch; i++) builder.addText(line(i), 1_780_000_000 + i, i * 1000)
  return { streams: [{ labels, lines: builder.build() }] }
}

function report(name: string, nanos: readonly number[], note = ''): void {
  const sorted = [...nanos].sort((a, b) => a - b)
  console.log(
    `${name.padEnd(58)} ${sorted[0].toFixed(0).padStart(6)} ns/line  (median ${sorted[sorted.length >> 1].toFixed(0)}) ${note}`,
  )
}

async function measure(name: string, stages: readonly PlainStage[], batch: LogBatch): Promise<void> {
  if (!name.startsWith(only)) return
  let out = 0
  const pipeline = new Pipeline(stageVariants(stages), {
    clock: systemClock,
    random: Math.random,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: createRegistry().scope({}),
    drop: () => undefined,
    forward: () => ({
      signal: 'logs',
      accept: async (given: LogBatch) => {
        out += logItems(given)
        return accepted
      },
    }),
  })
  const nanos: number[] = []
  for (let round = 0; round <= rounds; round++) {
    out = 0
    const before = process.cpuUsage()
    for (let i = 0; i < batches; i++) await pipeline.accept(batch)
    const { user, system } = process.cpuUsage(before)
    if (round > 0) nanos.push(((user + system) * 1000) / (batches * linesPerBatch))
  }
  report(name, nanos, `${((100 * out) / (batches * linesPerBatch)).toFixed(0)} % pass`)
}

function measureWrite(name: string, batch: LogBatch, work: (batch: LogBatch) => number): void {
  if (!name.startsWith(only)) return
  const nanos: number[] = []
  let bytes = 0
  for (let round = 0; round <= rounds; round++) {
    bytes = 0
    const before = process.cpuUsage()
    for (let i = 0; i < batches; i++) bytes += work(batch)
    const { user, system } = process.cpuUsage(before)
    if (round > 0) nanos.push(((user + system) * 1000) / (batches * linesPerBatch))
  }
  report(name, nanos, `${(bytes / (batches * linesPerBatch)).toFixed(0)} B/line`)
}

const logfmt = batchOf(logfmtLine)
const json = batchOf(jsonLine)
const key = Buffer.from(streamKey(labels))
const encode = ({ streams }: LogBatch) =>
  encodePushes(
    streams.map(({ lines }) => ({ key, lines })),
    1024 * 1024,
  )

measureWrite('write: encode', logfmt, (batch) => encode(batch).reduce((sum, { bytes }) => sum + bytes.length, 0))
measureWrite('write: encode and compress for the queue', logfmt, (batch) =>
  encode(batch).reduce((sum, push) => sum + sealPush(push, 0).body.length, 0),
)
await measure('static_labels alone', [['static_labels', { values: { env: 'dev' } }]], logfmt)
await measure(
  'match drop by label',
  [['match', { selector: '{service_name=~"noise|.*-test"}', action: 'drop' }]],
  logfmt,
)
await measure('drop "level=debug" (10 % of the lines)', [['drop', { expression: 'level=debug' }]], logfmt)
await measure('drop a text that never occurs', [['drop', { expression: 'level=fatal' }]], logfmt)
await measure('drop "level=(debug|trace)"', [['drop', { expression: 'level=(debug|trace)' }]], logfmt)
await measure('drop "status=5\\d\\d" (2 %)', [['drop', { expression: 'status=5\\d\\d' }]], logfmt)
await measure('drop "(?i)error" (10 %)', [['drop', { expression: '(?i)error' }]], logfmt)
await measure(
  'json, labels',
  [
    ['json', { expressions: { level: '' } }],
    ['labels', { values: { level: '' } }],
  ],
  json,
)
await measure(
  'logfmt, labels',
  [
    ['logfmt', { mapping: { level: '' } }],
    ['labels', { values: { level: '' } }],
  ],
  logfmt,
)
await measure(
  'regex, labels',
  [
    ['regex', { expression: 'level=(?P<level>\\w+)' }],
    ['labels', { values: { level: '' } }],
  ],
  logfmt,
)
await measure(
  'json, timestamp, template, output',
  [
    ['json', { expressions: { ts: '', msg: '', status: '' } }],
    ['timestamp', { source: 'ts', format: 'RFC3339' }],
    ['template', { source: 'out', template: '{{ .status }} {{ .msg | ToUpper }}' }],
    ['output', { source: 'out' }],
  ],
  json,
)
