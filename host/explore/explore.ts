// Everything Explore asks, against whichever backends run now.
import { setTimeout as sleep } from 'node:timers/promises'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { ExploreBackend, FoundLine, ServicesFound, TimeRange } from '../contract/explore.ts'
import type { QueryEndpoint } from './backend-client.ts'
import { findLines, lokiLabels } from './loki.ts'
import { prometheusLabels } from './prometheus.ts'
import { figuresOf } from './services.ts'
import { findTrace, findTraces, tempoTags } from './tempo.ts'

/** Where each signal can be asked for at this moment; undefined while nothing runs that keeps it. */
export type QueryEndpoints = () => Readonly<Record<ExploreBackend, QueryEndpoint>> | undefined

/** The endpoint for a signal; throws `no-backend` while there is none. */
export function endpointFor(endpoints: QueryEndpoints, backend: ExploreBackend): QueryEndpoint {
  const found = endpoints()?.[backend]
  if (found !== undefined) return found
  throw new WeirError('no-backend', `nothing runs here that keeps ${backend}`, 'Start the local stack under Stack.')
}

/** Names of labels or tags, or the values of one. */
export function labelsOf(
  endpoints: QueryEndpoints,
  { backend, ...question }: TimeRange & { readonly backend: ExploreBackend; readonly label?: string | undefined },
): Promise<readonly string[]> {
  const ask = { logs: lokiLabels, metrics: prometheusLabels, traces: tempoTags }[backend]
  return ask(endpointFor(endpoints, backend), question)
}

const mostTraces = 100
const atOnce = 8

/** Services and their figures from the newest hundred traces of a range. */
export async function findServices(endpoints: QueryEndpoints, range: TimeRange): Promise<ServicesFound> {
  const tempo = endpointFor(endpoints, 'traces')
  const { traces, truncated } = await findTraces(tempo, { query: '{}', ...range, limit: mostTraces })
  const found = []
  for (let next = 0; next < traces.length; next += atOnce) {
    found.push(
      ...(await Promise.all(traces.slice(next, next + atOnce).map(({ traceId }) => findTrace(tempo, traceId)))),
    )
  }
  return {
    ...figuresOf(
      found.filter((trace) => trace !== undefined),
      range,
    ),
    truncated,
  }
}

const lookEveryMs = 1_000
const mostLines = 1_000
/** Lines reach the backend late, and not in order: each look goes back this far and skips what it has told. */
const lateMs = 5_000

/** Lines that match from now on, oldest first, until `stop`; at most a thousand a second. */
export async function* tailLines(
  loki: QueryEndpoint,
  query: string,
  stop: AbortSignal,
): AsyncGenerator<readonly FoundLine[]> {
  const began = Date.now()
  let told = new Set<string>()
  while (!stop.aborted) {
    const to = Date.now() + lookEveryMs
    const from = Math.max(began, Date.now() - lateMs)
    const found = findLines(loki, { query, from, to, limit: mostLines }, stop)
    const { lines } = await found.catch((error: unknown) => {
      if (stop.aborted) return { lines: [] }
      throw error
    })
    const seen = new Set<string>()
    const fresh = lines.filter((line) => {
      const key = JSON.stringify([line.nanos, line.labels, line.text])
      seen.add(key)
      return !told.has(key)
    })
    told = seen
    if (fresh.length > 0) yield fresh.toReversed()
    await sleep(lookEveryMs, undefined, { signal: stop }).catch(() => undefined)
  }
}
