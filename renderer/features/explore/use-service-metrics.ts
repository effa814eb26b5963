import { useEffect } from 'react'
import { rangeAt } from '../../model/explore-state.ts'
import type { PaneProps } from './explore.tsx'
import { otherMetricsOf, requestTimesOf, seriesOfService } from './pivot.ts'
import { useArrival } from './use-arrival.ts'
import type { Arriving } from './use-arrival.ts'

/** The metrics that are stored of a service. */
interface ServiceMetrics {
  readonly service: string
  readonly names: readonly string[]
}

/** Looks for the metrics of the service the pane is to show, and lets the query follow: its request times once there are some. */
export function useServiceMetrics({ client, state, again, amend }: PaneProps): Arriving<ServiceMetrics> {
  const { metricsOf: service, metrics, range } = state
  const found = useArrival(
    service === undefined ? undefined : `${again} ${service}`,
    async () => {
      const matching = seriesOfService(service!)
      return { service: service!, names: await client.call('metricNames', { matching, ...rangeAt(range, Date.now()) }) }
    },
    (stored) => requestTimesOf(stored.service, stored.names) !== undefined,
  )
  const { answer } = found
  useEffect(() => {
    if (answer === undefined || answer.service !== service) return
    const times = requestTimesOf(service, answer.names)
    if (times !== undefined) amend({ metrics: times, metricsOf: undefined })
    else if (answer.names.length > 0 && metrics === '') amend({ metrics: otherMetricsOf(service, answer.names) })
  }, [answer, service, metrics, amend])
  return found
}
