import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComponentContext, HealthReport } from '../runtime/component.ts'
import type { LogFields, Logger } from '../runtime/logger.ts'
import type { LabelValues, MetricScope } from '../telemetry/metric-scope.ts'
import { FakeClock } from './fake-clock.ts'

/** A context that records what a component says of itself; metric values are kept under `name{v1,v2}`. */
export interface RecordingContext<D = unknown> extends ComponentContext<D> {
  readonly clock: FakeClock
  readonly published: unknown[]
  readonly drops: { count: number; reason: string }[]
  readonly health: HealthReport[]
  readonly logLines: { level: string; message: string; fields: LogFields | undefined }[]
  readonly values: Map<string, number>
  /** Brings values up to date that are only read when metrics are asked for. */
  readValues(): void
}

/** Builds a recording context with a fresh data directory and a fake clock; `overrides` replaces any part. */
export function recordingContext<D = unknown>(overrides: Partial<ComponentContext<D>> = {}): RecordingContext<D> {
  const values = new Map<string, number>()
  const logLines: RecordingContext['logLines'] = []
  const published: unknown[] = []
  const drops: RecordingContext['drops'] = []
  const health: HealthReport[] = []
  const readers: (() => void)[] = []
  return {
    id: 'test.component.default',
    clock: new FakeClock(),
    random: () => 0.5,
    dataDirectory: mkdtempSync(join(tmpdir(), 'weir-test-')),
    userAgent: 'Weir/test',
    ownAddress: () => '127.0.0.1:12345',
    log: recordingLogger(logLines),
    metrics: recordingMetrics(values, readers),
    publish: (exports) => void published.push(exports),
    drop: (count, reason) => void drops.push({ count, reason }),
    report: (report) => void health.push(report),
    published,
    drops,
    health,
    logLines,
    values,
    readValues: () => {
      for (const read of readers) read()
    },
    ...(overrides as object),
  }
}

function recordingLogger(lines: RecordingContext['logLines']): Logger {
  const at =
    (level: string) =>
    (message: string, fields?: LogFields): void =>
      void lines.push({ level, message, fields })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

function recordingMetrics(values: Map<string, number>, readers: (() => void)[]): MetricScope {
  const key = (name: string, labels?: LabelValues): string =>
    labels && labels.length > 0 ? `${name}{${labels.join(',')}}` : name
  const add = (name: string, amount: number, labels?: LabelValues): void =>
    void values.set(key(name, labels), (values.get(key(name, labels)) ?? 0) + amount)
  const removing =
    (name: string) =>
    (labels?: LabelValues): void =>
      void values.delete(key(name, labels))
  const observed = (name: string) => ({
    remove: (labels?: LabelValues): void => {
      removing(`${name}_sum`)(labels)
      removing(`${name}_count`)(labels)
    },
    observe: (value: number, labels?: LabelValues) => {
      add(`${name}_sum`, value, labels)
      add(`${name}_count`, 1, labels)
    },
  })
  return {
    counter: (name) => ({ add: (amount, labels) => add(name, amount, labels), remove: removing(name) }),
    gauge: (name) => ({
      set: (value, labels) => void values.set(key(name, labels), value),
      add: (amount, labels) => add(name, amount, labels),
      remove: removing(name),
    }),
    histogram: observed,
    summary: observed,
    beforeScrape: (read) => void readers.push(read),
  }
}
