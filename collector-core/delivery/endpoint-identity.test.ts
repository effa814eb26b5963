import { describe, expect, test } from 'vitest'
import { endpointIdentities, isEndpointDirectory, kindDirectory } from './endpoint-identity.ts'
import type { Destination } from './endpoint-identity.ts'

const to = (address: string, more: Partial<Destination> = {}): Destination => ({ address, account: ['', ''], ...more })
const directories = (...destinations: Destination[]): string[] =>
  endpointIdentities(destinations).map(({ directory }) => directory)

test('directories stay what they are, or queues on disk would be lost', () => {
  const all = [
    to('http://mimir:9009/api/v1/push', { name: 'mimir prod' }),
    to('http://mimir:9009/api/v1/push'),
    to('http://mimir:9009/api/v1/push'),
    to('https://loki/push', { account: ['me', 'team'] }),
  ]
  expect(endpointIdentities(all)).toEqual([
    { name: 'mimir prod', directory: 'mimir_prod-a8c0af62' },
    { name: 'd86e06', directory: 'd86e06-d86e0656' },
    { name: '9e4a67', directory: '9e4a67-9e4a6728' },
    { name: '6a8283', directory: '6a8283-6a828324' },
  ])
  expect(kindDirectory('traces', to('tempo:4317'))).toBe('traces-37a88698')
})

describe('the same endpoint', () => {
  test.each([
    ['another path', to('http://mimir:9009/push'), to('http://mimir:9009/api/v1/push')],
    ['another scheme', to('http://mimir:9009/push'), to('https://mimir:9009/push')],
    ['another name of this machine', to('http://localhost:9009/push'), to('http://127.0.0.1:9009/push')],
    ['a named one with another address', to('http://a/push', { name: 'x' }), to('http://b/push', { name: 'x' })],
  ])('%s', (_, one, other) => {
    expect(directories(one)).toEqual(directories(other))
  })
})

describe('another endpoint', () => {
  test.each([
    ['another host', to('http://a/push'), to('http://b/push')],
    ['another port', to('http://a:1/push'), to('http://a:2/push')],
    ['another tenant or user', to('http://a/push'), to('http://a/push', { account: ['me', ''] })],
    ['another name', to('http://a/push', { name: 'x' }), to('http://a/push', { name: 'y' })],
  ])('%s', (_, one, other) => {
    expect(directories(one)).not.toEqual(directories(other))
  })

  test('several of one server are told apart by all of the url, in whatever order they come', () => {
    const one = to('http://a/one/push')
    const other = to('http://a/other/push')
    const elsewhere = to('http://b/push')
    const [first, second, third] = directories(one, other, elsewhere)
    expect(new Set([first, second, third]).size).toBe(3)
    expect(directories(elsewhere, other, one)).toEqual([third, second, first])
    expect(new Set(directories(one, one)).size).toBe(2)
  })
})

test('a directory of an endpoint is known as such', () => {
  for (const directory of directories(to('http://a/push'), to('http://a/push', { name: 'a b' })))
    expect(isEndpointDirectory(directory)).toBe(true)
  for (const other of ['lost+found', 'default.bak', 'queue-3CF4']) expect(isEndpointDirectory(other)).toBe(false)
})
