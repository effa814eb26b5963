import fc from 'fast-check'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { ProtobufReader } from './reader.ts'
import { walkFields } from './walk.ts'
import { ProtobufWriter, varintWidth } from './writer.ts'

const { root } = protobuf.parse(`syntax = "proto3";
  message Everything {
    uint64 u = 1; int64 i = 2; sint64 s = 3; double d = 4; fixed64 f = 5; string t = 6; bytes b = 7;
    Everything child = 8; repeated sint64 packed = 9; repeated double doubles = 10; fixed32 w = 11; int32 j = 500;
  }`)
const everything = root.lookupType('Everything')

interface Fields {
  u: number
  i: number
  s: number
  d: number
  t: string
  b: Uint8Array
  packed: number[]
  doubles: number[]
  w: number
  j: number
}

const safe = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
const anyFields: fc.Arbitrary<Fields> = fc.record({
  u: fc.oneof(fc.maxSafeNat(), fc.nat(300)),
  i: fc.oneof(safe, fc.integer()),
  s: fc.oneof(safe, fc.integer({ min: -70, max: 70 }), fc.constantFrom(2 ** 52, -(2 ** 52), Number.MIN_SAFE_INTEGER)),
  d: fc.double(),
  t: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 400 })),
  b: fc.uint8Array(),
  packed: fc.array(safe),
  doubles: fc.array(fc.double()),
  w: fc.nat(0xffffffff),
  j: fc.integer(),
})

function write(writer: ProtobufWriter, value: Fields, child?: Fields): void {
  writer.uint(1, value.u)
  writer.int(2, value.i)
  writer.sint(3, value.s)
  writer.double(4, value.d)
  writer.fixed64(5, 0x01020304, 0xf0e0d0c0)
  writer.string(6, value.t)
  writer.bytesField(7, value.b)
  if (child) {
    const at = writer.begin(8)
    write(writer, child)
    writer.end(at)
  }
  const packed = writer.begin(9)
  for (const number of value.packed) writer.zigzag(number)
  writer.end(packed)
  const doubles = writer.begin(10)
  for (const number of value.doubles) writer.rawDouble(number)
  writer.end(doubles)
  writer.fixed32(11, value.w)
  writer.int(500, value.j)
}

function read(reader: ProtobufReader): Partial<Fields> & { child?: unknown } {
  const out: Partial<Fields> & { child?: unknown } = {}
  const packed: number[] = []
  const doubles: number[] = []
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        out.u = reader.uint()
        break
      case 2:
        out.i = reader.int()
        break
      case 3:
        out.s = reader.sint()
        break
      case 4:
        out.d = reader.double()
        break
      case 6:
        out.t = reader.string()
        break
      case 7:
        out.b = reader.bytesField().slice()
        break
      case 8:
        reader.message(() => (out.child = read(reader)))
        break
      case 9:
        reader.packed(() => packed.push(reader.bareZigzag()))
        break
      case 10:
        reader.packed(() => doubles.push(reader.bareDouble()))
        break
      case 11:
        out.w = reader.fixed32()
        break
      case 500:
        out.j = reader.int()
        break
      default:
        reader.skip()
    }
  }
  return { ...out, packed, doubles }
}

