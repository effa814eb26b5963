import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { localEndpoints, networkEndpoints } from './endpoints.ts'
import { changeSettings, defaultSettings } from './settings.ts'
import { grafanaFiles } from './templates/backend-files.ts'
import { readDashboards } from './templates/stack-assets.ts'

interface Datasource {
  readonly uid: string
  readonly type: string
  readonly url: string
  readonly jsonData: {
    readonly derivedFields?: readonly Readonly<Record<string, string>>[]
    readonly exemplarTraceIdDestinations?: readonly unknown[]
    readonly tracesToLogsV2?: { readonly query: string }
    readonly tracesToMetrics?: { readonly queries: readonly { readonly query: string }[] }
    readonly serviceMap?: unknown
  }
}

function datasources(change: Parameters<typeof changeSettings>[1] = {}): Map<string, Datasource> {
  const settings = changeSettings(defaultSettings, change)
  const files = grafanaFiles(settings, networkEndpoints(settings)).filter(({ path }) => path.includes('/datasources/'))
  const all = files.flatMap(({ text }) => (parse(text) as { datasources: Datasource[] }).datasources)
  return new Map(all.map((source) => [source.uid, source]))
}

/** What Grafana sees once it has expanded variables, in which a doubled dollar sign stands for one. */
const expanded = (text: string): string => text.replaceAll('$$', '$')

describe('data sources', () => {
  test('have fixed uids, whichever backend keeps metrics', () => {
    const [mimir, prometheus] = [datasources(), datasources({ metrics: 'prometheus' })]
    expect([...mimir.keys()]).toEqual(['metrics', 'loki', 'tempo'])
    expect([...prometheus.keys()]).toEqual(['metrics', 'loki', 'tempo'])
    expect(mimir.get('metrics')).toMatchObject({
      url: 'http://mimir:9009/prometheus',
      jsonData: { prometheusType: 'Mimir' },
    })
    expect(prometheus.get('metrics')).toMatchObject({
      url: 'http://prometheus:9090',
      jsonData: { prometheusType: 'Prometheus' },
    })
    expect(datasources({ extras: ['pyroscope'] }).get('pyroscope')?.type).toBe('grafana-pyroscope-datasource')
  })

  test('link logs to traces and back', () => {
    const { derivedFields = [] } = datasources().get('loki')!.jsonData
    expect(derivedFields).toHaveLength(2)
    for (const field of derivedFields) {
      expect(field.datasourceUid).toBe('tempo')
      expect(expanded(field.url)).toBe('${__value.raw}')
    }
    const inLine = new RegExp(derivedFields.find(({ matcherType }) => matcherType === 'regex')!.matcherRegex)
    const id = 'a'.repeat(32)
    for (const line of [`trace_id=${id}`, `"traceId":"${id}"`, `traceid: ${id}`])
      expect(inLine.exec(line)?.[1]).toBe(id)
    const { tracesToLogsV2 } = datasources().get('tempo')!.jsonData
    expect(tracesToLogsV2).toMatchObject({
      datasourceUid: 'loki',
      tags: [{ key: 'service.name', value: 'service_name' }],
    })
    expect(expanded(tracesToLogsV2?.query ?? '')).toBe('{${__tags}} | trace_id = "${__trace.traceId}"')
  })

  test('link metrics to traces by both names of the exemplar label, and back', () => {
    const { exemplarTraceIdDestinations } = datasources().get('metrics')!.jsonData
    expect(exemplarTraceIdDestinations).toEqual(
      ['trace_id', 'traceID'].map((name) => ({ name, datasourceUid: 'tempo', urlDisplayLabel: 'Open trace' })),
    )
    const { tracesToMetrics, serviceMap } = datasources().get('tempo')!.jsonData
    expect(serviceMap).toEqual({ datasourceUid: 'metrics' })
    expect(tracesToMetrics).toMatchObject({ datasourceUid: 'metrics' })
    expect(tracesToMetrics?.queries.map(({ query }) => expanded(query).includes('{$__tags}'))).toEqual([true, true])
  })

  test('follow a changed port where Grafana runs outside the network', () => {
    const settings = changeSettings(defaultSettings, { ports: { loki: 43_100 } })
    const [{ text }] = grafanaFiles(settings, localEndpoints(settings, true))
    expect(text).toContain("url: 'http://127.0.0.1:43100'")
  })
})

describe('dashboards', () => {
  interface Panel {
    readonly id: number
    readonly title: string
    readonly datasource: { readonly uid: string }
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
    readonly targets: readonly { readonly datasource: { readonly uid: string } }[]
  }
  interface Dashboard {
    readonly uid: string
    readonly title: string
    readonly panels: readonly Panel[]
    readonly templating: { readonly list: readonly { readonly name: string }[] }
  }
  const all = [...readDashboards()].map(([file, text]) => ({ file, text, dashboard: JSON.parse(text) as Dashboard }))

  test('are there, each with a uid and a title of its own', () => {
    expect(all.map(({ dashboard }) => dashboard.uid)).toEqual([
      'weir-containers',
      'weir-jvm',
      'weir-pipeline',
      'weir-services',
    ])
    expect(new Set(all.map(({ dashboard }) => dashboard.title)).size).toBe(all.length)
  })

  test.each(all)(
    '$file names known data sources and variables, and its panels do not overlap',
    ({ text, dashboard }) => {
      const uids = new Set(datasources().keys())
      const taken = new Set<string>()
      for (const panel of dashboard.panels) {
        expect(uids).toContain(panel.datasource.uid)
        for (const { datasource } of panel.targets) expect(uids).toContain(datasource.uid)
        const { x, y, w, h } = panel.gridPos
        expect(x + w).toBeLessThanOrEqual(24)
        for (let column = x; column < x + w; column++) {
          for (let row = y; row < y + h; row++) {
            expect(taken).not.toContain(`${column},${row}`)
            taken.add(`${column},${row}`)
          }
        }
      }
      expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
      const known = new Set([
        ...dashboard.templating.list.map(({ name }) => name),
        '__rate_interval',
        '__auto',
        '__all',
      ])
      for (const [, name] of text.matchAll(/\$(\w+)/g)) expect(known).toContain(name)
    },
  )
})
