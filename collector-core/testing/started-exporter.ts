import type { ExporterWorld } from '../delivery/exporter-world.ts'
import type { ComponentContext, ComponentType } from '../runtime/component.ts'
import type { Definition, DefinitionExports } from '../schema/definition.ts'
import { argumentsFrom } from './arguments-from.ts'
import { recordingContext } from './component-context.ts'
import { CrashFileSystem } from './crash-file-system.ts'
import { FakeClock } from './fake-clock.ts'

/** The moment at which exporters under test start, ms since the epoch. */
export const exporterStart = 1_700_000_000_000

/** An exporter by the world it is built in. */
export interface ExporterUnderTest<D extends Definition> {
  readonly definition: D
  readonly build: (worldOf: (context: ComponentContext) => ExporterWorld) => ComponentType<D>['build']
  readonly createClient: ExporterWorld['createClient']
}

/** Runs an exporter with its configuration as text, on a disk in memory and a clock that stands still. */
export function startExporter<D extends Definition>(
  { definition, build, createClient }: ExporterUnderTest<D>,
  config: string,
  files = new CrashFileSystem(),
  clock = new FakeClock(exporterStart),
) {
  const context = recordingContext<D>({ clock, dataDirectory: '/data' })
  const component = build(() => ({ files, createClient }))(argumentsFrom(definition, config), context)
  const exported = context.published[0] as DefinitionExports<D>
  const stopping = new AbortController()
  const ended = component.run(stopping.signal)
  const pass = async (ms: number, step = 100): Promise<void> => {
    for (let passed = 0; passed < ms; passed += step) await clock.advance(step)
  }
  /** What something comes to within the time a healthy exporter takes to answer. */
  const soon = async <T>(answer: Promise<T>): Promise<T> => {
    await pass(200)
    return answer
  }
  const stop = async (): Promise<void> => {
    stopping.abort()
    await pass(8000, 500)
    await ended
  }
  const update = async (text: string): Promise<void> => {
    const done = component.update(argumentsFrom(definition, text))
    await pass(500)
    await done
  }
  return { context, component, exported, files, clock, pass, soon, stop, update }
}
