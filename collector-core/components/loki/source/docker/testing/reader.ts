// One run of loki.source.docker against a fake engine, with a receiver that checks its bytes only when it accepts them.
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FakeDocker } from '../../../../../docker/testing/fake-docker.ts'
import { quickClock } from '../../../../../docker/testing/quick-clock.ts'
import type { DefinitionArguments } from '../../../../../schema/definition.ts'
import { Labels } from '../../../../../signal/labels.ts'
import { accepted } from '../../../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../../../signal/receiver.ts'
import { recordingContext } from '../../../../../testing/component-context.ts'
import type { RecordingContext } from '../../../../../testing/component-context.ts'
import { RecordingLogs } from '../../../../../testing/recording-receiver.ts'
import { DockerLogs } from '../component.ts'
import type { definition } from '../definition.ts'

type Arguments = DefinitionArguments<typeof definition>

export class Reader {
  readonly context: RecordingContext<typeof definition>
  readonly component: DockerLogs
  private args: Arguments
  private readonly stopping = new AbortController()
  private readonly finished: Promise<void>

  constructor(
    docker: FakeDocker,
    ids: readonly string[],
    store: Store,
    changes: Partial<Arguments> = {},
    clock = quickClock(20),
  ) {
    this.args = {
      host: docker.host,
      targets: ids.map((id) => targetOf(id)),
      forward_to: [store],
      labels: new Map(),
      relabel_rules: [],
      refresh_interval: 60_000,
      http_client_config: undefined,
      ...changes,
    }
    this.context = recordingContext({ clock, dataDirectory: store.directory })
    this.component = new DockerLogs(this.args, this.context)
    this.finished = this.component.run(this.stopping.signal)
  }

  update(changes: Partial<Arguments>): void {
    this.args = { ...this.args, ...changes }
    this.component.update(this.args)
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.finished
  }
}

export const targetOf = (id: string, labels: Record<string, string> = {}): Labels =>
  Labels.from({
    __meta_docker_container_id: id,
    __meta_docker_container_name: `/${id.slice(-2)}`,
    job: 'docker',
    ...labels,
  })

/** What arrived, for good: the stand-in for an outbox and everything behind it. Accepts after `delay`. */
export class Store implements Receiver<'logs'> {
  readonly signal = 'logs'
  directory = mkdtempSync(join(tmpdir(), 'weir-positions-'))
  readonly kept = new RecordingLogs()
  /** Decides what becomes of a batch after it was looked at; anything but accepted keeps nothing. */
  answer: () => Acceptance | Promise<Acceptance> = () => accepted

  async accept(batch: Parameters<Receiver<'logs'>['accept']>[0]): Promise<Acceptance> {
    const answer = await this.answer()
    if (answer.kind === 'accepted') await this.kept.accept(batch)
    return answer
  }

  /** What a reader killed now would find when it starts again. */
  crash(): void {
    const copy = mkdtempSync(join(tmpdir(), 'weir-positions-'))
    cpSync(this.directory, copy, { recursive: true })
    this.directory = copy
  }

  get lines(): string[] {
    return this.kept.lines.map(({ line }) => line)
  }

  /** Lines missing from, and lines beyond, what should be there. */
  difference(expected: readonly string[]): { missing: string[]; extra: string[] } {
    const counts = new Map<string, number>()
    for (const line of expected) counts.set(line, (counts.get(line) ?? 0) + 1)
    for (const line of this.lines) counts.set(line, (counts.get(line) ?? 0) - 1)
    const missing: string[] = []
    const extra: string[] = []
    for (const [line, count] of counts) {
      if (count > 0) missing.push(line)
      if (count < 0) extra.push(line)
    }
    return { missing, extra }
  }
}
