import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldCursor } from './field-cursor.ts'
import { walkFields } from './walk.ts'
import { ProtobufWriter } from './writer.ts'

type Seen = readonly [field: number, wire: number, start: number, end: number, begin: number]

function withCursor(bytes: Uint8Array, start: number, end: number): { seen: Seen[]; ok: boolean } {
  const seen: Seen[] = []
  const cursor = new FieldCursor(bytes).over(start, end)
  while (cursor.next()) seen.push([cursor.field, cursor.wire, cursor.start, cursor.end, cursor.begin])
  return { seen, ok: cursor.ok }
}

function withWalk(bytes: Uint8Array, start: number, end: number): { seen: Seen[]; ok: boolean } {
  const seen: Seen[] = []
  const ok = walkFields(bytes, start, end, (...field) => void seen.push(field))
  return { seen, ok }
}

const field = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 29 - 1 }))
const fields = fc.array(
  fc.oneof(
    fc.tuple(field, fc.uint8Array({ maxLength: 300 })),
    fc.tuple(field, fc.nat(2 ** 31 - 1)),
    fc.tuple(field, fc.double()),
  ),
  { maxLength: 12 },
)

function encode(list: readonly (readonly [number, Uint8Array | number])[]): Uint8Array {
  const writer = new ProtobufWriter()
  for (const [number, value] of list) {
    if (typeof value !== 'number') writer.bytesField(number, value)
    else if (Number.isInteger(value)) writer.uint(number, Math.abs(value))
    else writer.double(number, value)
  }
  return writer.finish()
}

describe('a field cursor', () => {
  it('sees what a walk sees, well formed or not', () => {
    fc.assert(
      fc.property(
        fields,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.nat(),
        (list, changes, cut) => {
          const bytes = encode(list)
          for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte
          const end = changes.length > 0 ? bytes.length : cut % (bytes.length + 1)
          expect(withCursor(bytes, 0, end)).toEqual(withWalk(bytes, 0, end))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('serves one message after another', () => {
    const bytes = encode([
      [1, 5],
      [2, new Uint8Array(3)],
    ])
    const cursor = new FieldCursor(bytes)
    for (let round = 0; round < 2; round++) {
      cursor.over(0, bytes.length)
      expect([cursor.next(), cursor.next(), cursor.next()]).toEqual([true, true, false])
    }
    expect(cursor.ok).toBe(true)
    cursor.over(0, 1)
    expect(cursor.next()).toBe(false)
    expect(cursor.ok).toBe(false)
  })
})

describe('a writer', () => {
  it('fills in lengths whatever was expected of them', () => {
    const size = fc.oneof(fc.nat(20), fc.nat(400), fc.nat(20_000))
    fc.assert(
      fc.property(size, size, fc.boolean(), (length, likely, tight) => {
        const content = new Uint8Array(length).fill(7)
        const writer = new ProtobufWriter(tight ? 1 : 64)
        const outer = writer.begin(3, likely)
        const at = writer.begin(1, likely)
        writer.raw(content)
        writer.end(at, likely)
        writer.end(outer, likely)
        const plain = new ProtobufWriter()
        plain.bytesField(1, content)
        const expected = new ProtobufWriter()
        expected.bytesField(3, plain.finish())
        expect(Buffer.compare(writer.finish(), expected.finish())).toBe(0)
      }),
    )
  })

  it('repeats what it wrote', () => {
    const writer = new ProtobufWriter(4)
    writer.raw(new Uint8Array([1, 2, 3]))
    writer.again(1, 3)
    writer.again(2, 2)
    expect([...writer.finish()]).toEqual([1, 2, 3, 2, 3])
  })
})
