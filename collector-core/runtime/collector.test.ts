import { beforeEach, describe, expect, it } from 'vitest'
import type { FakeComponent } from '../testing/fake-component.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { FakePipeline } from '../testing/fake-pipeline.ts'
import { Labels } from '../signal/labels.ts'
import { refused } from '../signal/receiver.ts'
import { systemClock } from './clock.ts'

const pipeline = 'test.sink "s" { }\ntest.source "a" { forward_to = [test.sink.s.receiver] }\n'
const rerouted = pipeline.replaceAll('test.sink "s"', 'test.sink "t"').replaceAll('test.sink.s', 'test.sink.t')
const found = 'test.finder "f" { }\ntest.source "a" {\n forward_to = []\n targets = test.finder.f.targets\n}'

const soon = () => new Promise((resolve) => setTimeout(resolve, 20))

let weir: FakePipeline
const load = (text: string) => weir.load(text)
const health = (id: string) => weir.collector.component(id)!.health
const targets = (fake: FakeComponent) => fake.args.targets?.map(String)

beforeEach(() => {
  weir = new FakePipeline(systemClock)
})

describe('the collector', () => {
  it('starts receivers before sources and stops them after', async () => {
    expect(await load(pipeline.split('\n').reverse().join('\n'))).toMatchObject({ applied: true })
    await weir.collector.stop()
    expect(weir.events).toEqual(['start test.sink.s', 'start test.source.a', 'stop test.source.a', 'stop test.sink.s'])
  })

  it('stops what does not depend on each other at the same time', async () => {
    await load(`test.sink "s" { mood = "slow" }\ntest.sink "t" { mood = "slow" }
test.source "a" { forward_to = [test.sink.s.receiver, test.sink.t.receiver] }`)
    weir.news()
    await weir.collector.stop()
    expect(weir.events[0]).toBe('stop test.source.a')
    expect(weir.events.slice(1, 3).sort()).toEqual(['stop test.sink.s', 'stop test.sink.t'])
    expect(weir.events.slice(3).sort()).toEqual(['stopped test.sink.s', 'stopped test.sink.t'])
  })

  it('leaves everything untouched when anything is wrong', async () => {
    await load(pipeline)
    weir.news()
    const bad = [
      `${pipeline}test.sink "t" { mood = "broken" }`,
      `${pipeline}test.sink "u" { moood = "x" }`,
      'test.sink "s" {',
      `${pipeline}test.source "b" { forward_to = [test.sink.nope.receiver] }`,
    ]
    for (const text of bad) {
      const { applied, diagnostics } = await load(text)
      expect(applied, text).toBe(false)
      expect(diagnostics.length, text).toBeGreaterThan(0)
    }
    expect(weir.events).toEqual([])
    expect(weir.collector.frame().edges.map(({ from, to }) => [from, to])).toEqual([['test.source.a', 'test.sink.s']])
    expect(weir.collector.components().map(({ node, health }) => [node.id, health.state])).toEqual([
      ['test.sink.s', 'healthy'],
      ['test.source.a', 'healthy'],
    ])
    await weir.collector.stop()
  })

  it('updates only what changed, and keeps what is unchanged running with its counts', async () => {
    await load(pipeline)
    await weir.at('test.source.a').send()
    weir.news()
    await load(`// a comment\n${pipeline}`)
    expect(weir.events).toEqual([])
    await load(pipeline.replace('{ }', '{ mood = "glad" }'))
    expect(weir.events).toEqual(['update test.sink.s'])
    expect(weir.collector.frame().edges).toMatchObject([{ from: 'test.source.a', to: 'test.sink.s', items: 1 }])
    await weir.collector.stop()
  })

  it('reroutes before it stops: new receiver up, source updated, old receiver down', async () => {
    await load(pipeline)
    weir.news()
    await load(rerouted)
    expect(weir.events).toEqual(['start test.sink.t', 'update test.source.a', 'stop test.sink.s'])
    expect(weir.collector.frame().edges).toMatchObject([{ to: 'test.sink.t' }])
    await weir.collector.stop()
  })

  it('skips receivers of components it cannot run', async () => {
    const checked = weir.check('other.thing "o" { }\ntest.source "a" { forward_to = [other.thing.o.receiver] }')
    expect(checked.unsupported.map(({ id }) => id)).toEqual(['other.thing.o'])
    expect(await weir.collector.load(checked)).toMatchObject({ applied: true })
    expect(weir.collector.components().map(({ node }) => node.id)).toEqual(['test.source.a'])
    expect(weir.collector.component('test.source.a')!.args.forward_to).toEqual([])
    await weir.collector.stop()
  })

  it('refuses to load once it has stopped, and takes nothing any more', async () => {
    await load(pipeline)
    const early = weir.collector.stop()
    await expect(load(pipeline)).rejects.toMatchObject({ code: 'stopped' })
    await early
    await expect(load(pipeline)).rejects.toMatchObject({ code: 'stopped' })
    expect(weir.collector.components()).toEqual([])
    expect(await weir.at('test.source.a').send()).toEqual(refused('test.sink.s has stopped'))
    expect(weir.faults).toEqual([])
    expect(weir.collector.ready).toBe(false)
  })
})

