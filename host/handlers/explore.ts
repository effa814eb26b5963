import { WeirError } from '../../collector-core/weir-error.ts'
import type { FoundLine } from '../contract/explore.ts'
import type { exploreCalls } from '../contract/explore-api.ts'
import { endpointFor, findServices, labelsOf, tailLines } from '../explore/explore.ts'
import type { QueryEndpoints } from '../explore/explore.ts'
import { countLines, findLines } from '../explore/loki.ts'
import { findSeries, prometheusLabels } from '../explore/prometheus.ts'
import { findTrace, findTraces } from '../explore/tempo.ts'
import type { EventSink, Topic } from '../session/handlers.ts'

const mostWaitingLines = 1_000

/** What Explore asks, answered by whichever backends run at that moment. */
export function exploreTopic(endpoints: QueryEndpoints): Topic<keyof typeof exploreCalls, 'tailLines'> {
  return {
    calls: {
      findLines: (question) => findLines(endpointFor(endpoints, 'logs'), question),
      countLines: (question) => countLines(endpointFor(endpoints, 'logs'), question),
      findTraces: (question) => findTraces(endpointFor(endpoints, 'traces'), question),
      findTrace: ({ traceId }) => findTrace(endpointFor(endpoints, 'traces'), traceId),
      findSeries: (question) => findSeries(endpointFor(endpoints, 'metrics'), question),
      exploreLabels: (question) => labelsOf(endpoints, question),
      metricNames: (question) =>
        prometheusLabels(endpointFor(endpoints, 'metrics'), { ...question, label: '__name__' }),
      findServices: (range) => findServices(endpoints, range),
    },
    streams: {
      tailLines: {
        begin({ query }, sink) {
          const stop = new AbortController()
          void follow(endpoints, query, sink, stop.signal)
          return () => stop.abort()
        },
        merge: (waiting, next) => [[...waiting.flat(), ...next].slice(-mostWaitingLines)],
      },
    },
  }
}

async function follow(
  endpoints: QueryEndpoints,
  query: string,
  sink: EventSink<readonly FoundLine[]>,
  stop: AbortSignal,
): Promise<void> {
  try {
    for await (const lines of tailLines(endpointFor(endpoints, 'logs'), query, stop)) sink.send(lines)
  } catch (error) {
    if (error instanceof WeirError) sink.end(error)
    else throw error
  }
}
