import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { Labels } from '../../../../collector-core/signal/labels.ts'
import { milliseconds } from './log-block.ts'
import { Storage } from './storage.ts'

const beganAt = Math.floor(Date.now() / 1000) - 120

/** Lines of three streams within a minute, some of one moment, some sent twice. */
const someLines = fc.array(
  fc.record({
    stream: fc.nat(2),
    seconds: fc.nat(59),
    nanos: fc.constantFrom(0, 1, 999, 1_000, 500_000_000, 999_999_999),
    text: fc.constantFrom('a', 'b'),
  }),
  { minLength: 1, maxLength: 60 },
)

test('the times of lines are those of the lines, each line once', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'log-store-'))
  const storage = await Storage.open(
    directory,
    { maxAgeMs: 3_600_000, maxBytes: 1e9 },
    { maxSeries: 10, maxStreams: 100_000, maxQuerySamples: 1_000 },
  )
  onTestFinished(async () => {
    await storage.close()
    rmSync(directory, { recursive: true, force: true })
  })
  const { logs } = storage
  let round = 0
  await fc.assert(
    fc.asyncProperty(someLines, fc.nat(60_000), fc.nat(60_000), async (lines, a, b) => {
      const run = String(round++)
      for (const { stream, seconds, nanos, text } of lines) {
        const line = { seconds: beganAt + seconds, nanos, line: Buffer.from(text), metadata: [] }
        await logs.write([{ labels: Labels.from({ run, stream: String(stream) }), lines: [line] }])
      }
      const matchers = [{ name: 'run', op: '=' as const, value: run, regex: undefined }]
      const at = (ms: number): bigint => BigInt(beganAt) * 1_000_000_000n + BigInt(ms) * 1_000_000n
      const [from, to] = [at(Math.min(a, b)), at(Math.max(a, b))]
      const scanned: number[] = []
      for await (const portion of logs.scan(matchers, from, to, 'forward'))
        scanned.push(...portion.map(({ time }) => milliseconds(time)))
      const told: number[] = []
      for await (const portion of logs.times(matchers, from, to)) told.push(...portion)
      expect(told).toEqual(scanned)
    }),
    { numRuns: 60 },
  )
})
