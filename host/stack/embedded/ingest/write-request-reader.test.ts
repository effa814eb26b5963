import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRequest } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import { uncompress } from '../../../../collector-core/wire/snappy/uncompress.ts'
import { stale, writeRequest } from '../testing/write-request.ts'
import { WriteRequestReader } from './write-request-reader.ts'

const name = fc.constantFrom('__name__', 'job', 'instance', 'le', 'ü')
const series = fc.record({
  labels: fc.dictionary(name, fc.string({ minLength: 1, maxLength: 8 }), { minKeys: 1 }),
  samples: fc.array(fc.tuple(fc.integer({ min: 0, max: 2 ** 42 }), fc.oneof(fc.double(), fc.constant(stale))), {
    minLength: 1,
    maxLength: 4,
  }),
})

const plain = (bytes: Uint8Array): Uint8Array => uncompress(bytes, 10_000_000) as Uint8Array

test('the reader with a memory reads the same as the one without, the first time and again', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 6 }), (list) => {
      const bytes = plain(writeRequest(list))
      const reader = new WriteRequestReader()
      const expected = decodeRequest(bytes, 1)
      expect(reader.read(bytes)).toEqual(expected)
      expect(reader.read(bytes)).toEqual(expected)
    }),
  )
})

test('cut and altered requests are refused or read, and never throw', () => {
  const bytes = plain(writeRequest([{ labels: { __name__: 'a', b: 'c' }, samples: [[1, 2]] }]))
  const reader = new WriteRequestReader()
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.slice(0, length)
    expect('malformed' in reader.read(cut)).toBe('malformed' in decodeRequest(cut, 1))
  }
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const altered = bytes.slice()
      altered[at] = byte
      expect('malformed' in reader.read(altered)).toBe('malformed' in decodeRequest(altered, 1))
    }),
  )
})
