import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeSource } from './source.ts'

function refusal(bytes: readonly number[]): string {
  const source = decodeSource(Uint8Array.from(bytes))
  return source.kind === 'text' ? 'accepted' : source.diagnostic.message
}

describe('decodeSource', () => {
  test.each([
    [[0xfe, 0xff, 0, 97], 'UTF-16 (big-endian)'],
    [[0xff, 0xfe, 97, 0], 'UTF-16 (little-endian)'],
    [[0, 0, 0xfe, 0xff], 'UTF-32 (big-endian)'],
    [[0xff, 0xfe, 0, 0], 'UTF-32 (little-endian)'],
    [[97, 10, 98, 10, 0xff], 'line 3'],
    [[97, 10, 0xc3], 'line 2'],
    [[97, 0], 'NUL'],
  ])('%j is refused: %s', (bytes, part) => {
    expect(refusal(bytes)).toContain(part)
  })

  test('a text comes out as it went in, byte order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, mark) => {
        const whole = (mark ? '\uFEFF' : '') + text.replaceAll('\0', '')
        expect(decodeSource(new TextEncoder().encode(whole))).toEqual({ kind: 'text', text: whole })
      }),
    )
  })
})
