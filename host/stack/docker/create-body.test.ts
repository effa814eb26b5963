import { describe, expect, test } from 'vitest'
import { backendNames } from '../../contract/stack.ts'
import { defaultSettings } from '../settings.ts'
import { closedBody } from './create-body.ts'
import type { CreateBody } from './create-body.ts'
import { desiredContainer } from './desired-container.ts'

const inputs = { settings: defaultSettings, grafanaPassword: 'p', alloy: { text: '', ports: [4317, 4318] } }
const bodies = backendNames.map((backend) => desiredContainer('weir', backend, inputs).body)

describe('bodies of containers', () => {
  test.each(bodies)('$name publishes on loopback, mounts one volume, drops every capability and is bounded', (body) => {
    expect(closedBody(body)).toEqual(body)
    const { HostConfig } = body
    const addresses: readonly string[] = Object.values(HostConfig.PortBindings).flatMap((bound) =>
      bound.map(({ HostIp }) => HostIp),
    )
    expect(addresses.filter((address) => address !== '127.0.0.1')).toEqual([])
    expect(HostConfig.Mounts.map(({ Type }) => Type)).toEqual(['volume'])
    expect(HostConfig).toMatchObject({ CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] })
    expect(HostConfig.Memory).toBeGreaterThan(0)
  })

  const refused: readonly [string, (body: CreateBody) => object][] = [
    ['privileges', (body) => ({ ...body, HostConfig: { ...body.HostConfig, Privileged: true } })],
    ['host paths', (body) => ({ ...body, HostConfig: { ...body.HostConfig, Binds: ['/:/host'] } })],
    [
      'the socket as a mount',
      (body) => ({
        ...body,
        HostConfig: { ...body.HostConfig, Mounts: [{ Type: 'bind', Source: '/var/run/docker.sock', Target: '/s' }] },
      }),
    ],
    ['added capabilities', (body) => ({ ...body, HostConfig: { ...body.HostConfig, CapAdd: ['SYS_ADMIN'] } })],
    ['the network of the host', (body) => ({ ...body, HostConfig: { ...body.HostConfig, PidMode: 'host' } })],
    [
      'ports beyond loopback',
      (body) => ({
        ...body,
        HostConfig: { ...body.HostConfig, PortBindings: { '3100/tcp': [{ HostIp: '0.0.0.0', HostPort: '3100' }] } },
      }),
    ],
    ['another user', (body) => ({ ...body, User: 'root' })],
  ]
  test.each(refused)('with %s are refused', (_, change) => {
    expect(() => closedBody(change(bodies[0]))).toThrow()
  })

  test('equal settings give an equal spec; a volume does not count, a port does', () => {
    const spec = (settings = defaultSettings, volume?: string): string =>
      desiredContainer('weir', 'loki', { ...inputs, settings }, volume).spec
    expect(spec()).toBe(spec(defaultSettings, 'weir-loki-2'))
    expect(spec({ ...defaultSettings, ports: { ...defaultSettings.ports, loki: 3101 } })).not.toBe(spec())
    expect(spec({ ...defaultSettings, ports: { ...defaultSettings.ports, tempo: 3201 } })).toBe(spec())
  })

  test('the secret is in no body', () => {
    const body = desiredContainer('weir', 'grafana', { ...inputs, grafanaPassword: 'very-secret' }).body
    expect(JSON.stringify(body)).not.toContain('very-secret')
  })
})
