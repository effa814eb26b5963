// Debian's Prometheus: as the server Weir writes to, and as the peer that scrapes what Weir scrapes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Child } from './child.ts'
import { freePort } from './free-port.ts'
import { scratchFolder } from './scratch-folder.ts'

/** A series as the query API prints it: its labels with the name, and its samples in order of time. */
export interface StoredSeries {
  readonly labels: Readonly<Record<string, string>>
  readonly samples: readonly { readonly timestamp: number; readonly value: string }[]
}

/** Exemplars of one series. */
export interface StoredExemplars {
  readonly seriesLabels: Readonly<Record<string, string>>
  readonly exemplars: readonly {
    readonly labels: Readonly<Record<string, string>>
    readonly value: string
    readonly timestamp: number
  }[]
}

interface QueryResult {
  readonly metric: Readonly<Record<string, string>>
  readonly values?: readonly [number, string][]
  readonly histograms?: readonly [number, object][]
  readonly value?: [number, string]
  readonly histogram?: [number, object]
}

/** A running Prometheus. */
export class Prometheus {
  readonly child: Child
  readonly address: string

  constructor(child: Child, address: string) {
    this.child = child
    this.address = address
  }

  get writeUrl(): string {
    return `http://${this.address}/api/v1/write`
  }

  /** Every sample of the last hour (stale markers are not samples); histograms as canonical JSON. */
  async samples(selector: string): Promise<StoredSeries[]> {
    const result = (await this.ask('query', { query: `${selector}[1h]` })) as { result: QueryResult[] }
    return result.result.map(({ metric, values = [], histograms = [] }) => ({
      labels: metric,
      samples: [
        ...values.map(([seconds, value]) => ({ timestamp: Math.round(seconds * 1000), value })),
        ...histograms.map(([seconds, value]) => ({
          timestamp: Math.round(seconds * 1000),
          value: JSON.stringify(value),
        })),
      ],
    }))
  }

  /** What an instant query finds at a time, milliseconds since 1970: nothing of series that are stale then. */
  async at(selector: string, timestamp: number): Promise<Record<string, string>[]> {
    const result = (await this.ask('query', { query: selector, time: String(timestamp / 1000) })) as {
      result: QueryResult[]
    }
    return result.result.map(({ metric }) => ({ ...metric }))
  }

  async exemplars(selector: string): Promise<StoredExemplars[]> {
    const [start, end] = [Date.now() / 1000 - 3600, Date.now() / 1000 + 60].map(String)
    return (await this.ask('query_exemplars', { query: selector, start, end })) as StoredExemplars[]
  }

  /** How many samples of the last hour there are. */
  async count(selector: string): Promise<number> {
    const series = await this.samples(selector)
    return series.reduce((sum, { samples }) => sum + samples.length, 0)
  }

  private async ask(endpoint: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
    const response = await fetch(`http://${this.address}/api/v1/${endpoint}`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
    })
    const answer = (await response.json()) as { status: string; data: unknown; error?: string }
    if (answer.status !== 'success') throw new Error(`${endpoint} ${JSON.stringify(parameters)}: ${answer.error}`)
    return answer.data
  }
}

/** Starts Prometheus with the given scrape configs (YAML list items); it takes remote writes at `writeUrl`. */
export async function startPrometheus(scrapeConfigs = '', port?: number, data = scratchFolder()): Promise<Prometheus> {
  const address = `127.0.0.1:${port ?? (await freePort())}`
  const config = join(scratchFolder(), 'prometheus.yml')
  const scrapes = scrapeConfigs === '' ? '' : `scrape_configs:\n${scrapeConfigs}\n`
  writeFileSync(config, `storage:\n  exemplars:\n    max_exemplars: 100000\n${scrapes}`)
  const child = new Child('prometheus', [
    `--config.file=${config}`,
    `--storage.tsdb.path=${data}`,
    `--web.listen-address=${address}`,
    '--web.enable-remote-write-receiver',
    '--enable-feature=exemplar-storage,native-histograms',
    '--log.level=warn',
  ])
  await child.until('Prometheus is ready', async () => {
    const answer = await fetch(`http://${address}/-/ready`).catch(() => undefined)
    return answer?.status === 200
  })
  return new Prometheus(child, address)
}
