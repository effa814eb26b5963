import { expect, test } from 'vitest'
import { Labels } from '../signal/labels.ts'
import { componentFact } from './component-fact.ts'

const target = (address: string): Labels => Labels.from({ __address__: address })

test.each([
  [{ targets: [target('10.2.114.21:8080')], scrape_interval: 30_000 }, '10.2.114.21:8080 · every 30s'],
  [{ targets: [target('user:pass@a:1')] }, 'a:1'],
  [{ endpoint: [{ url: 'https://user:pa/ss@loki.example/push' }] }, '→ loki.example'],
  [{ targets: [target('a'), target('b')], scrape_interval: 90_000 }, '2 targets · every 1m30s'],
  [{ targets: [] }, '0 targets'],
  [{ path_targets: [Labels.from({ __path__: '/var/log/*.log' })] }, '/var/log/*.log'],
  [{ endpoint: [{ url: 'http://mimir:9009/api/v1/push' }] }, '→ mimir:9009'],
  [{ endpoint: [{ url: 'https://user:pass@loki.example/push' }, { url: 'http://b' }] }, '→ loki.example and 1 more'],
  [{ client: { endpoint: 'tempo:4317' }, timeout: 5000 }, '→ tempo:4317'],
  [{ send_batch_size: 8192, timeout: 200 }, 'every 200ms'],
  [{ grpc: { endpoint: '127.0.0.1:4317' }, http: undefined }, '127.0.0.1:4317'],
  [{ rule: [{}], forward_to: [] }, '1 rule'],
  [{ stage: [{}, {}] }, '2 stages'],
  [{ sampling_percentage: 15 }, 'keeps 15 %'],
  [{ filename: '/etc/token' }, '/etc/token'],
  [{}, ''],
])('the arguments %j show as %s', (args, fact) => {
  expect(componentFact(args, {})).toBe(fact)
})

test('a component that only finds targets says how many', () => {
  expect(componentFact({ host: 'unix:///var/run/docker.sock' }, { targets: [target('a')] })).toBe('1 target found')
})
