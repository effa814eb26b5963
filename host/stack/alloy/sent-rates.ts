import { parseTextExposition } from '../../../collector-core/wire/exposition/text-exposition.ts'
import type { SentPerSecond } from '../../contract/stack.ts'
import { askHttp } from '../http-question.ts'

type Signal = keyof SentPerSecond

/** Counters of what Alloy's exporters have sent, by signal. */
const counters = new Map<string, Signal>([
  ['prometheus_remote_storage_samples_total', 'metrics'],
  ['otelcol_exporter_sent_metric_points_total', 'metrics'],
  ['loki_write_sent_entries_total', 'logs'],
  ['otelcol_exporter_sent_log_records_total', 'logs'],
  ['otelcol_exporter_sent_spans_total', 'traces'],
])

/** Sums of a page in the text format; undefined for a page that is none. */
export function sentTotals(page: string): SentPerSecond | undefined {
  const read = parseTextExposition(Buffer.from(page), 'text', { series: (name) => counters.get(name) })
  if (!read.ok) return undefined
  const { series, values } = read.exposition
  const totals = { metrics: 0, logs: 0, traces: 0 }
  series.forEach((signal, index) => {
    if (signal !== undefined) totals[signal] += values[index]
  })
  return totals
}

/** How much Alloy sends, from its own counters at two looks. */
export class SentRates {
  private last: { readonly at: number; readonly totals: SentPerSecond } | undefined

  /** Looks at the metrics page on a port of this machine; undefined at the first look, and when there is no page. */
  async read(port: number): Promise<SentPerSecond | undefined> {
    const answer = await askHttp(`http://127.0.0.1:${port}/metrics`, { withinMs: 2_000 }).catch(() => undefined)
    const totals = answer?.status === 200 ? sentTotals(answer.text) : undefined
    return totals && this.take(totals, performance.now())
  }

  /** Counters that fell belong to a process that was started anew. */
  take(totals: SentPerSecond, at: number): SentPerSecond | undefined {
    const before = this.last
    this.last = { at, totals }
    if (before === undefined || at <= before.at) return undefined
    const rate = (signal: Signal): number => {
      const grown = totals[signal] - before.totals[signal]
      return ((grown < 0 ? totals[signal] : grown) / (at - before.at)) * 1000
    }
    return { metrics: rate('metrics'), logs: rate('logs'), traces: rate('traces') }
  }
}
