import type { BackendName, StackEndpoints, StackSettings } from '../../contract/stack.ts'
import type { ContainedConfig } from '../alloy/contained-config.ts'
import { networkEndpoints } from '../endpoints.ts'
import { fillTemplate } from './fill-template.ts'
import { readAsset, readDashboards } from './stack-assets.ts'

/** A file inside a container; the path is absolute. Secrets are readable by the container's user only. */
export interface BackendFile {
  readonly path: string
  readonly text: string
  readonly secret?: boolean
}

/** What the files of backends are made of. */
export interface FileInputs {
  readonly settings: StackSettings
  readonly grafanaPassword: string
  /** What Alloy runs, when it is part of the stack. */
  readonly alloy: ContainedConfig
}

/** The files a backend is started with, for containers of one network. */
export function backendFiles(backend: BackendName, inputs: FileInputs): readonly BackendFile[] {
  const endpoints = networkEndpoints(inputs.settings)
  switch (backend) {
    case 'loki':
      return [{ path: '/etc/loki/weir.yaml', text: readAsset('loki-3.7.yaml') }]
    case 'tempo': {
      const text = fillTemplate(readAsset('tempo-3.0.yaml'), { metrics_push: endpoints.metricsPush })
      return [{ path: '/etc/tempo/weir.yaml', text }]
    }
    case 'mimir':
      return [{ path: '/etc/mimir/weir.yaml', text: readAsset('mimir-3.1.yaml') }]
    case 'prometheus':
      return [{ path: '/etc/prometheus/weir.yml', text: readAsset('prometheus-3.14.yaml') }]
    case 'pyroscope':
      return []
    case 'grafana':
      return [
        ...grafanaFiles(inputs.settings, endpoints),
        { path: '/etc/grafana/weir-admin-password', text: inputs.grafanaPassword, secret: true },
      ]
    case 'alloy':
      return [{ path: '/etc/alloy/weir.alloy', text: inputs.alloy.text }]
  }
}

/** Grafana's provisioning: data sources with fixed uids that link to one another, and Weir's dashboards. */
export function grafanaFiles(
  settings: Pick<StackSettings, 'metrics' | 'extras'>,
  endpoints: StackEndpoints,
): readonly BackendFile[] {
  const provisioning = '/etc/grafana/provisioning'
  const datasources = fillTemplate(readAsset('grafana-datasources.yaml'), {
    metrics_query: endpoints.metricsQuery,
    metrics_type: settings.metrics === 'mimir' ? 'Mimir' : 'Prometheus',
    loki_query: endpoints.lokiQuery,
    tempo_query: endpoints.tempoQuery,
  })
  const pyroscope = settings.extras.includes('pyroscope')
    ? [
        {
          path: `${provisioning}/datasources/weir-pyroscope.yaml`,
          text: readAsset('grafana-datasource-pyroscope.yaml'),
        },
      ]
    : []
  return [
    { path: `${provisioning}/datasources/weir.yaml`, text: datasources },
    ...pyroscope,
    { path: `${provisioning}/dashboards/weir.yaml`, text: readAsset('grafana-dashboards.yaml') },
    ...[...readDashboards()].map(([name, text]) => ({ path: `/etc/grafana/weir-dashboards/${name}`, text })),
  ]
}
