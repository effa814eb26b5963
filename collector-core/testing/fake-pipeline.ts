// A collector whose components are fakes, so that every step of a life can be seen and every fault be had.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog } from '../catalog.ts'
import { checkConfig } from '../graph/check.ts'
import type { CheckedConfig } from '../graph/check.ts'
import type { Clock } from '../runtime/clock.ts'
import { Collector } from '../runtime/collector.ts'
import type { ComponentContext, ComponentType } from '../runtime/component.ts'
import type { Arguments } from '../runtime/running-component.ts'
import { defineComponent, defineConfigBlock } from '../schema/definition.ts'
import type { Stage } from '../schema/definition.ts'
import { receiver, receivers, secret, string, targets } from '../schema/field.ts'
import type { Fields } from '../schema/field.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { FakeComponent } from './fake-component.ts'
import type { FakeArguments, FakeRecord } from './fake-component.ts'

const system = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0.0.0' }
const mood = string('What goes wrong: broken, stubborn, stuck, slow or endless; else nothing.', { default: 'calm' })
const forwardTo = receivers('metrics', 'Out.', { required: true })
const taken = receiver('metrics', 'In.')
const kinds: readonly [name: string, stage: Stage, args: Fields, exports: Fields][] = [
  ['test.sink', 'send', { mood, password: secret('Kept.') }, { receiver: taken }],
  ['test.pass', 'process', { mood, forward_to: forwardTo }, { receiver: taken }],
  ['test.source', 'collect', { mood, forward_to: forwardTo, targets: targets('Targets.', {}) }, {}],
  ['test.finder', 'discover', { mood }, { targets: targets('Found.') }],
]
const settings = defineConfigBlock({
  name: 'settings',
  summary: 'For tests.',
  arguments: { targets: targets('Targets.', {}), write_to: receivers('metrics', 'Out.') },
  example: '',
})

/** Fakes with their catalog and the record of their lives. */
export class FakePipeline implements FakeRecord {
  readonly events: string[] = []
  readonly faults: string[] = []
  readonly built: FakeComponent[] = []
  readonly logged: string[] = []
  /** Arguments of root blocks, as they were put into effect. */
  readonly configured: { readonly name: string; readonly args: Arguments }[] = []
  readonly catalog: Catalog
  readonly collector: Collector

  constructor(clock: Clock) {
    const types = kinds.map((kind) => this.typeOf(...kind))
    const write =
      (id: string) =>
      (message: string, fields?: object): void =>
        void this.logged.push(`${id} ${message} ${JSON.stringify(fields)}`)
    const logFor = (id: string) => ({ debug: write(id), info: write(id), warn: write(id), error: write(id) })
    this.catalog = {
      components: new Map(types.map(({ definition }) => [definition.name, definition])),
      known: new Map([
        ['other.thing', { name: 'other.thing', stability: 'experimental', accepts: [], exports: ['metrics'] }],
      ]),
      configBlocks: new Map([[settings.name, settings]]),
      unsupportedBlocks: new Map(),
    }
    this.collector = new Collector({
      environment: {
        clock,
        random: Math.random,
        storagePath: mkdtempSync(join(tmpdir(), 'weir-collector-')),
        registry: createRegistry(),
        log: logFor(''),
        logFor,
        userAgent: 'Weir/test',
        ownAddress: () => '127.0.0.1:1',
        system,
      },
      types: new Map(types.map((type) => [type.definition.name, type])),
      onConfigBlock: (name, args) => void this.configured.push({ name, args }),
    })
  }

  check(text: string): CheckedConfig {
    return checkConfig([{ file: 'c.alloy', text }], this.catalog, system)
  }

  load(text: string): ReturnType<Collector['load']> {
    return this.collector.load(this.check(text))
  }

  /** The newest fake of an id. */
  at(id: string): FakeComponent {
    return this.built.findLast((fake) => fake.id === id)!
  }

  /** The newest fake of an id that a load took into service. */
  inService(id: string): FakeComponent {
    return this.built.findLast((fake) => fake.id === id && fake.state !== 'built')!
  }

  /** Gives what has happened since the last call. */
  news(): string[] {
    return this.events.splice(0)
  }

  private typeOf(name: string, stage: Stage, args: Fields, exports: Fields): ComponentType {
    const build = (given: unknown, context: ComponentContext): FakeComponent => {
      const fake = new FakeComponent(given as FakeArguments, context, this)
      if (Object.hasOwn(exports, 'receiver')) context.publish({ receiver: fake.receiver } as never)
      return fake
    }
    const definition = defineComponent({ name, summary: 'For tests.', stage, arguments: args, exports, example: '' })
    return { definition, build } as unknown as ComponentType
  }
}
