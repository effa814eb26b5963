import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf, compareText, concatText, isValidText, splitText, textOf, wellFormed } from './byte-text.ts'

const bytes = fc.uint8Array({ maxLength: 40 })
// Bytes that are likely to form or break characters.
const tricky = fc
  .array(
    fc.constantFrom(0x41, 0x7f, 0x80, 0xbf, 0xc2, 0xc3, 0xa9, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xff),
  )
  .map((list) => Uint8Array.from(list))

test('bytes survive the way through text', () => {
  fc.assert(
    fc.property(fc.oneof(bytes, tricky), (given) => {
      expect(bytesOf(textOf(given))).toEqual(given)
    }),
  )
})

test('well-formed text survives the way through bytes, and means what it says', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => isValidText(text)),
      (text) => {
        expect(textOf(bytesOf(text))).toBe(text)
        expect(bytesOf(text)).toEqual(new TextEncoder().encode(text))
      },
    ),
  )
})

test('stray bytes are found exactly where a strict decoder refuses', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const valid = (given: Uint8Array): boolean => {
    try {
      strict.decode(given)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(fc.oneof(bytes, tricky), (given) => {
      expect(isValidText(textOf(given))).toBe(valid(given))
    }),
  )
})

test('joining and ordering work on bytes', () => {
  fc.assert(
    fc.property(tricky, tricky, (left, right) => {
      const joined = bytesOf(concatText(textOf(left), textOf(right)))
      expect(Array.from(joined)).toEqual([...left, ...right])
      expect(Math.sign(compareText(textOf(left), textOf(right)))).toBe(Math.sign(compareBytes(left, right)))
    }),
  )
})

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const at = left.findIndex((byte, index) => byte !== right[index])
  if (at < 0) return left.length - right.length
  return at < right.length ? left[at] - right[at] : 1
}

test('splitting at a stray byte does not cut characters apart', () => {
  expect(splitText(`é${textOf(Uint8Array.of(0xff))}😀`, textOf(Uint8Array.of(0xff)))).toEqual(['é', '😀'])
  expect(splitText('\u{100ff}', textOf(Uint8Array.of(0xff)))).toEqual(['\u{100ff}'])
})

test('stray bytes become U+FFFD where text must be well-formed', () => {
  expect(wellFormed(`a${textOf(Uint8Array.of(0xff, 0xfe))}b`)).toBe('a\ufffd\ufffdb')
})
