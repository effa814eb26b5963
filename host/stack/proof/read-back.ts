import type { StackEndpoints } from '../../contract/stack.ts'
import { askHttp } from '../http-question.ts'
import type { HeadersFor } from './send-signals.ts'
import { proofMetric, proofService } from './synthetic-signals.ts'
import type { Synthetic } from './synthetic-signals.ts'
import type { OtlpSignal } from './receivers.ts'

/** Where to ask: the backends' own query APIs, or Grafana's proxy in front of them. */
export type AskedPlace = 'backend' | 'grafana'

/** One look for a synthetic signal; `words` say what the answer was when it is not there yet. */
export interface Look {
  readonly found: boolean
  readonly words: string
}

/** Asks once; rejects when nobody answers. */
export async function lookFor(
  signal: OtlpSignal,
  place: AskedPlace,
  { traceId, at }: Synthetic,
  { endpoints, headers }: { endpoints: StackEndpoints; headers: HeadersFor },
): Promise<Look> {
  const base = bases(endpoints, place)
  const access = await headers(place === 'grafana' ? 'grafana' : names[signal])
  const [from, to] = [at - 60_000, Date.now() + 60_000]
  switch (signal) {
    case 'traces':
      return look(`${base.traces}/api/v2/traces/${traceId}`, access, (text) => text.includes(proofService))
    case 'logs': {
      const query = encodeURIComponent(`{service_name="${proofService}"} |= "${traceId}"`)
      const url = `${base.logs}/loki/api/v1/query_range?query=${query}&start=${from}000000&end=${to}000000&limit=10`
      return look(url, access, (text) => {
        const { data } = JSON.parse(text) as { data?: { result?: readonly unknown[] } }
        return (data?.result?.length ?? 0) > 0
      })
    }
    case 'metrics': {
      const range = `start=${from / 1000}&end=${to / 1000}`
      const url = `${base.metrics}/api/v1/query_exemplars?query=${proofMetric}&${range}`
      return look(url, access, (text) => {
        const { data } = JSON.parse(text) as {
          data?: readonly { exemplars?: readonly { labels?: { trace_id?: string } }[] }[]
        }
        return (data ?? []).some(({ exemplars }) => exemplars?.some(({ labels }) => labels?.trace_id === traceId))
      })
    }
  }
}

const names = { traces: 'tempo', logs: 'loki', metrics: 'mimir' } as const

/** Grafana's proxy by the fixed uids of its data sources. */
function bases(endpoints: StackEndpoints, place: AskedPlace): Readonly<Record<OtlpSignal, string>> {
  const { tempoQuery, lokiQuery, metricsQuery, grafana = '' } = endpoints
  if (place === 'backend') return { traces: tempoQuery, logs: lokiQuery, metrics: metricsQuery }
  const proxy = `${grafana}/api/datasources/proxy/uid`
  return { traces: `${proxy}/tempo`, logs: `${proxy}/loki`, metrics: `${proxy}/metrics` }
}

async function look(
  url: string,
  headers: Readonly<Record<string, string>>,
  holds: (text: string) => boolean,
): Promise<Look> {
  const { status, text } = await askHttp(url, { headers })
  if (status === 404) return { found: false, words: 'not there yet' }
  if (status !== 200) {
    return { found: false, words: `HTTP ${status}: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)}` }
  }
  try {
    return holds(text) ? { found: true, words: 'read back' } : { found: false, words: 'not there yet' }
  } catch {
    return { found: false, words: 'the answer is not JSON' }
  }
}
