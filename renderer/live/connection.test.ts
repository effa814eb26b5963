import { expect, test } from 'vitest'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import type { CollectorClient } from '../bridge/collector-client.ts'
import { sleep } from '../bridge/sleep.ts'
import { Connection } from './connection.ts'

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

/** A collector and a window under the test's control. */
class Stage implements CollectorClient {
  current: Pipeline | undefined = pipeline('a')
  up = true
  asked = 0
  private readonly waiting: ((frame: StatsFrame | undefined) => void)[] = []
  private hidden = new AbortController()
  private show: () => void = () => undefined
  readonly stopping = new AbortController()
  readonly pauses: number[] = []
  readonly connection: Connection

  constructor() {
    this.connection = new Connection({
      collector: this,
      attention: {
        visible: () =>
          this.hidden.signal.aborted ? new Promise((resolve) => (this.show = resolve)) : Promise.resolve(),
        untilHidden: () => this.hidden.signal,
      },
      sleep: (ms, stop) => {
        this.pauses.push(ms)
        return ms === 5_000 && this.up ? sleep(60_000, stop) : sleep(0, stop)
      },
    })
  }

  async pipeline(): Promise<Pipeline | undefined> {
    this.asked++
    if (!this.up) throw new Error('refused')
    return this.current
  }

  async component(): Promise<undefined> {
    return undefined
  }

  async *frames(stop: AbortSignal): AsyncGenerator<StatsFrame> {
    for (;;) {
      const next = await new Promise<StatsFrame | undefined>((resolve) => {
        this.waiting.push(resolve)
        stop.addEventListener('abort', () => resolve(undefined))
      })
      stop.throwIfAborted()
      if (next === undefined) return
      yield next
    }
  }

  send(next: StatsFrame | undefined): Promise<void> {
    this.waiting.splice(0).forEach((take) => take(next))
    return settled()
  }

  hide(): Promise<void> {
    this.hidden.abort()
    return settled()
  }

  look(): Promise<void> {
    this.hidden = new AbortController()
    this.show()
    return settled()
  }

  async during(play: () => Promise<void>): Promise<void> {
    const run = this.connection.run(this.stopping.signal)
    await settled()
    await play()
    this.stopping.abort()
    await run
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

test('the pipeline and the numbers arrive', async () => {
  const stage = new Stage()
  await stage.during(async () => {
    await stage.send(frame(1000, 'a'))
    expect(stage.connection.state.get()).toBe('live')
    expect(stage.connection.pipeline.get()?.nodes[0].id).toBe('a')
    expect(stage.connection.numbers.component('a').get()?.health.state).toBe('healthy')
  })
})

test('other components in a frame mean another pipeline, which is read at once', async () => {
  const stage = new Stage()
  await stage.during(async () => {
    await stage.send(frame(1000, 'a'))
    stage.current = pipeline('a', 'b')
    await stage.send(frame(2000, 'a', 'b'))
    expect(stage.connection.pipeline.get()?.nodes).toHaveLength(2)
  })
})

test('an unchanged pipeline stays the same object, so that nothing is drawn again', async () => {
  const stage = new Stage()
  await stage.during(async () => {
    await stage.send(frame(1000, 'a'))
    const before = stage.connection.pipeline.get()
    stage.current = pipeline('a')
    await stage.send(frame(2000, 'b'))
    expect(stage.connection.pipeline.get()).toBe(before)
  })
})

test('a collector without a config is waited for', async () => {
  const stage = new Stage()
  stage.current = undefined
  await stage.during(async () => {
    expect(stage.connection.state.get()).toBe('waiting')
  })
})

test('a lost collector keeps its last picture and is tried again with growing pauses until it is back', async () => {
  const stage = new Stage()
  await stage.during(async () => {
    await stage.send(frame(1000, 'a'))
    stage.up = false
    await stage.send(undefined)
    await settled()
    expect(stage.connection.state.get()).toBe('lost')
    expect(stage.connection.pipeline.get()?.nodes).toHaveLength(1)
    expect(stage.pauses.slice(1, 6)).toEqual([500, 1000, 2000, 4000, 5000])
    stage.up = true
    await settled()
    expect(stage.connection.state.get()).toBe('live')
  })
})

test('a hidden page asks nothing, and asks again when it is seen', async () => {
  const stage = new Stage()
  await stage.during(async () => {
    await stage.send(frame(1000, 'a'))
    await stage.hide()
    const { asked } = stage
    await settled()
    expect(stage.asked).toBe(asked)
    expect(stage.connection.state.get()).toBe('live')
    await stage.look()
    expect(stage.asked).toBe(asked + 1)
  })
})
