// The engine with small components of its own, so that every step of a reload can be seen.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../catalog.ts'
import { checkConfig } from '../graph/check.ts'
import { defineComponent } from '../schema/definition.ts'
import { receiver, receivers, string, targets } from '../schema/field.ts'
import { Labels } from '../signal/labels.ts'
import { metricBatch } from '../signal/metric-batch.ts'
import { accepted } from '../signal/receiver.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { systemClock } from './clock.ts'
import { Collector } from './collector.ts'
import { implement, untilStopped } from './component.ts'
import type { ComponentContext, ComponentType } from './component.ts'

const system = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0.0.0' }
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

let events: string[] = []
let contexts = new Map<string, ComponentContext>()

const lifeOf = (context: ComponentContext) => async (stop: AbortSignal) => {
  events.push(`start ${context.id}`)
  contexts.set(context.id, context)
  await untilStopped(stop)
  events.push(`stop ${context.id}`)
}

const sink = implement(
  defineComponent({
    name: 'test.sink',
    summary: 'Takes metrics.',
    stage: 'send',
    arguments: { mood: string('Mood.', { default: 'calm' }) },
    exports: { receiver: receiver('metrics', 'In.') },
    example: '',
  }),
  (args, context) => {
    if (args.mood === 'broken') throw new Error('cannot be built')
    context.publish({ receiver: { signal: 'metrics', accept: async () => accepted } })
    return {
      run: lifeOf(context),
      update({ mood }) {
        if (mood === 'stubborn') throw new Error('will not')
        events.push(`update ${context.id} ${mood}`)
      },
    }
  },
)
const source = implement(
  defineComponent({
    name: 'test.source',
    summary: 'Sends metrics.',
    stage: 'collect',
    arguments: {
      forward_to: receivers('metrics', 'Out.', { required: true }),
      targets: targets('Targets.', {}),
    },
    exports: {},
    example: '',
  }),
  (args, context) => {
    let wanted = args
    return {
      run: lifeOf(context),
      update(changed) {
        wanted = changed
        events.push(`update ${context.id} ${changed.targets.map(String).join()}`)
      },
      debugInfo: () => [
        { kind: 'attribute', name: 'sent', value: wanted.forward_to.map((next) => next.accept(batch)) },
      ],
    }
  },
)
const finder = implement(
  defineComponent({
    name: 'test.finder',
    summary: 'Finds targets.',
    stage: 'discover',
    arguments: {},
    exports: { targets: targets('Found.') },
    example: '',
  }),
  (_, context) => ({ run: lifeOf(context as ComponentContext), update: () => undefined }),
)
const slow = implement(
  defineComponent({
    name: 'test.slow',
    summary: 'Takes its time to stop.',
    stage: 'send',
    arguments: {},
    exports: { receiver: receiver('metrics', 'In.') },
    example: '',
  }),
  (_, context) => ({
    async run(stop: AbortSignal) {
      await lifeOf(context)(stop)
      await context.clock.sleep(50)
      events.push(`stopped ${context.id}`)
    },
    update: () => undefined,
  }),
)
const batch = metricBatch([Labels.from({ __name__: 'x' })], Float64Array.of(1), 1)
const types: readonly ComponentType[] = [sink, source, finder, slow]
const catalog: Catalog = {
  components: new Map(types.map(({ definition }) => [definition.name, definition])),
  known: new Map([
    ['other.thing', { name: 'other.thing', stability: 'experimental', accepts: [], exports: ['metrics'] }],
  ]),
  configBlocks: new Map(),
  unsupportedBlocks: new Map(),
}

const newCollector = () =>
  new Collector({
    environment: {
      clock: systemClock,
      random: Math.random,
      storagePath: mkdtempSync(join(tmpdir(), 'weir-collector-')),
      registry: createRegistry(),
      log: silent,
      logFor: () => silent,
      userAgent: 'Weir/test',
      ownAddress: () => '127.0.0.1:1',
      system,
    },
    types: new Map(types.map((type) => [type.definition.name, type])),
    onConfigBlock: () => undefined,
  })
const config = (text: string) => checkConfig([{ file: 'c.alloy', text }], catalog, system)
const pipeline = 'test.sink "s" { }\ntest.source "a" { forward_to = [test.sink.s.receiver] }\n'

beforeEach(() => {
  events = []
  contexts = new Map()
})

