// Every PromQL query of the dashboards and of the links between data sources is one that Prometheus understands.
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readAsset, readDashboards } from '../../host/stack/templates/stack-assets.ts'
import { startPrometheus } from '../prometheus.ts'
import { describeWith } from '../required.ts'

interface Target {
  readonly expr?: string
  readonly datasource: { readonly uid: string }
}

function queries(): string[] {
  const panels = [...readDashboards().values()].flatMap(
    (text) => (JSON.parse(text) as { panels: { targets: Target[] }[] }).panels,
  )
  const drawn = panels.flatMap(({ targets }) => targets.filter(({ datasource }) => datasource.uid === 'metrics'))
  const links = parse(readAsset('grafana-datasources.yaml').replaceAll(/'\{\{\w+\}\}'/g, 'x')) as {
    datasources: { jsonData: { tracesToMetrics?: { queries: { query: string }[] } } }[]
  }
  const linked = links.datasources.flatMap(({ jsonData }) => jsonData.tracesToMetrics?.queries ?? [])
  return [...drawn.map(({ expr }) => expr ?? ''), ...linked.map(({ query }) => query.replaceAll('$$', '$'))]
}

const filled = (query: string): string =>
  query.replaceAll('$__rate_interval', '1m').replaceAll('$__tags', 'service="x"').replaceAll(/\$\w+/g, '.*')

describeWith(['prometheus'], 'dashboards against Prometheus', () => {
  test('all queries are understood', async () => {
    const prometheus = await startPrometheus()
    const all = queries()
    expect(all.length).toBeGreaterThan(40)
    for (const query of all) {
      const url = `http://${prometheus.address}/api/v1/query?query=${encodeURIComponent(filled(query))}`
      const answer = (await (await fetch(url)).json()) as { status: string; error?: string }
      expect({ query, error: answer.error, status: answer.status }).toEqual({
        query,
        error: undefined,
        status: 'success',
      })
    }
  })
})
