import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coerce, describeProblem } from './coerce.ts'
import { fromPlain } from './plain-value.ts'
import { Secret } from './secret.ts'
import type { Slot } from './slot.ts'
import {
  arrayValue,
  capsuleValue,
  nullValue,
  objectValue,
  optionalSecretValue,
  secretValue,
  stringValue,
} from './value.ts'
import { uintValue } from './number.ts'

const at = (plain: unknown, slot: Slot) => coerce(fromPlain(plain), slot)
const complaints = (plain: unknown, slot: Slot): string[] =>
  at(plain, slot).problems.map((problem) => describeProblem('x', problem))

test('a nested value is complained about with its path', () => {
  const slot: Slot = { kind: 'map', of: { kind: 'map', of: { kind: 'list', of: { kind: 'integer' } } } }
  expect(complaints({ object: { field1: [15, 30, 'hello'] } }, slot)).toEqual([
    'x.object.field1[2] should be number, got string that does not read as a number',
  ])
})

test('all problems are reported, not only the first', () => {
  expect(complaints([true, 1, {}], { kind: 'list', of: { kind: 'string' } })).toEqual([
    'x[0] should be string, got bool',
    'x[2] should be string, got object',
  ])
})

describe('null', () => {
  test('unsets an argument, or gives the empty value where one is needed', () => {
    expect(coerce(nullValue, { kind: 'string' })).toEqual({ ok: true, problems: [] })
    expect(coerce(nullValue, { kind: 'string' }, { nullAs: 'empty' }).value).toBe('')
    expect(coerce(nullValue, { kind: 'bool' }, { nullAs: 'empty' }).value).toBe(false)
    expect(coerce(nullValue, { kind: 'duration' }, { nullAs: 'empty' }).value).toBe(0)
  })

  test('inside lists and maps is the empty value', () => {
    expect(at([null, 1], { kind: 'list', of: { kind: 'integer' } }).value).toEqual([0, 1])
    expect(at({ a: null }, { kind: 'map', of: { kind: 'bool' } }).value).toEqual(new Map([['a', false]]))
  })

  test('is left out among capsules', () => {
    const receiver = capsuleValue('LogsReceiver', 'r')
    const slot: Slot = { kind: 'list', of: { kind: 'capsule', name: 'LogsReceiver' } }
    expect(coerce(arrayValue([nullValue, receiver]), slot).value).toEqual(['r'])
  })
})

test('a capsule fits only the slot of its type', () => {
  const receiver = capsuleValue('LogsReceiver', 'r')
  expect(coerce(receiver, { kind: 'capsule', name: 'LogsReceiver' }).value).toBe('r')
  expect(coerce(receiver, { kind: 'capsule', name: 'MetricsReceiver' }).problems[0].message).toBe(
    'should be MetricsReceiver, got LogsReceiver',
  )
})

test('targets take any scalar, unwrap plain optional secrets and refuse the rest', () => {
  const target = objectValue([
    ['port', uintValue(8080)],
    ['up', fromPlain(true)],
    ['name', optionalSecretValue('open', false)],
  ])
  expect(coerce(target, { kind: 'target' }).value).toEqual(
    new Map([
      ['port', '8080'],
      ['up', 'true'],
      ['name', 'open'],
    ]),
  )
  const bad = objectValue([
    ['a', secretValue('hush')],
    ['b', nullValue],
    ['c', arrayValue([])],
  ])
  expect(coerce(bad, { kind: 'target' }).problems.map(({ code, path }) => [code, ...path])).toEqual([
    ['secret-as-string', 'a'],
    ['wrong-type', 'b'],
    ['wrong-type', 'c'],
  ])
})

test('numbers keep to their bounds', () => {
  expect(complaints(0, { kind: 'integer', min: 1 })).toEqual(['x should be at least 1, got 0'])
  expect(complaints(1.5, { kind: 'float', max: 1 })).toEqual(['x should be at most 1, got 1.5'])
  expect(at(1, { kind: 'integer', min: 1, max: 1 }).value).toBe(1)
})

test('lossy numbers pass with a warning', () => {
  expect(at(1.9, { kind: 'integer' })).toMatchObject({
    ok: true,
    value: 1,
    problems: [{ severity: 'warning', code: 'fraction-dropped' }],
  })
  expect(coerce(uintValue(2n ** 63n + 1n), { kind: 'integer' })).toMatchObject({
    ok: true,
    problems: [{ code: 'imprecise-integer' }],
  })
  expect(at(Infinity, { kind: 'integer' }).ok).toBe(false)
})

test('choices are checked and the nearest is offered', () => {
  const slot: Slot = { kind: 'choice', values: ['keep', 'drop'] }
  expect(at('keep', slot).value).toBe('keep')
  expect(complaints('dorp', slot)).toEqual(['x should be one of "keep" | "drop": did you mean "drop"?'])
})

test('regular expressions must compile as RE2', () => {
  expect(at('(?i)a+', { kind: 'regex' }).value).toBe('(?i)a+')
  expect(at('(', { kind: 'regex' }).problems[0].code).toBe('bad-regex')
  expect(at('(?=a)', { kind: 'regex' }).problems[0].code).toBe('bad-regex')
})

test('a size may be a number of bytes, with a warning that Alloy wants a unit', () => {
  expect(at(1048576, { kind: 'bytes' })).toMatchObject({
    ok: true,
    value: 1048576,
    problems: [{ code: 'size-without-unit' }],
  })
  expect(at(-1, { kind: 'bytes' }).ok).toBe(false)
  expect(at(1.5, { kind: 'bytes' }).ok).toBe(false)
})

test('secrets stay secret in every slot that shows its value', () => {
  const slots: Slot[] = [
    { kind: 'string' },
    { kind: 'regex' },
    { kind: 'duration' },
    { kind: 'bytes' },
    { kind: 'choice', values: ['a'] },
    { kind: 'integer' },
  ]
  for (const slot of slots) {
    const { ok, problems } = coerce(secretValue('hush'), slot)
    expect(ok).toBe(false)
    expect(JSON.stringify(problems)).not.toContain('hush')
  }
  expect(coerce(secretValue('hush'), { kind: 'any' }).value).toBeInstanceOf(Secret)
  const plain = coerce(stringValue('open'), { kind: 'optional_secret' }).value as Secret
  expect([plain.masked, String(plain)]).toEqual([false, 'open'])
})

test('nothing a value can be makes it throw', () => {
  const slots: Slot[] = (
    [
      'string',
      'bool',
      'secret',
      'optional_secret',
      'duration',
      'bytes',
      'regex',
      'any',
      'value',
      'array',
      'object',
      'target',
      'integer',
      'float',
    ] as const
  ).map((kind) => ({ kind }))
  const nested: Slot[] = slots.flatMap((of): Slot[] => [
    { kind: 'list', of },
    { kind: 'map', of },
  ])
  fc.assert(
    fc.property(
      fc.constantFrom(...slots, ...nested),
      fc.anything({ withBigInt: true, withNullPrototype: true }),
      (slot, plain) => {
        const { ok, problems } = coerce(fromPlain(plain), slot)
        expect(ok).toBe(problems.every(({ severity }) => severity === 'warning'))
      },
    ),
    { numRuns: 1000 },
  )
})
