import { expect, test } from 'vitest'
import { endpointIdentities, isEndpointDirectory, onlyEndpoint } from './endpoint-identity.ts'

test('directories stay what they are, or queues on disk would be lost', () => {
  const unnamed = { marks: ['http://a', 'u'] }
  expect(
    endpointIdentities([
      { name: 'mimir prod', marks: ['named', 'mimir prod', 'prometheus.WriteRequest'] },
      unnamed,
      unnamed,
    ]),
  ).toEqual([
    { name: 'mimir prod', directory: 'mimir_prod-3cf4de8f' },
    { name: '2b1228', directory: '2b1228-2b122896' },
    { name: '33595a', directory: '33595a-33595a82' },
  ])
})

test('a directory of an endpoint is known as such', () => {
  for (const directory of ['mimir_prod-3cf4de8f', onlyEndpoint.directory])
    expect(isEndpointDirectory(directory)).toBe(true)
  for (const other of ['lost+found', 'default.bak', 'queue-3CF4']) expect(isEndpointDirectory(other)).toBe(false)
})
