import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openGeoDatabase } from './geo-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-geo-'))
afterAll(() => rmSync(folder, { recursive: true }))

const text = (value: string): Buffer => Buffer.concat([Buffer.of(0x40 | value.length), Buffer.from(value)])
const uint16 = (value: number): Buffer => Buffer.of(0xa2, value >> 8, value & 255)
const uint32 = (value: number): Buffer =>
  Buffer.of(0xc4, value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255)
const map = (members: Readonly<Record<string, Buffer>>): Buffer =>
  Buffer.concat([
    Buffer.of(0xe0 | Object.keys(members).length),
    ...Object.entries(members).flatMap(([key, value]) => [text(key), value]),
  ])

/** A MaxMind DB of IPv4 with one record for 0.0.0.0/1 and none for the other half: a tree of a single node. */
function database(record: Buffer): Buffer {
  const nodes = 1
  const left = nodes + 16
  const tree = Buffer.of(0, 0, left, 0, 0, nodes)
  const metadata = map({
    binary_format_major_version: uint16(2),
    binary_format_minor_version: uint16(0),
    database_type: text('Test-City'),
    ip_version: uint16(4),
    node_count: uint32(nodes),
    record_size: uint16(24),
  })
  const marker = Buffer.concat([Buffer.of(0xab, 0xcd, 0xef), Buffer.from('MaxMind.com')])
  return Buffer.concat([tree, Buffer.alloc(16), record, marker, metadata])
}

describe('a GeoIP database', () => {
  const path = join(folder, 'city.mmdb')
  writeFileSync(path, database(map({ city: map({ name: text('Seoul') }), number: uint32(4766) })))
  const find = openGeoDatabase(path)

  test('knows an address inside one of its networks', () =>
    expect(find('1.2.3.4')).toEqual({ city: { name: 'Seoul' }, number: 4766 }))

  test.each(['200.2.3.4', '2001:db8::1', 'localhost', '', '1.2.3.4.5'])('knows nothing of "%s"', (address) =>
    expect(find(address)).toBeUndefined(),
  )

  test('is refused with its name when it is missing or something else', () => {
    const missing = join(folder, 'missing.mmdb')
    expect(() => openGeoDatabase(missing)).toThrow(`the GeoIP database ${missing} cannot be used: ENOENT`)
    const other = join(folder, 'other.mmdb')
    writeFileSync(other, 'no database at all')
    expect(() => openGeoDatabase(other)).toThrow(`the GeoIP database ${other} cannot be used`)
  })
})
