import type { QueryEndpoint } from '../explore/backend-client.ts'
import type { ExploreBackend } from '../contract/explore.ts'
import type { Stack } from './stack.ts'

/** Where Explore asks, while a stack is there that answers; remote backends get their access headers. */
export function queryEndpoints(stack: Stack | undefined): Readonly<Record<ExploreBackend, QueryEndpoint>> | undefined {
  const endpoints = stack?.state.endpoints
  if (stack === undefined || endpoints === undefined) return undefined
  const { access } = stack
  return {
    logs: { name: 'Loki', url: endpoints.lokiQuery, headers: access.loki ?? {} },
    metrics: { name: 'Mimir', url: endpoints.metricsQuery, headers: access.mimir ?? {} },
    traces: { name: 'Tempo', url: endpoints.tempoQuery, headers: access.tempo ?? {} },
  }
}
