import { describe, expect, test } from 'vitest'
import { problemsOf, runStages } from './run-stages.ts'

const line = '{"level":"warn","n":5,"yes":true,"none":null,"empty":"","big":1e21}'
const json = ['json', { expressions: { level: '', n: '', yes: '', none: '', empty: '', big: '' } }] as const

describe('stage.labels', () => {
  test.each([
    ['same name', { level: '' }, { a: '1', level: 'warn' }],
    ['other name', { severity: 'level' }, { a: '1', severity: 'warn' }],
    ['number', { n: '' }, { a: '1', n: '5' }],
    ['number without exponent', { big: '' }, { a: '1', big: '1000000000000000000000' }],
    ['boolean', { yes: '' }, { a: '1', yes: 'true' }],
    ['null is no text', { none: '' }, { a: '1' }],
    ['missing key leaves labels alone', { a: 'nope' }, { a: '1' }],
    ['overwrites', { a: 'level' }, { a: 'warn' }],
    ['an initial label is an extracted value', { b: 'a' }, { a: '1', b: '1' }],
    ['an empty value is no label', { a: 'empty' }, {}],
  ])('%s', (_, values, expected) => {
    expect(runStages([json, ['labels', { values }]], { line, labels: { a: '1' } }).out[0].labels).toEqual(expected)
  })

  test('reads structured metadata when told to', () => {
    const { out } = runStages([['labels', { values: { t: 'trace', x: 'a' }, source_type: 'structured_metadata' }]], {
      line: 'l',
      labels: { a: '1' },
      metadata: { trace: 'abc' },
    })
    expect(out[0]).toMatchObject({ labels: { a: '1', t: 'abc' }, metadata: { trace: 'abc' } })
  })

  test('equal outcomes are the same object, so streams stay few', () => {
    const { out } = runStages([json, ['labels', { values: { level: '' } }]], line, line)
    expect(out[0].labels).toEqual(out[1].labels)
  })

  test.each([
    [{}, 'values: at least one'],
    [{ 'a-b': '' }, 'values.a-b: "a-b" cannot be a label name'],
    [{ '1a': '' }, 'cannot be a label name'],
  ])('refuses %j', (values, reason) => expect(problemsOf([['labels', { values }]])[0]).toContain(reason))
})

describe('stage.static_labels', () => {
  test('overrides, and skips empty values', () => {
    const { out } = runStages([['static_labels', { values: { a: '2', b: 'x', c: '' } }]], {
      line: 'l',
      labels: { a: '1', c: 'stays' },
    })
    expect(out[0].labels).toEqual({ a: '2', b: 'x', c: 'stays' })
    expect(out[0].extracted).toEqual({ a: '1', c: 'stays' })
  })
  test('refuses bad names', () =>
    expect(problemsOf([['static_labels', { values: { 'x y': '1' } }]])[0]).toContain('cannot be a label name'))
})

describe('stage.label_drop and stage.label_keep', () => {
  const labels = { a: '1', b: '2', __tenant_id__: 't' }
  test('drop removes by exact name', () =>
    expect(runStages([['label_drop', { values: ['a', 'x'] }]], { line: 'l', labels }).out[0].labels).toEqual({
      b: '2',
      __tenant_id__: 't',
    }))
  test('keep removes all others', () =>
    expect(runStages([['label_keep', { values: ['a', 'x'] }]], { line: 'l', labels }).out[0].labels).toEqual({
      a: '1',
    }))
  test.each(['label_drop', 'label_keep'])('%s needs names', (name) =>
    expect(problemsOf([[name, { values: [] }]])).toHaveLength(1),
  )
})

describe('stage.tenant', () => {
  const entry = { line: '{"t":"from-line","e":""}', labels: { team: 'red' } }
  const tenant = (args: Record<string, string>): string | undefined =>
    runStages(
      [
        ['json', { expressions: { t: '', e: '' } }],
        ['tenant', args],
      ],
      entry,
    ).out[0].labels.__tenant_id__
  test.each([
    [{ value: 'fixed' }, 'fixed'],
    [{ label: 'team' }, 'red'],
    [{ label: 'nope' }, undefined],
    [{ source: 't' }, 'from-line'],
    [{ source: 'e' }, undefined],
    [{ source: 'nope' }, undefined],
  ])('%j', (args, expected) => expect(tenant(args as Record<string, string>)).toBe(expected))
  test.each([[{}], [{ value: 'a', label: 'b' }], [{ value: 'a', source: 'b', label: 'c' }]])('refuses %j', (args) =>
    expect(problemsOf([['tenant', args]])[0]).toContain('exactly one of'),
  )
})
