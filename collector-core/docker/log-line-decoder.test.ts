import fc from 'fast-check'
import { expect, test } from 'vitest'
import { channelNames, longestLine, LogLineDecoder, pieceSize } from './log-line-decoder.ts'
import type { LogLineSink } from './log-line-decoder.ts'

interface Recorded {
  readonly sink: LogLineSink
  readonly seen: string[]
}

function recorder(): Recorded {
  const seen: string[] = []
  return {
    seen,
    sink: {
      line: (channel, seconds, nanos, buffer, start, end) =>
        void seen.push(
          `${channelNames[channel]} ${seconds}.${nanos} ${Buffer.from(buffer.subarray(start, end)).toString('latin1')}`,
        ),
      tooLong: (channel, seconds) => void seen.push(`${channelNames[channel]} ${seconds} too long`),
      unparsable: (channel) => void seen.push(`${channelNames[channel]} unparsable`),
      engineError: (message) => void seen.push(`error ${message}`),
    },
  }
}

const stamp = (second: number): string => `2023-11-14T22:13:${String(second % 60).padStart(2, '0')}.000000007Z `
const secondsOf = (second: number): number => 1_699_999_980 + (second % 60)

function frame(channel: number, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload)
  const header = Buffer.alloc(8)
  header[0] = channel
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

/** A line as Docker writes it: in pieces of 16 KiB, each with the timestamp of the first. */
function pieces(text: Buffer, second: number): Buffer[] {
  const all: Buffer[] = []
  for (let at = 0; at === 0 || at < text.length; at += pieceSize) {
    all.push(Buffer.concat([Buffer.from(stamp(second)), text.subarray(at, at + pieceSize)]))
  }
  return all
}

const randomLine = fc.record({
  channel: fc.constantFrom(1, 2),
  text: fc.oneof(
    { weight: 8, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: pieceSize - 2, max: pieceSize + 2 }).map((size) => new Uint8Array(size).fill(120)),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 2 * pieceSize - 1, max: 3 * pieceSize })
        .map((size) => new Uint8Array(size).fill(121)),
    },
  ),
})

const withoutNewlines = (text: Uint8Array): Buffer =>
  Buffer.from(text.map((byte) => (byte === 10 || byte === 13 ? 46 : byte)))

/** Pushes `bytes` in reads that end at `cuts`, from one buffer that is used again, as a socket does. */
function pushInReads(decoder: LogLineDecoder, bytes: Buffer, cuts: readonly number[]): void {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const shared = Buffer.alloc(bytes.length)
  let from = 0
  for (const end of [...ends, bytes.length]) {
    bytes.copy(shared, 0, from, end)
    expect(decoder.push(shared.subarray(0, end - from), 0, end - from)).toBe(true)
    shared.fill(0xff)
    from = end
  }
}

const manyCuts = fc.array(fc.nat(), { maxLength: 40 })

test('frames are told apart whatever the boundaries of the reads', () => {
  fc.assert(
    fc.property(fc.array(randomLine, { maxLength: 30 }), manyCuts, (lines, cuts) => {
      const expected: string[] = []
      const frames: Buffer[] = []
      lines.forEach(({ channel, text }, index) => {
        const line = withoutNewlines(text)
        expected.push(`${channelNames[channel - 1]} ${secondsOf(index)}.7 ${line.toString('latin1')}`)
        for (const piece of pieces(Buffer.concat([line, Buffer.from('\n')]), index)) frames.push(frame(channel, piece))
      })
      const { sink, seen } = recorder()
      pushInReads(new LogLineDecoder(sink, { terminal: false }), Buffer.concat(frames), cuts)
      expect(seen).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('the stream of a terminal is split at newlines, and pieces of long lines are joined', () => {
  fc.assert(
    fc.property(fc.array(randomLine, { maxLength: 20 }), manyCuts, (lines, cuts) => {
      const texts = lines.map(({ text }) => withoutNewlines(text))
      const { sink, seen } = recorder()
      const stream = texts.flatMap((text, index) => pieces(Buffer.concat([text, Buffer.from('\r\n')]), index))
      pushInReads(new LogLineDecoder(sink, { terminal: true }), Buffer.concat(stream), cuts)
      expect(seen).toEqual(texts.map((text, index) => `stdout ${secondsOf(index)}.7 ${text.toString('latin1')}`))
    }),
    { numRuns: 300 },
  )
})

test('pieces of the two channels may alternate', () => {
  const { sink, seen } = recorder()
  const decoder = new LogLineDecoder(sink, { terminal: false })
  const long = Buffer.alloc(pieceSize, 'a')
  const parts = [frame(1, stamp(1) + long.toString()), frame(2, `${stamp(2)}short\n`), frame(1, `${stamp(1)}rest\n`)]
  pushInReads(decoder, Buffer.concat(parts), [])
  expect(seen).toEqual([`stderr ${secondsOf(2)}.7 short`, `stdout ${secondsOf(1)}.7 ${long.toString()}rest`])
})

test('a line without newline is a line once the log has ended, and only then', () => {
  const { sink, seen } = recorder()
  const decoder = new LogLineDecoder(sink, { terminal: false })
  pushInReads(
    decoder,
    Buffer.concat([frame(1, `${stamp(1)}last words`), frame(1, stamp(2) + 'b'.repeat(pieceSize))]),
    [],
  )
  expect(seen).toEqual([`stdout ${secondsOf(1)}.7 last words`])
  decoder.end()
  expect(seen).toHaveLength(2)
})

test('lines over the limit are left out and reported, and the next one is read', () => {
  for (const terminal of [false, true]) {
    const { sink, seen } = recorder()
    const decoder = new LogLineDecoder(sink, { terminal })
    const parts = pieces(Buffer.concat([Buffer.alloc(longestLine + 10, 'x'), Buffer.from('\n')]), 1)
    const all = [...parts, Buffer.from(`${stamp(2)}next\n`)]
    pushInReads(decoder, Buffer.concat(terminal ? all : all.map((part) => frame(1, part))), [5, 70_000])
    expect(seen).toEqual([`stdout ${secondsOf(1)} too long`, `stdout ${secondsOf(2)}.7 next`])
  }
})

test('a single frame over the limit is left out without being kept in memory', () => {
  const { sink, seen } = recorder()
  const decoder = new LogLineDecoder(sink, { terminal: false })
  const huge = frame(1, Buffer.concat([Buffer.from(stamp(1)), Buffer.alloc(longestLine * 2, 'x')]))
  pushInReads(decoder, Buffer.concat([huge, frame(2, `${stamp(2)}next\n`)]), [100, 5000, 2_000_000])
  expect(seen).toEqual([`stdout ${secondsOf(1)} too long`, `stderr ${secondsOf(2)}.7 next`])
})

test('what the engine says in the stream, and what has no timestamp, is reported', () => {
  const { sink, seen } = recorder()
  const decoder = new LogLineDecoder(sink, { terminal: false })
  pushInReads(decoder, Buffer.concat([frame(2, 'no time here\n'), frame(3, 'Error grabbing logs: EOF\n')]), [])
  expect(seen).toEqual(['stderr unparsable', 'error Error grabbing logs: EOF'])
})

test('bytes that are not frames are refused, never crash', () => {
  const decoder = new LogLineDecoder(recorder().sink, { terminal: false })
  const text = Buffer.from('HTTP/1.1 200 OK, this is not a log')
  expect(decoder.push(text, 0, text.length)).toBe(false)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, terminal) => {
      const other = new LogLineDecoder(recorder().sink, { terminal })
      other.push(bytes, 0, bytes.length)
      other.end()
    }),
  )
})
