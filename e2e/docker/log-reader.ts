// discovery.docker feeding loki.source.docker, and a receiver that remembers what it accepted.
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discoveryDocker } from '../../collector-core/components/discovery/docker/component.ts'
import { lokiSourceDocker } from '../../collector-core/components/loki/source/docker/component.ts'
import { systemClock } from '../../collector-core/runtime/clock.ts'
import { checkHttpClient, httpClientFields } from '../../collector-core/schema/http-client-fields.ts'
import type { HttpClientArguments } from '../../collector-core/schema/http-client-fields.ts'
import { logItems } from '../../collector-core/signal/log-batch.ts'
import type { LogBatch } from '../../collector-core/signal/log-batch.ts'
import type { Labels } from '../../collector-core/signal/labels.ts'
import { accepted } from '../../collector-core/signal/receiver.ts'
import type { Acceptance, Receiver } from '../../collector-core/signal/receiver.ts'
import { recordingContext } from '../../collector-core/testing/component-context.ts'
import { sleep } from '../wait-until.ts'

/** Takes batches a moment after they came, as an outbox does that syncs its disk; keeps the text of each line. */
export class Backend implements Receiver<'logs'> {
  readonly signal = 'logs'
  readonly lines: string[] = []
  /** Positions of the readers, one folder per component. */
  data = mkdtempSync(join(tmpdir(), 'weir-e2e-data-'))

  async accept(batch: LogBatch): Promise<Acceptance> {
    await sleep(5)
    if (logItems(batch) === 0) throw new Error('an empty batch')
    for (const { lines } of batch.streams) {
      const bytes = Buffer.from(lines.bytes.buffer, lines.bytes.byteOffset, lines.bytes.byteLength)
      for (let i = 0; i < lines.length; i++) this.lines.push(bytes.toString('latin1', lines.starts[i], lines.ends[i]))
    }
    return accepted
  }

  /** From here on readers see what they would see after being killed now. */
  crash(): void {
    const copy = mkdtempSync(join(tmpdir(), 'weir-e2e-data-'))
    cpSync(this.data, copy, { recursive: true })
    this.data = copy
  }
}

export class LogReader {
  private readonly stopping = new AbortController()
  private readonly finished: Promise<unknown>

  constructor(host: string, backend: Backend) {
    const client = defaultClient()
    const sourceArguments = {
      host,
      targets: [] as readonly Labels[],
      forward_to: [backend],
      labels: new Map<string, string>(),
      relabel_rules: [],
      refresh_interval: 60_000,
      http_client_config: undefined,
    }
    const source = lokiSourceDocker.build(
      sourceArguments,
      recordingContext({ clock: systemClock, dataDirectory: backend.data, id: 'loki.source.docker.all' }),
    )
    const discovery = discoveryDocker.build(
      {
        ...client,
        host,
        port: 80,
        host_networking_host: 'localhost',
        refresh_interval: 60_000,
        match_first_network: true,
        filter: [],
      },
      recordingContext({
        clock: systemClock,
        publish: ({ targets }: { targets: readonly Labels[] }) => void source.update({ ...sourceArguments, targets }),
      }),
    )
    this.finished = Promise.all([source.run(this.stopping.signal), discovery.run(this.stopping.signal)])
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.finished
  }
}

function defaultClient(): HttpClientArguments {
  const entries = Object.entries(httpClientFields).map(([name, field]) => [name, field.default] as const)
  const client = Object.fromEntries(entries) as unknown as HttpClientArguments
  if (checkHttpClient(client).length > 0) throw new Error('the defaults do not check')
  return client
}
