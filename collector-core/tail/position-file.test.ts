import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordingContext } from '../testing/component-context.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { openPositions } from './position-file.ts'
import type { PositionFile } from './position-file.ts'
import { asOrdinaryUser } from '../testing/ordinary-user.ts'

const fresh = (): string => mkdtempSync(join(tmpdir(), 'weir-positions-'))
const decode = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

function open(directory: string, clock = new FakeClock()) {
  const context = recordingContext()
  const positions = openPositions({ directory, clock, log: context.log, decode })
  return { positions, clock, context }
}

const all = (positions: PositionFile<number>): Record<string, number | undefined> =>
  Object.fromEntries(positions.keys().map((key) => [key, positions.get(key)]))

test('what was set is there after a kill, as soon as it was appended', async () => {
  const directory = fresh()
  const { positions, clock } = open(directory)
  positions.set('a', 1)
  expect(all(open(directory).positions)).toEqual({ a: 1 })
  positions.set('a', 2)
  positions.set('b', 3)
  await clock.advance(20)
  expect(all(open(directory).positions)).toEqual({ a: 2, b: 3 })
  positions.delete('a')
  await clock.advance(20)
  expect(all(open(directory).positions)).toEqual({ b: 3 })
})

test('closing leaves a snapshot and an empty journal', async () => {
  const directory = fresh()
  const { positions } = open(directory)
  positions.set('a', 1)
  positions.set('b', 2)
  await positions.close()
  expect(readdirSync(directory).sort()).toEqual(['positions.1.journal', 'positions.json'])
  expect(readFileSync(join(directory, 'positions.1.journal'), 'utf8')).toBe('')
  expect(all(open(directory).positions)).toEqual({ a: 1, b: 2 })
})

test('a journal torn at any byte loses only its last entry, and goes on', () => {
  const directory = fresh()
  const first = open(directory).positions
  for (let i = 0; i < 3; i++) first.set(`key${i}`, i)
  const journal = join(directory, 'positions.0.journal')
  const whole = readFileSync(journal, 'utf8')
  for (let length = whole.length; length >= 0; length--) {
    writeFileSync(journal, whole.slice(0, length))
    const complete = whole.slice(0, length).split('\n').length - 1
    const { positions } = open(directory)
    expect(positions.keys().length).toBeGreaterThanOrEqual(complete)
    positions.set('after', 9)
    expect(open(directory).positions.get('after')).toBe(9)
  }
})

test('damage is reported and does not keep anything from starting', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (snapshot, journal) => {
      const directory = fresh()
      writeFileSync(join(directory, 'positions.json'), snapshot)
      writeFileSync(join(directory, 'positions.0.journal'), journal)
      const { positions } = open(directory)
      positions.set('a', 1)
      expect(open(directory).positions.get('a')).toBe(1)
    }),
    { numRuns: 50 },
  )
  const directory = fresh()
  writeFileSync(join(directory, 'positions.json'), '{"generation":0,"positions":{"good":1,"bad":"text"}}')
  const { positions, context } = open(directory)
  expect(all(positions)).toEqual({ good: 1 })
  expect(context.logLines).toMatchObject([{ level: 'warn', fields: { skipped: 1 } }])
})

test('a long journal becomes a snapshot, and changes made meanwhile are kept', async () => {
  const directory = fresh()
  const { positions, clock } = open(directory)
  appendFileSync(join(directory, 'positions.0.journal'), '')
  for (let i = 0; i < 60; i++) {
    for (let key = 0; key < 1000; key++) positions.set(`key ${key}`, i)
    await clock.advance(1000)
  }
  for (let i = 0; i < 20; i++) await clock.advance(1000)
  positions.set('late', 1)
  await expect.poll(() => readdirSync(directory)).toContain('positions.json')
  await clock.advance(1000)
  const again = open(directory).positions
  expect(again.keys()).toHaveLength(1001)
  expect(again.get('key 999')).toBe(59)
  expect(again.get('late')).toBe(1)
})

test('a directory that cannot be written is reported once', async () => {
  const directory = fresh()
  const { positions, context } = open(directory)
  positions.set('a', 1)
  truncateSync(join(directory, 'positions.0.journal'))
  chmodSync(directory, 0o500)
  await asOrdinaryUser(() => positions.close())
  expect(context.logLines.filter(({ level }) => level === 'error')).toHaveLength(1)
})