describe('the collector', () => {
  it('starts receivers before sources and stops them after', async () => {
    const collector = newCollector()
    expect(
      await collector.load(config('test.source "a" { forward_to = [test.sink.s.receiver] }\ntest.sink "s" { }')),
    ).toMatchObject({ applied: true })
    await collector.stop()
    expect(events).toEqual(['start test.sink.s', 'start test.source.a', 'stop test.source.a', 'stop test.sink.s'])
  })

  it('stops what does not depend on each other at the same time', async () => {
    const collector = newCollector()
    await collector.load(
      config(`test.slow "s" { }\ntest.slow "t" { }
test.source "a" { forward_to = [test.slow.s.receiver, test.slow.t.receiver] }`),
    )
    events = []
    await collector.stop()
    expect(events.slice(0, 3).sort()).toEqual(['stop test.slow.s', 'stop test.slow.t', 'stop test.source.a'])
    expect(events[0]).toBe('stop test.source.a')
    expect(events.slice(3).sort()).toEqual(['stopped test.slow.s', 'stopped test.slow.t'])
  })

  it('leaves everything untouched when anything is wrong', async () => {
    const collector = newCollector()
    await collector.load(config(pipeline))
    events = []
    const bad = [
      `${pipeline}test.sink "t" { mood = "broken" }`,
      `${pipeline}test.sink "u" { moood = "x" }`,
      'test.sink "s" {',
      `${pipeline}test.source "b" { forward_to = [test.sink.nope.receiver] }`,
    ]
    for (const text of bad) {
      const { applied, diagnostics } = await collector.load(config(text))
      expect(applied, text).toBe(false)
      expect(diagnostics.length, text).toBeGreaterThan(0)
    }
    expect(events).toEqual([])
    expect(collector.frame().edges.map(({ from, to }) => [from, to])).toEqual([['test.source.a', 'test.sink.s']])
    expect(collector.components().map(({ node, health }) => [node.id, health.state])).toEqual([
      ['test.sink.s', 'healthy'],
      ['test.source.a', 'healthy'],
    ])
    await collector.stop()
  })

  it('updates only what changed, and keeps what is unchanged running with its counts', async () => {
    const collector = newCollector()
    await collector.load(config(pipeline))
    collector.component('test.source.a')!.debugInfo()
    events = []
    await collector.load(config(`// a comment\n${pipeline}`))
    expect(events).toEqual([])
    await collector.load(config(pipeline.replace('{ }', '{ mood = "glad" }')))
    expect(events).toEqual(['update test.sink.s glad'])
    expect(collector.frame().edges).toMatchObject([{ from: 'test.source.a', to: 'test.sink.s', items: 1 }])
    await collector.stop()
  })

  it('reroutes before it stops: new receiver up, source updated, old receiver down', async () => {
    const collector = newCollector()
    await collector.load(config(pipeline))
    events = []
    await collector.load(
      config(pipeline.replaceAll('test.sink "s"', 'test.sink "t"').replaceAll('test.sink.s', 'test.sink.t')),
    )
    expect(events).toEqual(['start test.sink.t', 'update test.source.a ', 'stop test.sink.s'])
    expect(collector.frame().edges).toMatchObject([{ to: 'test.sink.t' }])
    await collector.stop()
  })

  it('marks a component that refuses its new arguments, and keeps it running', async () => {
    const collector = newCollector()
    await collector.load(config(pipeline))
    await collector.load(config(pipeline.replace('{ }', '{ mood = "stubborn" }')))
    expect(collector.component('test.sink.s')!.health).toMatchObject({ state: 'unhealthy', message: 'will not' })
    expect(collector.component('test.sink.s')!.args).toEqual({ mood: 'calm' })
    await collector.load(config(pipeline))
    await collector.stop()
  })

  it('evaluates dependants again when exports change, once per change', async () => {
    const collector = newCollector()
    await collector.load(
      config(`test.finder "f" { }\ntest.source "a" {\n forward_to = []\n targets = test.finder.f.targets\n}`),
    )
    events = []
    const found = [Labels.from({ __address__: 'x:1' })]
    contexts.get('test.finder.f')!.publish({ targets: found } as never)
    contexts.get('test.finder.f')!.publish({ targets: [...found] } as never)
    await new Promise((resolve) => setTimeout(resolve, 20))
    contexts.get('test.finder.f')!.publish({ targets: [Labels.from({ __address__: 'x:1' })] } as never)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(events).toEqual(['update test.source.a {__address__="x:1"}'])
    await collector.stop()
  })

  it('skips receivers of components it cannot run', async () => {
    const collector = newCollector()
    const checked = config(`other.thing "o" { }\ntest.source "a" { forward_to = [other.thing.o.receiver] }`)
    expect(checked.unsupported.map(({ id }) => id)).toEqual(['other.thing.o'])
    expect(await collector.load(checked)).toMatchObject({ applied: true })
    expect(collector.components().map(({ node }) => node.id)).toEqual(['test.source.a'])
    expect(collector.component('test.source.a')!.args.forward_to).toEqual([])
    await collector.stop()
  })
})
