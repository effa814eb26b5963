import fc from 'fast-check'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { LogLinesBuilder } from '../../signal/log-lines.ts'
import { Labels } from '../../signal/labels.ts'
import { decodePush } from './push-decoder.ts'
import { encodePushes } from './push-encoder.ts'
import type { PushStream } from './push-encoder.ts'
import { mergePushes, splitPush } from './push-parts.ts'
import { streamKey } from './stream-key.ts'

const schema = protobuf
  .parse(
    `syntax = "proto3";
message PushRequest { repeated StreamAdapter streams = 1; }
message StreamAdapter { string labels = 1; repeated EntryAdapter entries = 2; uint64 hash = 3; }
message EntryAdapter { Timestamp timestamp = 1; bytes line = 2; repeated LabelPair structuredMetadata = 3; }
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message LabelPair { string name = 1; string value = 2; }`,
  )
  .root.lookupType('PushRequest')

interface PlainLine {
  readonly line: string
  readonly seconds: number
  readonly nanos: number
  readonly metadata: readonly (readonly [string, string])[]
}
interface PlainStream {
  readonly labels: string
  readonly lines: readonly PlainLine[]
}

const pushStream = ({ labels, lines }: PlainStream): PushStream => {
  const builder = new LogLinesBuilder()
  for (const { line, seconds, nanos, metadata } of lines)
    builder.addText(line, seconds, nanos, metadata.length > 0 ? metadata : undefined)
  return { key: Buffer.from(labels), lines: builder.build() }
}

const decoded = (bytes: Uint8Array): PlainStream[] => {
  const streams = decodePush(bytes)
  if ('malformed' in streams) throw new Error(streams.malformed)
  return streams.map(({ labels, entries }) => ({
    labels,
    lines: entries.map((entry) => ({ ...entry, line: Buffer.from(entry.line).toString() })),
  }))
}

const byOtherDecoder = (bytes: Uint8Array): PlainStream[] => {
  const { streams } = schema.toObject(schema.decode(bytes), { longs: Number, defaults: true }) as {
    streams: {
      labels: string
      entries: {
        timestamp: { seconds: number; nanos: number }
        line: Buffer
        structuredMetadata: { name: string; value: string }[]
      }[]
    }[]
  }
  return streams.map(({ labels, entries }) => ({
    labels,
    lines: entries.map(({ timestamp, line, structuredMetadata }) => ({
      line: line.toString(),
      seconds: timestamp.seconds,
      nanos: timestamp.nanos,
      metadata: structuredMetadata.map(({ name, value }) => [name, value] as const),
    })),
  }))
}

const lineArbitrary = fc.record({
  line: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 290, maxLength: 400 })),
  seconds: fc.oneof(
    fc.constant(0),
    fc.integer({ min: -(2 ** 40), max: 2 ** 53 - 1 }),
    fc.integer({ min: 1.6e9, max: 2e9 }),
  ),
  nanos: fc.oneof(fc.constant(0), fc.nat(999_999_999)),
  metadata: fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    maxLength: 2,
  }),
})
const streamArbitrary = fc.record({
  labels: fc.constantFrom('{a="1"}', '{a="2", b="é"}', '{}'),
  lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 8 }),
})

describe('push requests', () => {
  test('decode to what was encoded, by two decoders', () => {
    fc.assert(
      fc.property(fc.array(streamArbitrary, { minLength: 1, maxLength: 5 }), (streams) => {
        const [push, ...more] = encodePushes(streams.map(pushStream))
        expect(more).toEqual([])
        expect(decoded(push.bytes)).toEqual(streams)
        expect(byOtherDecoder(push.bytes)).toEqual(streams)
        expect(push.entries).toBe(streams.flatMap(({ lines }) => lines).length)
      }),
    )
  })

  test('nothing to send is no request', () => {
    expect(encodePushes([])).toEqual([])
    expect(encodePushes([pushStream({ labels: '{a="1"}', lines: [] })])).toEqual([])
  })

  test('are cut at the size, never inside a line, and count lines and metadata alone', () => {
    fc.assert(
      fc.property(
        fc.array(streamArbitrary, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 500 }),
        (streams, maxSize) => {
          const pushes = encodePushes(streams.map(pushStream), maxSize)
          const sizes = pushes.map(({ bytes }) =>
            decoded(bytes)
              .flatMap(({ lines }) => lines)
              .map(
                ({ line, metadata }) =>
                  Buffer.byteLength(line) + metadata.flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0),
              ),
          )
          sizes.forEach((own, i) => {
            const sum = own.reduce((total, size) => total + size, 0)
            expect(pushes[i].size).toBe(sum)
            expect(sum <= maxSize || own.length === 1).toBe(true)
          })
          const all = pushes.flatMap(({ bytes }) =>
            decoded(bytes).flatMap(({ labels, lines }) => lines.map((line) => [labels, line])),
          )
          expect(all).toEqual(streams.flatMap(({ labels, lines }) => lines.map((line) => [labels, line])))
        },
      ),
    )
  })

  test('hostile bytes are an answer, not an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        decodePush(bytes)
        splitPush(bytes)
        mergePushes([bytes, bytes])
      }),
    )
    expect(decodePush(Uint8Array.of(0x0a, 0x7f))).toHaveProperty('malformed')
    expect(mergePushes([Uint8Array.of(0x0a, 0x7f), Uint8Array.of()])).toBeUndefined()
  })
})

describe('parts', () => {
  test('halves hold everything, in order', () => {
    fc.assert(
      fc.property(fc.array(streamArbitrary, { minLength: 1, maxLength: 4 }), (streams) => {
        const [{ bytes, entries }] = encodePushes(streams.map(pushStream))
        const halves = splitPush(bytes)
        if (entries < 2) {
          expect(halves).toBeUndefined()
          return
        }
        expect(halves!.map((half) => half.entries)).toEqual([entries >>> 1, entries - (entries >>> 1)])
        const flat = (from: readonly PlainStream[]): unknown[] =>
          from.flatMap(({ labels, lines }) => lines.map((line) => [labels, line]))
        expect(flat(halves!.flatMap((half) => decoded(half.bytes)))).toEqual(flat(streams))
        halves!.forEach((half) => expect(decoded(half.bytes).flatMap(({ lines }) => lines)).toHaveLength(half.entries))
      }),
    )
  })

  test('merging joins streams with equal labels and keeps the order in each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(streamArbitrary, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        (requests) => {
          const merged = mergePushes(requests.map((streams) => encodePushes(streams.map(pushStream))[0].bytes))!
          const perStream = (streams: readonly PlainStream[]): Record<string, PlainLine[]> => {
            const lines: Record<string, PlainLine[]> = {}
            for (const stream of streams) (lines[stream.labels] ??= []).push(...stream.lines)
            return lines
          }
          expect(perStream(decoded(merged))).toEqual(perStream(requests.flat()))
          if (requests.length > 1)
            expect(decoded(merged)).toHaveLength(new Set(requests.flat().map(({ labels }) => labels)).size)
        },
      ),
    )
  })
})

test.each([
  [{ b: '2', a: '1', __tenant_id__: 't' }, '{a="1", b="2"}'],
  [{ a: 'q"\\\n\té' }, '{a="q\\"\\\\\\n\\té"}'],
  [{ __x: '1' }, '{}'],
])('the key of %j is %s', (labels, key) => expect(streamKey(Labels.from(labels as Record<string, string>))).toBe(key))
