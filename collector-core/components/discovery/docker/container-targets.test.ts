import { expect, test } from 'vitest'
import { readContainer, readNetwork } from '../../../docker/engine-answers.ts'
import { containerTargets } from './container-targets.ts'

const options = { port: 80, hostNetworkingHost: 'localhost', matchFirstNetwork: true }
const networks = [
  { Id: 'n1', Name: 'backend', Scope: 'local', Internal: true, Ingress: false, Labels: { 'com.example/zone': 'a' } },
  { Id: 'n2', Name: 'frontend', Scope: 'swarm', Internal: false, Ingress: false },
].map(readNetwork)

const container = (changes: object = {}): object => ({
  Id: 'abc',
  Names: ['/web', '/other/link'],
  Image: 'nginx:1',
  ImageID: 'sha256:9',
  Labels: { 'com.docker.compose.project': 'lgtm' },
  HostConfig: { NetworkMode: 'lgtm_default' },
  NetworkSettings: {
    Networks: {
      frontend: { NetworkID: 'n2', IPAddress: '172.19.0.2' },
      backend: { NetworkID: 'n1', IPAddress: '172.18.0.2' },
    },
  },
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 8080, PublicPort: 80, Type: 'tcp' },
    { IP: '::', PrivatePort: 8080, PublicPort: 80, Type: 'tcp' },
    { PrivatePort: 9090, Type: 'tcp' },
    { PrivatePort: 53, Type: 'udp' },
  ],
  ...changes,
})

const targetsOf = (containers: object[], changes: Partial<typeof options> = {}): Record<string, string>[] =>
  containerTargets(containers.map(readContainer), networks, { ...options, ...changes }).map((labels) => labels.toJSON())

test('one target per binding of a TCP port in the alphabetically first network', () => {
  const targets = targetsOf([container()])
  expect(targets.map((target) => target.__address__)).toEqual(['172.18.0.2:8080', '172.18.0.2:8080', '172.18.0.2:9090'])
  expect(targets[1]).toEqual({
    __address__: '172.18.0.2:8080',
    __meta_docker_container_id: 'abc',
    __meta_docker_container_image: 'nginx:1',
    __meta_docker_container_image_id: 'sha256:9',
    __meta_docker_container_label_com_docker_compose_project: 'lgtm',
    __meta_docker_container_name: '/web',
    __meta_docker_container_network_mode: 'lgtm_default',
    __meta_docker_network_id: 'n1',
    __meta_docker_network_ingress: 'false',
    __meta_docker_network_internal: 'true',
    __meta_docker_network_ip: '172.18.0.2',
    __meta_docker_network_label_com_example_zone: 'a',
    __meta_docker_network_name: 'backend',
    __meta_docker_network_scope: 'local',
    __meta_docker_port_private: '8080',
    __meta_docker_port_public: '80',
    __meta_docker_port_public_ip: '::',
  })
  expect(targets[2]).not.toHaveProperty('__meta_docker_port_public')
})

test('all networks are used when asked for', () => {
  const targets = targetsOf([container()], { matchFirstNetwork: false })
  expect(new Set(targets.map((target) => target.__meta_docker_network_name))).toEqual(new Set(['backend', 'frontend']))
  expect(targets).toHaveLength(6)
})

test('without TCP ports the configured port is used', () => {
  expect(targetsOf([container({ Ports: [{ PrivatePort: 53, Type: 'udp' }] })])[0].__address__).toBe('172.18.0.2:80')
})

test('IPv6 addresses stand in brackets', () => {
  const settings = { Networks: { six: { NetworkID: 'n3', IPAddress: '', GlobalIPv6Address: '2001:db8::2' } } }
  expect(targetsOf([container({ NetworkSettings: settings, Ports: [] })])[0]).toMatchObject({
    __address__: '[2001:db8::2]:80',
    __meta_docker_network_ip: '2001:db8::2',
  })
})

test('a container in the network of the host gets the configured host, without a port', () => {
  const host = container({
    HostConfig: { NetworkMode: 'host' },
    NetworkSettings: { Networks: { host: { NetworkID: 'h', IPAddress: '' } } },
    Ports: [],
  })
  expect(targetsOf([host]).map((target) => target.__address__)).toEqual(['localhost'])
})

test('a container in the network of another one is found through it, also along a chain', () => {
  const shares = (id: string, other: string): object =>
    container({
      Id: id,
      HostConfig: { NetworkMode: `container:${other}` },
      NetworkSettings: { Networks: {} },
      Ports: [],
    })
  const targets = targetsOf([container({ Ports: [] }), shares('b', 'abc'), shares('c', 'b')])
  expect(targets.map((target) => target.__address__)).toEqual(['172.18.0.2:80', '172.18.0.2:80', '172.18.0.2:80'])
  expect(targetsOf([shares('x', 'y'), shares('y', 'x')])).toEqual([])
})

test('odd answers do no harm', () => {
  expect(targetsOf([{}, { Names: null }, { Names: ['/a'], NetworkSettings: { Networks: { none: null } } }])).toEqual([])
})
