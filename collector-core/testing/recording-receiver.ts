import type { LogBatch } from '../signal/log-batch.ts'
import type { MetricBatch } from '../signal/metric-batch.ts'
import { timestampAt } from '../signal/metric-batch.ts'
import type { OtlpBatch } from '../signal/otlp-batch.ts'
import { accepted } from '../signal/receiver.ts'
import type { Acceptance, Receiver } from '../signal/receiver.ts'

/** A received sample as plain data; a staleness marker reads `'stale'`. */
export interface RecordedSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number | 'stale'
  readonly timestamp: number
}

/** A received line as plain data; `timestamp` in nanoseconds since the epoch, as decimal text. */
export interface RecordedLine {
  readonly labels: Readonly<Record<string, string>>
  readonly line: string
  readonly timestamp: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** Keeps copies of what it is sent and answers with whatever `answer` says. */
export class RecordingMetrics implements Receiver<'metrics'> {
  readonly signal = 'metrics'
  readonly samples: RecordedSample[] = []
  readonly batches: Omit<MetricBatch, 'values' | 'timestamps'>[] = []
  answer: () => Acceptance | Promise<Acceptance> = () => accepted

  async accept(batch: MetricBatch): Promise<Acceptance> {
    const { series, staleFrom, histograms, exemplars, metadata } = batch
    this.batches.push({ series, staleFrom, histograms, exemplars, metadata })
    for (let i = 0; i < series.length; i++) {
      this.samples.push({
        labels: series[i].toJSON(),
        value: i >= staleFrom ? 'stale' : batch.values[i],
        timestamp: timestampAt(batch, i),
      })
    }
    return this.answer()
  }
}

export class RecordingLogs implements Receiver<'logs'> {
  readonly signal = 'logs'
  readonly lines: RecordedLine[] = []
  answer: () => Acceptance | Promise<Acceptance> = () => accepted

  async accept(batch: LogBatch): Promise<Acceptance> {
    for (const { labels, lines } of batch.streams) {
      for (let i = 0; i < lines.length; i++) {
        const metadata = lines.metadata?.[i]
        this.lines.push({
          labels: labels.toJSON(),
          line: Buffer.from(lines.bytes.subarray(lines.starts[i], lines.ends[i])).toString('utf8'),
          timestamp: `${lines.seconds[i]}${String(lines.nanos[i]).padStart(9, '0')}`,
          ...(metadata && { metadata: Object.fromEntries(metadata) }),
        })
      }
    }
    return this.answer()
  }
}

export class RecordingOtlp implements Receiver<'otlp'> {
  readonly signal = 'otlp'
  readonly batches: OtlpBatch[] = []
  answer: () => Acceptance | Promise<Acceptance> = () => accepted

  async accept(batch: OtlpBatch): Promise<Acceptance> {
    this.batches.push({ ...batch, bytes: batch.bytes.slice() })
    return this.answer()
  }
}
