import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeDocker } from '../../../docker/testing/fake-docker.ts'
import { quickClock } from '../../../docker/testing/quick-clock.ts'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import type { Labels } from '../../../signal/labels.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import type { RecordingContext } from '../../../testing/component-context.ts'
import { discoveryDocker } from './component.ts'
import { definition } from './definition.ts'

type Arguments = DefinitionArguments<typeof definition>

let docker: FakeDocker
let context: RecordingContext<typeof definition>
let stop: AbortController
let finished: Promise<void>

const argumentsFor = (host: string): Arguments => ({
  ...(Object.fromEntries(
    Object.entries(definition.arguments).map(([name, { default: value }]) => [name, value]),
  ) as unknown as Arguments),
  host,
  filter: [],
})

const names = (): string[] => {
  const last = context.published.at(-1) as { targets: Labels[] }
  return last.targets.map((target) => target.get('__meta_docker_container_name')).sort()
}

beforeEach(async () => {
  docker = new FakeDocker(join(mkdtempSync(join(tmpdir(), 'weir-docker-')), 'docker.sock'))
  await docker.start()
  context = recordingContext({ clock: quickClock(20) })
  stop = new AbortController()
})

afterEach(async () => {
  stop.abort()
  await finished
  await docker.stop()
})

const start = (changes: Partial<Arguments> = {}): ReturnType<typeof discoveryDocker.build> => {
  const component = discoveryDocker.build({ ...argumentsFor(docker.host), ...changes }, context)
  finished = component.run(stop.signal)
  return component
}

test('containers are found at the start, and events bring the others', async () => {
  docker.startContainer(docker.create({ name: 'first' }))
  start()
  expect(context.published).toEqual([{ targets: [] }])
  await expect.poll(names).toEqual(['/first'])
  const second = docker.create({ name: 'second' })
  docker.startContainer(second)
  await expect.poll(names).toEqual(['/first', '/second'])
  docker.stopContainer(second)
  await expect.poll(names).toEqual(['/first'])
  expect(context.health.at(-1)).toMatchObject({ state: 'healthy' })
  expect(
    context.values.get('prometheus_sd_refresh_duration_seconds_count{docker,test.component.default}'),
  ).toBeGreaterThan(0)
})

test('the same list is not published twice', async () => {
  docker.startContainer(docker.create({ name: 'first' }))
  start({ refresh_interval: 200 })
  await expect
    .poll(() => docker.requests.filter((path) => path.startsWith('/containers/json')).length)
    .toBeGreaterThan(3)
  expect(context.published).toHaveLength(2)
})

test('while the engine is away the last list stays, and it is refreshed when the engine is back', async () => {
  const id = docker.create({ name: 'first' })
  docker.startContainer(id)
  start()
  await expect.poll(names).toEqual(['/first'])
  await docker.stop({ keepContainers: true })
  await expect
    .poll(() => context.health.at(-1))
    .toMatchObject({
      state: 'unhealthy',
      message: expect.stringContaining('Docker is not running') as string,
    })
  expect(names()).toEqual(['/first'])
  docker.remove(id)
  docker.startContainer(docker.create({ name: 'second' }))
  await docker.start()
  await expect.poll(names).toEqual(['/second'])
})

test('a failed list is counted and repeated', async () => {
  docker.startContainer(docker.create({ name: 'first' }))
  docker.fault = (path) => (path === '/networks' ? 500 : undefined)
  start()
  const failures = 'prometheus_sd_refresh_failures_total{docker,test.component.default}'
  await expect.poll(() => context.values.get(failures) ?? 0).toBeGreaterThan(0)
  docker.fault = () => undefined
  await expect.poll(names).toEqual(['/first'])
})

test('new arguments take effect', async () => {
  docker.startContainer(docker.create({ name: 'first' }))
  const component = start()
  await expect.poll(names).toEqual(['/first'])
  await component.update({ ...argumentsFor(docker.host), filter: [{ name: 'label', values: ['a', 'b'] }] })
  await expect
    .poll(() => docker.requests.some((path) => path.includes(encodeURIComponent('"label":["a","b"]'))))
    .toBe(true)
})

test('hosts that cannot be are refused before anything runs', () => {
  const check = (host: string): string[] =>
    (definition.check?.({ ...argumentsFor(host) }) ?? []).map(({ message }) => message)
  expect(check('unix:///var/run/docker.sock')).toEqual([])
  expect(check('tcp://[::1]:2375')).toEqual([])
  expect(check('npipe:////./pipe/docker_engine')).toEqual([])
  expect(check('/var/run/docker.sock')[0]).toContain('has no scheme')
  expect(check('ssh://somewhere')[0]).toContain('unknown scheme')
  expect(check('tcp://host:99999')[0]).toContain('not a network address')
})