describe('a component that refuses its new arguments', () => {
  it('is marked, keeps running, and is well again once its arguments are', async () => {
    await load(pipeline)
    await load(pipeline.replace('{ }', '{ mood = "stubborn" }'))
    expect(health('test.sink.s')).toMatchObject({ state: 'unhealthy', message: 'will not' })
    expect(weir.collector.component('test.sink.s')!.args.mood).toBe('calm')
    await load(pipeline)
    expect(health('test.sink.s').state).toBe('healthy')
    await weir.collector.stop()
  })

  it('does not send into a receiver that the new config stopped, and its edge still shows', async () => {
    await load(pipeline)
    await load(rerouted.replace('forward_to', 'mood = "stubborn"\n forward_to').replace('{ mood', '{\n mood'))
    expect(health('test.source.a').state).toBe('unhealthy')
    expect(await weir.at('test.source.a').send()).toEqual(refused('test.sink.s has stopped'))
    expect(weir.collector.frame().edges).toMatchObject([{ to: 'test.sink.s', refusedItems: 1 }])
    expect(weir.faults).toEqual([])
    await weir.collector.stop()
  })
})

describe('a component that does not settle its update', () => {
  const stuck = pipeline.replace('{ }', '{ mood = "stuck" }')
  /** Moves a fake clock on until `work` has settled. */
  const passing = async <T>(clock: FakeClock, work: Promise<T>): Promise<T> => {
    let settled = false
    void work.finally(() => (settled = true))
    while (!settled) await clock.advance(500)
    return work
  }

  it('is unhealthy after five seconds, and the rest of the load goes on', async () => {
    const clock = new FakeClock()
    weir = new FakePipeline(clock)
    await passing(clock, load(pipeline))
    const begun = clock.monotonic()
    const { applied } = await passing(clock, load(`${stuck}test.sink "u" { }`))
    expect([applied, clock.monotonic() - begun]).toEqual([true, 5_000])
    expect(health('test.sink.s').state).toBe('unhealthy')
    expect(health('test.sink.s').message).toContain('after 5 s')
    expect(weir.at('test.sink.u').state).toBe('running')
    await passing(clock, weir.collector.stop())
  })

  it('gets the newest arguments once it settles, and does not hold up the loads between', async () => {
    const clock = new FakeClock()
    weir = new FakePipeline(clock)
    await passing(clock, load(pipeline))
    await passing(clock, load(stuck))
    const begun = clock.monotonic()
    await passing(clock, load(pipeline.replace('{ }', '{ mood = "sad" }')))
    await passing(clock, load(pipeline.replace('{ }', '{ mood = "glad" }')))
    expect(clock.monotonic() - begun).toBeLessThan(2_000)
    expect(health('test.sink.s').state).toBe('unhealthy')
    weir.news()
    weir.at('test.sink.s').release()
    await clock.advance(0)
    expect(weir.events).toEqual(['update test.sink.s'])
    expect(weir.at('test.sink.s').args.mood).toBe('glad')
    expect(weir.collector.component('test.sink.s')!.args.mood).toBe('glad')
    expect(health('test.sink.s').state).toBe('healthy')
    await passing(clock, weir.collector.stop())
  })

  it('goes back to what it had when the config does, however late it settles', async () => {
    const clock = new FakeClock()
    weir = new FakePipeline(clock)
    await passing(clock, load(pipeline))
    await passing(clock, load(stuck))
    await passing(clock, load(pipeline))
    weir.at('test.sink.s').release()
    await clock.advance(0)
    expect(weir.at('test.sink.s').args.mood).toBe('calm')
    await passing(clock, weir.collector.stop())
  })

  it('does not hold up a stop', async () => {
    await load(pipeline)
    const loading = load(stuck)
    await soon()
    const asked = performance.now()
    await weir.collector.stop()
    expect(performance.now() - asked).toBeLessThan(1_000)
    expect(await loading).toMatchObject({ applied: true })
    expect(weir.at('test.source.a').state).toBe('ended')
  })
})

