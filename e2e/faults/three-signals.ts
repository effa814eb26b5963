// A Weir with all three signals in front of three backends of ours.
import { LokiReceiver } from '../loki-receiver.ts'
import { attribute } from '../otlp-items.ts'
import { OtlpGrpcReceiver } from '../otlp-receiver.ts'
import { RemoteWriteReceiver } from '../remote-write-receiver.ts'
import type { NumberedLoad } from './numbered-load.ts'

export class Backends {
  readonly tempo: OtlpGrpcReceiver
  readonly loki: LokiReceiver
  readonly mimir: RemoteWriteReceiver

  constructor(tempo: OtlpGrpcReceiver, loki: LokiReceiver, mimir: RemoteWriteReceiver) {
    this.tempo = tempo
    this.loki = loki
    this.mimir = mimir
  }

  static async start(): Promise<Backends> {
    return new Backends(await OtlpGrpcReceiver.start(), await LokiReceiver.start(), await RemoteWriteReceiver.start())
  }

  async up(): Promise<void> {
    await Promise.all([this.tempo.up(), this.loki.backend.up(), this.mimir.backend.up()])
  }

  async down(): Promise<void> {
    await Promise.all([this.tempo.down(), this.loki.backend.down(), this.mimir.backend.down()])
  }

  /** Numbers in order of arrival, repeats included. */
  get spans(): number[] {
    return this.tempo.spans.map(({ item }) => Number(attribute(item, 'number')))
  }

  get lines(): number[] {
    return this.loki.lines.map((line) => Number(/line (\d+)/.exec(line)?.[1]))
  }

  get ticks(): number[] {
    return this.mimir.samples
      .filter(({ name, value }) => name === 'tick' && !Number.isNaN(value))
      .map(({ value }) => value)
  }
}

/** What arrived of the numbers that had to. */
export interface Tally {
  readonly due: number
  readonly received: number
  readonly lost: number
  readonly invented: number
  readonly repeated: number
  /** First arrivals that came after a higher number. */
  readonly outOfOrder: number
}

export function tally(due: readonly number[], received: readonly number[], possible: number): Tally {
  const seen = new Set<number>()
  let highest = -1
  let outOfOrder = 0
  for (const number of received) {
    if (seen.has(number)) continue
    seen.add(number)
    if (number < highest) outOfOrder++
    highest = Math.max(highest, number)
  }
  return {
    due: due.length,
    received: seen.size,
    lost: due.filter((number) => !seen.has(number)).length,
    invented: [...seen].filter((number) => !(number >= 0 && number <= possible)).length,
    repeated: received.length - seen.size,
    outOfOrder,
  }
}

/** Numbers in order of arrival, repeats included. */
export type Arrivals = Readonly<Record<'spans' | 'lines' | 'ticks', readonly number[]>>

/** The tallies of a load that has stopped. */
export function tallies(load: NumberedLoad, backends: Arrivals): Record<'spans' | 'lines' | 'ticks', Tally> {
  const upTo = (count: number, first: number): number[] => [...Array(count).keys()].map((number) => number + first)
  return {
    spans: tally(load.spans.acknowledged, backends.spans, Infinity),
    lines: tally(upTo(load.lines.written, 0), backends.lines, load.lines.written - 1),
    ticks: tally(upTo(load.ticks.due ?? load.ticks.served, 1), backends.ticks, load.ticks.served),
  }
}

/** The config; `extra` goes to its end. */
export function threeSignals(load: NumberedLoad, { tempo, loki, mimir }: Backends, extra = ''): string {
  return `
otelcol.receiver.otlp "default" {
  http {
    endpoint = "${load.otlp}"
  }
  output {
    traces = [otelcol.exporter.otlp.tempo.input]
  }
}

otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "${tempo.endpoint}"
    tls {
      insecure = true
    }
  }
  retry_on_failure {
    initial_interval = "200ms"
    max_interval     = "1s"
  }
}

loki.source.file "app" {
  targets    = [{ "__path__" = "${load.lines.path}", "job" = "app" }]
  forward_to = [loki.write.default.receiver]
}

loki.write "default" {
  endpoint {
    url                = "${loki.url}"
    batch_wait         = "200ms"
    min_backoff_period = "200ms"
    max_backoff_period = "1s"
  }
}

prometheus.scrape "app" {
  targets         = [{ "__address__" = "127.0.0.1:${load.ticks.backend.port}" }]
  forward_to      = [prometheus.remote_write.mimir.receiver]
  scrape_interval = "300ms"
  scrape_timeout  = "300ms"
}

prometheus.remote_write "mimir" {
  endpoint {
    url = "${mimir.url}"
    queue_config {
      batch_send_deadline = "200ms"
      max_backoff         = "1s"
    }
  }
}
${extra}`
}
