import { expect, test } from 'vitest'
import type { HealthState } from '../../../collector-core/protocol.ts'
import { arrange } from './arrange.ts'
import type { Sorting } from './arrange.ts'
import type { ComponentRow } from './rows.ts'

function row(id: string, rate: number | undefined, state: HealthState = 'healthy'): ComponentRow {
  const name = id.slice(0, id.lastIndexOf('.'))
  return {
    node: {
      id,
      name,
      label: '',
      summary: '',
      stage: 'send',
      fact: '',
      takes: [],
      gives: [],
      kind: 'metrics',
      inputs: ['logs'],
      outputs: id.startsWith('prometheus') ? ['targets', 'metrics'] : [],
    },
    live: {
      health: { state, message: '', since: 0 },
      input: rate === undefined ? undefined : { rate, items: rate * 10, unit: 'lines' },
      output: undefined,
      dropped: {},
      droppedRate: 0,
      refused: 0,
      errors: 0,
      errorRate: 0,
      latencyMs: undefined,
      queue: undefined,
      targets: undefined,
    },
  }
}

const rows = [row('loki.write.a', 5), row('loki.write.b', undefined), row('prometheus.scrape.c', 50, 'unhealthy')]
const ids = (filter: string, sorting: Sorting): string[] =>
  arrange(rows, filter, sorting, 'none', 0).flatMap((group) => group.rows.map(({ node }) => node.id))

test('rows are sorted either way, and what has no value comes last', () => {
  expect(ids('', { by: 'inRate', order: 'descending' })).toEqual([
    'prometheus.scrape.c',
    'loki.write.a',
    'loki.write.b',
  ])
  expect(ids('', { by: 'inRate', order: 'ascending' })).toEqual(['loki.write.a', 'prometheus.scrape.c', 'loki.write.b'])
  expect(ids('', { by: 'health', order: 'descending' })[0]).toBe('prometheus.scrape.c')
})

test('names with numbers are sorted as people count', () => {
  const many = ['c10', 'c2', 'c1'].map((name) => row(`loki.write.${name}`, 1))
  const [{ rows: sorted }] = arrange(many, '', { by: 'component', order: 'ascending' }, 'none', 0)
  expect(sorted.map(({ node }) => node.id)).toEqual(['loki.write.c1', 'loki.write.c2', 'loki.write.c10'])
  const [{ rows: equal }] = arrange(many, '', { by: 'inRate', order: 'descending' }, 'none', 0)
  expect(equal.map(({ node }) => node.id)).toEqual(['loki.write.c1', 'loki.write.c2', 'loki.write.c10'])
})

test('the filter goes by the id', () => {
  expect(ids('WRITE', { by: 'component', order: 'descending' })).toEqual(['loki.write.b', 'loki.write.a'])
})

test('groups stand in order, each with its rows', () => {
  const groups = (by: 'signal' | 'kind' | 'health'): string[] =>
    arrange(rows, '', { by: 'component', order: 'ascending' }, by, 0).map(
      ({ name, rows: { length } }) => `${name} ${length}`,
    )
  expect(groups('signal')).toEqual(['logs 2', 'metrics 1'])
  expect(groups('kind')).toEqual(['loki.write 2', 'prometheus.scrape 1'])
  expect(groups('health')).toEqual(['healthy 2', 'unhealthy 1'])
})
