import { stringify } from 'yaml'
import type { StackEndpoints, StackSettings } from '../../contract/stack.ts'
import { pointConfig } from '../connect/point-config.ts'
import { grafanaEnvironment } from '../docker/backend-environment.ts'
import { pinnedImages } from '../pinned-images.ts'
import { grafanaFiles } from '../templates/backend-files.ts'
import { readDashboards } from '../templates/stack-assets.ts'
import { parse } from 'yaml'
import type { ExportedFiles } from './export-stack.ts'

/** Services of the distributed charts, installed under the release names of the README. */
const endpoints: StackEndpoints = {
  lokiPush: 'http://loki-gateway/loki/api/v1/push',
  lokiQuery: 'http://loki-gateway',
  tempoGrpc: 'tempo-distributor:4317',
  tempoHttp: 'http://tempo-distributor:4318',
  tempoQuery: 'http://tempo-query-frontend:3200',
  metricsPush: 'http://mimir-gateway/api/v1/push',
  metricsQuery: 'http://mimir-gateway/prometheus',
  grafana: 'http://grafana',
}

/** Values for the charts of Alloy, Loki, Tempo, Mimir and Grafana in their distributed form, Alloy clustered. */
export function helmFiles(text: string, settings: StackSettings): ExportedFiles {
  const config = pointConfig(text, endpoints).text
  const values = {
    alloy: alloyValues(config),
    loki: lokiValues,
    tempo: tempoValues,
    mimir: mimirValues,
    grafana: grafanaValues(settings),
  }
  return new Map([
    ...Object.entries(values).map(([chart, content]) => [`values-${chart}.yaml`, stringify(content)] as const),
    ['README.md', readme],
  ])
}

function alloyValues(config: string): object {
  const receives = config.includes('otelcol.receiver.otlp')
  const otlp = [
    { name: 'otlp-grpc', port: 4317, targetPort: 4317, protocol: 'TCP' },
    { name: 'otlp-http', port: 4318, targetPort: 4318, protocol: 'TCP' },
  ]
  return {
    image: { tag: pinnedImages.alloy.tag },
    controller: { type: 'statefulset', replicas: 3 },
    alloy: {
      clustering: { enabled: true },
      enableReporting: false,
      configMap: { create: true, content: config },
      extraPorts: receives ? otlp : [],
    },
  }
}

const lokiValues = {
  deploymentMode: 'Distributed',
  loki: {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    schemaConfig: {
      configs: [
        {
          from: '2024-01-01',
          store: 'tsdb',
          object_store: 's3',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    limits_config: { retention_period: '168h' },
    pattern_ingester: { enabled: true },
  },
  ingester: { replicas: 3 },
  querier: { replicas: 2 },
  queryFrontend: { replicas: 2 },
  queryScheduler: { replicas: 2 },
  distributor: { replicas: 2 },
  compactor: { replicas: 1 },
  indexGateway: { replicas: 2 },
  singleBinary: { replicas: 0 },
  backend: { replicas: 0 },
  read: { replicas: 0 },
  write: { replicas: 0 },
  minio: { enabled: true },
}

const tempoValues = {
  reportingEnabled: false,
  traces: { otlp: { grpc: { enabled: true }, http: { enabled: true } } },
  metricsGenerator: {
    enabled: true,
    config: { storage: { remote_write: [{ url: endpoints.metricsPush, send_exemplars: true }] } },
  },
  overrides: { defaults: { metrics_generator: { processors: ['service-graphs', 'span-metrics'] } } },
  minio: { enabled: true },
}

const mimirValues = {
  mimir: {
    structuredConfig: {
      multitenancy_enabled: false,
      usage_stats: { enabled: false },
      limits: { max_global_exemplars_per_user: 100_000, compactor_blocks_retention_period: '7d' },
    },
  },
  minio: { enabled: true },
}

function grafanaValues(settings: StackSettings): object {
  const [datasources] = grafanaFiles({ metrics: 'mimir', extras: [] }, endpoints)
  return {
    image: { tag: pinnedImages.grafana.tag },
    persistence: { enabled: true },
    env: Object.fromEntries(
      // Within a cluster the address is the ingress', and people log in.
      Object.entries(grafanaEnvironment).filter(([name]) => !/^GF_(SERVER|AUTH_ANONYMOUS)_/.test(name)),
    ),
    datasources: { 'datasources.yaml': parse(datasources.text) as unknown },
    dashboardProviders: {
      'dashboardproviders.yaml': {
        apiVersion: 1,
        providers: [
          { name: 'weir', folder: 'Weir', type: 'file', options: { path: '/var/lib/grafana/dashboards/weir' } },
        ],
      },
    },
    dashboards: {
      weir: Object.fromEntries([...readDashboards()].map(([name, json]) => [name.replace(/\.json$/, ''), { json }])),
    },
    ...(settings.extras.includes('pyroscope') && { plugins: ['grafana-pyroscope-app'] }),
  }
}

const readme = `# The pipeline and its stack on Kubernetes

    helm repo add grafana https://grafana.github.io/helm-charts
    helm install mimir grafana/mimir-distributed -f values-mimir.yaml
    helm install loki grafana/loki -f values-loki.yaml
    helm install tempo grafana/tempo-distributed -f values-tempo.yaml
    helm install grafana grafana/grafana -f values-grafana.yaml
    helm install alloy grafana/alloy -f values-alloy.yaml

The release names matter: addresses are made of them. Storage is the charts' own MinIO, to be replaced by a bucket of
yours. Alloy runs three times and shares scrape targets where \`prometheus.scrape\` has \`clustering { enabled = true }\`.
Receivers have to listen on 0.0.0.0. These values were written for the charts' documented keys and checked for their
structure; they have not been installed by Weir.
`
