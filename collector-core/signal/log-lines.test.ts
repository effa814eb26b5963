import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LogLinesBuilder } from './log-lines.ts'

const text = (bytes: Uint8Array, start: number, end: number): string =>
  new TextDecoder().decode(bytes.subarray(start, end))

test('keeps text, bytes, times and metadata of every line in order', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          line: fc.string({ unit: 'grapheme' }),
          asText: fc.boolean(),
          seconds: fc.nat(),
          nanos: fc.nat(999_999_999),
          meta: fc.boolean(),
        }),
        { maxLength: 60 },
      ),
      (entries) => {
        const builder = new LogLinesBuilder(1, 1)
        const meta = [['trace', '1']] as const
        for (const { line, asText, seconds, nanos, meta: hasMeta } of entries) {
          const bytes = new TextEncoder().encode(`>${line}<`)
          if (asText) builder.addText(line, seconds, nanos, hasMeta ? meta : undefined)
          else builder.addBytes(bytes, 1, bytes.length - 1, seconds, nanos, hasMeta ? meta : undefined)
        }
        const lines = builder.build()
        const seen = entries.map((_, i) => ({
          line: text(lines.bytes, lines.starts[i], lines.ends[i]),
          seconds: lines.seconds[i],
          nanos: lines.nanos[i],
          meta: lines.metadata?.[i] !== undefined,
        }))
        expect(lines.length).toBe(entries.length)
        expect(seen).toEqual(
          entries.map(({ line, seconds, nanos, meta: hasMeta }) => ({ line, seconds, nanos, meta: hasMeta })),
        )
      },
    ),
  )
})

test('starts again after build without touching what it gave out', () => {
  const builder = new LogLinesBuilder()
  builder.addText('one', 1, 0)
  const first = builder.build()
  builder.addText('two', 2, 0)
  const second = builder.build()
  expect(text(first.bytes, first.starts[0], first.ends[0])).toBe('one')
  expect(text(second.bytes, second.starts[0], second.ends[0])).toBe('two')
  expect(second.length).toBe(1)
})
