import { expect, test } from 'vitest'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import type { HostConnection } from '../../host/contract/client.ts'
import { CollectorClient } from './collector-client.ts'
import { sleep } from './sleep.ts'

const pipeline = (...ids: readonly string[]): Pipeline => ({
  kind: 'pipeline',
  nodes: ids.map((id) => ({ id, name: id, label: '', summary: '', stage: 'send', fact: '', takes: [], gives: [] })),
  edges: [],
})
const frame = (at: number, ...ids: readonly string[]): StatsFrame => ({
  kind: 'stats',
  at,
  components: ids.map((id) => ({ id, health: { state: 'healthy', message: '', since: 0 }, dropped: {} })),
  edges: [],
})
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** A collector under the test's control, and the client that asks it. */
function stage() {
  const world = {
    pipeline: pipeline('a') as Pipeline | undefined,
    up: true,
    pauses: [] as number[],
    frames: [frame(1, 'a')],
  }
  const kept = new Map<string, string>()
  const client = new CollectorClient({
    requests: {
      pipeline: () => (world.up ? Promise.resolve(world.pipeline) : Promise.reject(new Error('refused'))),
      component: () => Promise.resolve(undefined),
      async *frames(stop) {
        yield* world.frames
        if (world.up) await new Promise((resolve) => stop.addEventListener('abort', resolve))
      },
      async *tap(args) {
        yield { items: [], seen: args.perSecond ?? 0, kept: 0 }
      },
    },
    sleep(ms, stop) {
      world.pauses.push(ms)
      return sleep(0, stop)
    },
    now: () => 1_000,
    address: 'collector:12345',
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
  })
  return { world, client }
}

test('the picture comes before the numbers, and again when other components run', async () => {
  const { world, client } = stage()
  world.frames = [frame(1, 'a'), frame(2, 'a'), frame(3, 'a', 'b')]
  const seen: string[] = []
  const stop = client.subscribe('frames', {}, (event) => {
    seen.push(event.kind === 'pipeline' ? `pipeline ${event.nodes.length}` : `stats ${event.at}`)
    if (event.kind === 'stats' && event.at === 2) world.pipeline = pipeline('a', 'b')
  })
  await settled()
  stop()
  expect(seen).toEqual(['pipeline 1', 'stats 1', 'stats 2', 'pipeline 2', 'stats 3'])
})

test('a collector that went away is tried again with growing pauses, and a subscription hears that it began anew', async () => {
  const { world, client } = stage()
  const states: string[] = []
  client.watchConnection(({ kind }: HostConnection) => states.push(kind))
  world.up = false
  let restarted = 0
  const stop = client.subscribe('frames', {}, () => undefined, { restarted: () => restarted++ })
  await expect.poll(() => world.pauses.length).toBeGreaterThan(5)
  expect(states).toEqual(['connecting', 'lost'])
  expect(world.pauses.slice(0, 5)).toEqual([500, 1000, 2000, 4000, 5000])
  world.up = true
  await expect.poll(() => states.at(-1)).toBe('open')
  expect(restarted).toBe(1)
  stop()
  const { length } = world.pauses
  await settled()
  expect(world.pauses).toHaveLength(length)
})

test('without subscriptions nothing is asked', async () => {
  const { world } = stage()
  await settled()
  expect(world.pauses).toEqual([])
})

test('what needs a host is refused with what to do instead', async () => {
  const { client } = stage()
  await expect(client.call('applyConfig', { text: '' })).rejects.toMatchObject({ code: 'no-host' })
  const refusal = await new Promise((resolve) =>
    client.subscribe('collectorLog', {}, () => undefined, { ended: resolve }),
  )
  expect(refusal).toMatchObject({ nextStep: 'Run "weir ui FILE" to edit the config in a browser.' })
  await expect(client.call('component', { id: 'x' })).rejects.toMatchObject({ code: 'not-running' })
})

test('settings stay in the browser', async () => {
  const { client } = stage()
  expect(await client.call('settings', {})).toMatchObject({ theme: 'system', density: 'comfortable' })
  await client.call('saveSettings', { theme: 'dark' })
  expect(await client.call('settings', {})).toMatchObject({ theme: 'dark', density: 'comfortable' })
})