describe('a stop', () => {
  it('ends within its time though a reload waits for a component that does not stop', async () => {
    await load(`${pipeline}test.sink "t" { mood = "endless" }\ntest.sink "u" { mood = "endless" }`)
    const loading = load(`${pipeline}test.sink "t" { mood = "endless" }`)
    await soon()
    const asked = performance.now()
    await weir.collector.stop()
    expect(performance.now() - asked).toBeLessThan(4_700)
    await loading
    expect(weir.logged.filter((line) => line.includes('left behind'))).toHaveLength(2)
  })
})

describe('an exited component', () => {
  it('takes nothing, and a reload puts a new one in its place', async () => {
    await load(pipeline)
    weir.at('test.sink.s').fail()
    weir.at('test.source.a').fail()
    await soon()
    expect(health('test.sink.s')).toMatchObject({ state: 'exited', message: 'crashed' })
    expect(await weir.at('test.source.a').send()).toEqual(refused('test.sink.s has exited: crashed'))
    await load(pipeline)
    expect(weir.built.map(({ id, state }) => [id, state])).toEqual([
      ['test.sink.s', 'ended'],
      ['test.source.a', 'ended'],
      ['test.sink.s', 'running'],
      ['test.source.a', 'running'],
    ])
    expect(health('test.sink.s').state).toBe('healthy')
    expect(await weir.at('test.source.a').send()).toEqual({ kind: 'accepted' })
    await weir.collector.stop()
  })

  it('is replaced under senders that run on', async () => {
    await load(pipeline)
    weir.at('test.sink.s').fail()
    await soon()
    await load(pipeline)
    expect(weir.built).toHaveLength(3)
    expect(await weir.at('test.source.a').send()).toEqual({ kind: 'accepted' })
    await weir.collector.stop()
  })
})

describe('exports', () => {
  it('lead to new arguments of dependants when they change, once per change', async () => {
    await load(found)
    weir.news()
    weir.at('test.finder.f').find('x:1')
    weir.at('test.finder.f').find('x:1')
    await soon()
    weir.at('test.finder.f').find('x:1')
    await soon()
    expect(weir.events).toEqual(['update test.source.a'])
    expect(targets(weir.at('test.source.a'))).toEqual(['{__address__="x:1"}'])
    await weir.collector.stop()
  })

  it('reach dependants also when a new component publishes before it is taken into service', async () => {
    await load('test.source "old" {\n forward_to = []\n mood = "slow"\n}')
    const loading = load(found)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(weir.at('test.finder.f').state).toBe('built')
    weir.at('test.finder.f').find('x:1')
    await loading
    await soon()
    expect(targets(weir.at('test.source.a'))).toEqual(['{__address__="x:1"}'])
    await weir.collector.stop()
  })

  it('reach root blocks too', async () => {
    await load('test.finder "f" { }\nsettings { targets = test.finder.f.targets }')
    weir.configured.length = 0
    weir.at('test.finder.f').find('x:1')
    await soon()
    expect(weir.configured).toMatchObject([{ name: '' }, { name: 'settings' }])
    expect(weir.configured[1].args.targets).toEqual([Labels.from({ __address__: 'x:1' })])
    await weir.collector.stop()
  })
})
