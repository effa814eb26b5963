import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeLines, encodeLines, lineCount } from './log-block.ts'

const line = fc.record({
  offset: fc.nat(9_999_999_999),
  line: fc.string({ unit: 'grapheme', maxLength: 40 }),
  metadata: fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ unit: 'grapheme', maxLength: 9 })), {
    maxLength: 3,
  }),
})

test('a block gives back its lines with their nanoseconds and metadata', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), fc.array(line, { minLength: 1, maxLength: 30 }), (second, list) => {
      const lines = [...list].sort((a, b) => a.offset - b.offset)
      const encoded = encodeLines(
        lines.map(({ offset, line: text, metadata }) => ({
          seconds: second + Math.floor(offset / 1e9),
          nanos: offset % 1e9,
          line: Buffer.from(text),
          metadata,
        })),
      )
      expect(lineCount(encoded)).toBe(lines.length)
      const wellFormed = (text: string): string => Buffer.from(text).toString()
      expect(decodeLines(encoded)).toEqual(
        lines.map(({ offset, line: text, metadata }) => ({
          time: BigInt(second) * 1_000_000_000n + BigInt(offset),
          line: wellFormed(text),
          metadata: metadata.map(([name, value]) => [wellFormed(name), wellFormed(value)]),
        })),
      )
    }),
  )
})
