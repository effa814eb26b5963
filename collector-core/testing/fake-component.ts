import type { Edge } from '../runtime/edge.ts'
import { untilStopped } from '../runtime/component.ts'
import type { Component, ComponentContext } from '../runtime/component.ts'
import { Labels } from '../signal/labels.ts'
import { metricBatch } from '../signal/metric-batch.ts'
import { accepted } from '../signal/receiver.ts'
import type { Acceptance, Receiver } from '../signal/receiver.ts'

/** The arguments of all kinds of fakes. */
export interface FakeArguments {
  readonly mood: string
  readonly forward_to?: readonly Receiver<'metrics'>[]
  readonly targets?: readonly Labels[]
}

const batch = metricBatch([Labels.from({ __name__: 'x' })], Float64Array.of(1), 1)

/** What fakes write down about their lives. */
export interface FakeRecord {
  readonly events: string[]
  /** What must never happen. */
  readonly faults: string[]
  readonly built: FakeComponent[]
}

/** One built fake: what it was given, what it lives through, and levers to make it do something. */
export class FakeComponent implements Component<FakeArguments> {
  readonly id: string
  /** Counts up over all fakes of a pipeline. */
  readonly number: number
  readonly context: ComponentContext
  args: FakeArguments
  state: 'built' | 'running' | 'ended' = 'built'
  /** Settles an update of a stuck one. */
  release: () => void = () => undefined
  private readonly pipeline: FakeRecord
  private readonly crash = new AbortController()

  constructor(args: FakeArguments, context: ComponentContext, pipeline: FakeRecord) {
    if (args.mood === 'broken') throw new Error('cannot be built')
    this.id = context.id
    this.args = args
    this.context = context
    this.pipeline = pipeline
    this.number = pipeline.built.push(this)
  }

  readonly receiver: Receiver<'metrics'> = {
    signal: 'metrics',
    accept: () => {
      if (this.state !== 'running') this.pipeline.faults.push(`${this.id} took a batch although it was ${this.state}`)
      return this.send()
    },
  }

  async run(stop: AbortSignal): Promise<void> {
    this.state = 'running'
    this.pipeline.events.push(`start ${this.id}`)
    for (const next of this.args.forward_to ?? []) {
      const to = (next as Partial<Edge>).to
      const receiver = this.pipeline.built.findLast(({ id }) => id === to)
      if (receiver?.state === 'built') this.pipeline.faults.push(`${this.id} started before ${receiver.id}`)
    }
    await untilStopped(AbortSignal.any([stop, this.crash.signal]))
    if (this.crash.signal.aborted) {
      this.state = 'ended'
      throw new Error('crashed')
    }
    this.pipeline.events.push(`stop ${this.id}`)
    if (this.args.mood === 'slow') {
      await this.context.clock.sleep(50)
      this.pipeline.events.push(`stopped ${this.id}`)
    }
    if (this.args.mood === 'endless') await new Promise(() => undefined)
    this.state = 'ended'
  }

  async update(args: FakeArguments): Promise<void> {
    if (args.mood === 'stubborn') throw new Error('will not')
    this.pipeline.events.push(`update ${this.id}`)
    if (args.mood === 'stuck') await new Promise<void>((resolve) => (this.release = resolve))
    this.args = args
  }

  /** Hands a batch on; refused when any receiver refuses. */
  async send(): Promise<Acceptance> {
    const answers = await Promise.all((this.args.forward_to ?? []).map((next) => next.accept(batch)))
    return answers.find(({ kind }) => kind === 'refused') ?? accepted
  }

  /** Publishes one target with this address. */
  find(address: string): void {
    this.context.publish({ targets: [Labels.from({ __address__: address })] } as never)
  }

  /** Ends `run` with an error. */
  fail(): void {
    this.crash.abort()
  }
}