describe('writer and reader', () => {
  test('what is written reads back the same', () => {
    fc.assert(
      fc.property(anyFields, fc.option(anyFields, { nil: undefined }), (value, child) => {
        const writer = new ProtobufWriter(1)
        write(writer, value, child)
        const reader = new ProtobufReader(writer.finish())
        const back = read(reader)
        expect(reader.malformed).toBeUndefined()
        expect(back).toEqual(child ? { ...value, child } : value)
      }),
    )
  })

  test('protobufjs reads what is written', () => {
    fc.assert(
      fc.property(anyFields, (value) => {
        const writer = new ProtobufWriter()
        write(writer, value)
        const back = everything.toObject(everything.decode(writer.finish()), { longs: String, defaults: true })
        expect(back).toMatchObject({
          u: String(value.u),
          i: String(value.i),
          s: String(value.s),
          d: value.d,
          f: String(0x01020304n * 2n ** 32n + 0xf0e0d0c0n),
          t: value.t,
          packed: value.packed.map(String),
          doubles: value.doubles,
          w: value.w,
          j: value.j,
        })
        expect(Buffer.from(back.b as Uint8Array)).toEqual(Buffer.from(value.b))
      }),
    )
  })

  test('varint64 writes any 64-bit pattern', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (high, low) => {
        const writer = new ProtobufWriter()
        writer.tag(1, 0)
        writer.varint64(high, low)
        const reader = new ProtobufReader(writer.finish())
        reader.next()
        reader.uint()
        expect([reader.high, reader.low]).toEqual([high, low])
      }),
    )
  })

  test('stringPair writes a message of two strings', () => {
    const text = fc.oneof(fc.string({ maxLength: 130 }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(text, text, fc.constantFrom(1, 15, 16), (first, second, field) => {
        const [short, long] = [new ProtobufWriter(1), new ProtobufWriter()]
        short.stringPair(field, first, second)
        const at = long.begin(field)
        long.string(1, first)
        long.string(2, second)
        long.end(at)
        expect(short.finish()).toEqual(long.finish())
      }),
    )
  })

  test('varintWidth agrees with the writer', () => {
    for (const value of [0, 127, 128, 16383, 16384, 2 ** 31, 2 ** 35 - 1, 2 ** 35, 2 ** 42, Number.MAX_SAFE_INTEGER]) {
      const writer = new ProtobufWriter()
      writer.varint(value)
      expect(writer.length).toBe(varintWidth(value))
    }
  })
})

describe('malformed input', () => {
  test.each([
    ['a varint that never ends', [0x08, ...new Array<number>(11).fill(0x80)]],
    ['a cut-off varint', [0x08, 0x80]],
    ['a length past the end', [0x32, 0x05, 0x61]],
    ['a length near 2^64', [0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['field number zero', [0x00, 0x01]],
    ['a group', [0x0b, 0x0c]],
    ['a cut-off double', [0x21, 0x00]],
    ['an inner length past its message', [0x42, 0x02, 0x32, 0x09, 0x61, 0x61]],
  ])('%s', (_, bytes) => {
    const reader = new ProtobufReader(Uint8Array.from(bytes))
    read(reader)
    expect(reader.malformed).toMatch(/\(at byte \d+\)$/)
  })

  test('random bytes neither throw nor hang, in reader and walker', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const reader = new ProtobufReader(bytes)
        while (reader.next()) reader.skip()
        expect(walkFields(bytes, 0, bytes.length, () => undefined)).toBe(reader.malformed === undefined)
      }),
      { numRuns: 2000 },
    )
  })

  test('a field of the wrong wire type is refused', () => {
    const reader = new ProtobufReader(Uint8Array.from([0x08, 0x01]))
    reader.next()
    expect(reader.double()).toBe(0)
    expect(reader.malformed).toContain('wire type 0 instead of 1')
  })
})

test('walkFields visits each field with its range and stops when told to', () => {
  const writer = new ProtobufWriter()
  writer.uint(1, 300)
  writer.string(600, 'abc')
  writer.double(3, 1)
  writer.fixed32(4, 7)
  const seen: number[][] = []
  const bytes = writer.finish()
  expect(walkFields(bytes, 0, bytes.length, (...visit) => void seen.push(visit))).toBe(true)
  expect(seen).toEqual([
    [1, 0, 1, 3, 0],
    [600, 2, 6, 9, 3],
    [3, 1, 10, 18, 9],
    [4, 5, 19, 23, 18],
  ])
  let visits = 0
  expect(walkFields(bytes, 0, bytes.length, () => ++visits < 2)).toBe(true)
  expect(visits).toBe(2)
})
