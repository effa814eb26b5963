import type { ExploreBackend, TimeRange } from '../../../host/contract/explore.ts'

/** The fixed ids of the data sources that Weir provisions. */
const sources: Readonly<Record<ExploreBackend, { readonly uid: string; readonly type: string }>> = {
  logs: { uid: 'loki', type: 'loki' },
  traces: { uid: 'tempo', type: 'tempo' },
  metrics: { uid: 'prometheus', type: 'prometheus' },
}

/** The address of Grafana's own Explore with the same query and range. */
export function grafanaLink(grafana: string, backend: ExploreBackend, query: string, { from, to }: TimeRange): string {
  const { uid, type } = sources[backend]
  const asked = backend === 'traces' ? { query, queryType: 'traceql' } : { expr: query }
  const pane = {
    datasource: uid,
    queries: [{ refId: 'A', datasource: { type, uid }, ...asked }],
    range: { from: String(from), to: String(to) },
  }
  const url = new URL('/explore', grafana)
  url.searchParams.set('schemaVersion', '1')
  url.searchParams.set('panes', JSON.stringify({ weir: pane }))
  url.searchParams.set('orgId', '1')
  return url.href
}
