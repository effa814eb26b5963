import type { Exemplar, Histogram } from './page.ts'

/** Upper bounds in seconds, as OpenTelemetry advises for request durations. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5]

/** Durations of requests in seconds, each bucket with the newest request that fell into it. */
export class DurationHistogram implements Histogram {
  readonly labels: Readonly<Record<string, string>>
  readonly buckets = [...bounds, Infinity].map((bound) => ({
    bound,
    count: 0,
    exemplar: undefined as Exemplar | undefined,
  }))
  sum = 0

  constructor(labels: Readonly<Record<string, string>>) {
    this.labels = labels
  }

  observe(seconds: number, traceId: string, at: number): void {
    const bucket = this.buckets.find(({ bound }) => seconds <= bound)!
    bucket.count++
    bucket.exemplar = { traceId, value: seconds, at }
    this.sum += seconds
  }
}
