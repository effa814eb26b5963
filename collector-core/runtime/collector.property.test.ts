// Random pipelines through random sequences of good and bad loads, updates, exports and failures: what must hold, always does.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ComponentNode } from '../graph/graph.ts'
import type { Labels } from '../signal/labels.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { FakePipeline } from '../testing/fake-pipeline.ts'

const moods = ['calm', 'calm', 'calm', 'glad', 'stubborn', 'stuck'] as const
const mood = fc.constantFrom(...moods)

/** Components by number; a sender only names receivers with a smaller number, so there is no cycle. */
interface Wanted {
  readonly kind: 'sink' | 'pass' | 'source' | 'finder'
  readonly mood: string
  readonly to: readonly number[]
  readonly finder: number
}

const wanted: fc.Arbitrary<Wanted> = fc.record({
  kind: fc.constantFrom('sink', 'pass', 'source', 'finder'),
  mood,
  to: fc.array(fc.nat(7), { maxLength: 3 }),
  finder: fc.nat(7),
})
const pipeline = fc.array(wanted, { minLength: 1, maxLength: 8 })

const step = fc.oneof(
  fc.record({ do: fc.constant('load' as const), pipeline }),
  fc.record({ do: fc.constant('again' as const) }),
  fc.record({
    do: fc.constant('bad' as const),
    pipeline,
    how: fc.constantFrom(
      'test.sink "x" { mood = "broken" }',
      'test.sink "x" {',
      'test.sink "x" { moood = 1 }',
      'nonsense "x" { }',
    ),
  }),
  fc.record({ do: fc.constant('publish' as const), which: fc.nat(7), address: fc.nat(3) }),
  fc.record({ do: fc.constant('fail' as const), which: fc.nat(7) }),
  fc.record({ do: fc.constant('release' as const), which: fc.nat(7) }),
  fc.record({ do: fc.constant('send' as const) }),
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The config of a pipeline; its order in the file is turned round, so that the engine has to find its own. */
function textOf(components: readonly Wanted[]): string {
  const takes = (index: number): boolean => components[index]?.kind === 'sink' || components[index]?.kind === 'pass'
  const blocks = components.map(({ kind, mood, to, finder }, index) => {
    const receivers = to
      .filter((other) => other < index && takes(other))
      .map((other) => `${idOf(components, other)}.receiver`)
    const lines = [`mood = "${mood}"`]
    if (kind === 'pass' || kind === 'source') lines.push(`forward_to = [${receivers.join(', ')}]`)
    if (kind === 'source' && components[finder]?.kind === 'finder')
      lines.push(`targets = test.finder.c${finder}.targets`)
    return `test.${kind} "c${index}" {\n  ${lines.join('\n  ')}\n}`
  })
  return blocks.reverse().join('\n')
}

const idOf = (components: readonly Wanted[], index: number): string => `test.${components[index].kind}.c${index}`

class Model {
  readonly clock = new FakeClock()
  readonly weir = new FakePipeline(this.clock)
  private text = ''

  /** Moves time on until the work has settled; nothing may take longer than a minute. */
  async within<T>(work: Promise<T>): Promise<T> {
    const progress = { settled: false }
    const done = work.finally(() => (progress.settled = true))
    for (let passed = 0; !progress.settled && passed < 60; passed++) await this.clock.advance(1000)
    expect(progress.settled).toBe(true)
    return done
  }

  get running() {
    return this.weir.collector.components().map(({ running }) => running)
  }

  async load(text: string): Promise<void> {
    const before = new Map(this.running.map((component) => [component.id, { component, exited: component.exited }]))
    const { applied } = await this.within(this.weir.load(text))
    expect(applied).toBe(true)
    this.text = text
    const config = this.weir.check(text)
    expect(this.running.map(({ id }) => id).sort()).toEqual([...config.order].sort())
    for (const component of this.running) {
      const known = before.get(component.id)
      if (known !== undefined) expect(component === known.component, component.id).toBe(!known.exited)
    }
    for (const fake of this.weir.built) {
      const isCurrent = this.weir.inService(fake.id) === fake && config.order.includes(fake.id)
      if (!isCurrent) expect(fake.state, fake.id).not.toBe('running')
    }
  }

  async loadBad(text: string): Promise<void> {
    const before = [this.running, this.weir.collector.edgeList().map(({ edge }) => edge), this.weir.events.length]
    const { applied, diagnostics } = await this.within(this.weir.load(text))
    expect([applied, diagnostics.length > 0]).toEqual([false, true])
    expect([this.running, this.weir.collector.edgeList().map(({ edge }) => edge), this.weir.events.length]).toEqual(
      before,
    )
  }

  async run(action: Step): Promise<void> {
    const at = (index: number) =>
      this.running.map(({ id }) => this.weir.inService(id)).at(index % Math.max(1, this.running.length))
    switch (action.do) {
      case 'load':
        return this.load(textOf(action.pipeline))
      case 'again':
        return this.load(this.text)
      case 'bad':
        return this.loadBad(`${textOf(action.pipeline)}\n${action.how}`)
      case 'publish': {
        const fake = at(action.which)
        if (fake?.id.startsWith('test.finder')) fake.find(`host:${action.address}`)
        return
      }
      case 'fail':
        return at(action.which)?.fail()
      case 'release':
        return at(action.which)?.release()
      case 'send':
        for (const { id } of this.running)
          if (this.weir.inService(id).state === 'running') await this.weir.inService(id).send()
    }
  }

  /** What holds whenever nothing is under way. */
  check(): void {
    expect(this.weir.faults).toEqual([])
    for (const running of this.running) {
      const fake = this.weir.inService(running.id)
      if (running.health.state !== 'healthy') continue
      expect(fake.args.targets?.map(String) ?? []).toEqual(this.targetsFor(running.node))
      for (const { to, edge } of running.edges) {
        expect([edge.from, this.running.some(({ id }) => id === to)]).toEqual([running.id, true])
      }
    }
  }

  /** What the finder a source reads from has published last. */
  private targetsFor({ references }: ComponentNode): string[] {
    const finder = references.find(({ target }) => target.startsWith('test.finder'))
    const published = finder && this.weir.collector.component(finder.target)?.exports.targets
    return ((published as readonly Labels[] | undefined) ?? []).map(String)
  }

  async end(): Promise<void> {
    const last = this.running.map(({ id }) => this.weir.inService(id))
    await this.within(this.weir.collector.stop())
    expect(this.running).toEqual([])
    expect(last.map(({ state }) => state)).toEqual(last.map(() => 'ended'))
    for (const fake of this.weir.built) await fake.send()
    expect(this.weir.faults).toEqual([])
    await expect(this.weir.load('')).rejects.toMatchObject({ code: 'stopped' })
  }
}

test('whatever is loaded, published, failed and sent, in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(pipeline, fc.array(step, { maxLength: 10 }), async (first, steps) => {
      const model = new Model()
      await model.load(textOf(first))
      for (const action of steps) {
        await model.run(action)
        await model.clock.advance(6_000)
        model.check()
      }
      await model.end()
    }),
    { numRuns: 120 },
  )
}, 120_000)
