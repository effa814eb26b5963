import type { BackendName, StackEndpoints, StackPorts, StackSettings } from '../contract/stack.ts'

/** Where the stack is reached from this machine; every address any part of Weir uses for it is derived here. */
export function localEndpoints(settings: StackSettings, grafana: boolean): StackEndpoints {
  const at = (name: keyof StackPorts): string => `http://127.0.0.1:${settings.ports[name]}`
  return endpoints(settings.metrics, {
    loki: at('loki'),
    tempo: at('tempo'),
    tempoGrpc: `127.0.0.1:${settings.ports.tempoGrpc}`,
    tempoHttp: at('tempoHttp'),
    mimir: at('mimir'),
    prometheus: at('prometheus'),
    grafana: grafana ? at('grafana') : undefined,
  })
}

/** Where containers reach one another, whatever ports are published. */
export function networkEndpoints(settings: Pick<StackSettings, 'metrics'>): StackEndpoints {
  return endpoints(settings.metrics, {
    loki: 'http://loki:3100',
    tempo: 'http://tempo:3200',
    tempoGrpc: 'tempo:4317',
    tempoHttp: 'http://tempo:4318',
    mimir: 'http://mimir:9009',
    prometheus: 'http://prometheus:9090',
    grafana: 'http://grafana:3000',
  })
}

/** The backends of a stack with these settings, in the order they start; they stop in reverse. */
export function chosenBackends(settings: Pick<StackSettings, 'metrics' | 'extras'>): readonly BackendName[] {
  const extra = (name: 'pyroscope' | 'alloy'): BackendName[] => (settings.extras.includes(name) ? [name] : [])
  return [settings.metrics, 'loki', 'tempo', ...extra('pyroscope'), 'grafana', ...extra('alloy')]
}

/** The base of a metrics backend's OTLP endpoint, beside its remote write. */
export function metricsOtlp(metricsPush: string): string {
  return metricsPush.endsWith('/api/v1/write')
    ? metricsPush.replace(/\/api\/v1\/write$/, '/api/v1/otlp')
    : metricsPush.replace(/\/api\/(?:v1|prom)\/push$/, '/otlp')
}

interface Places {
  readonly loki: string
  readonly tempo: string
  readonly tempoGrpc: string
  readonly tempoHttp: string
  readonly mimir: string
  readonly prometheus: string
  readonly grafana: string | undefined
}

function endpoints(metrics: StackSettings['metrics'], places: Places): StackEndpoints {
  const { loki, tempo, tempoGrpc, tempoHttp, mimir, prometheus, grafana } = places
  return {
    lokiPush: `${loki}/loki/api/v1/push`,
    lokiQuery: loki,
    tempoGrpc,
    tempoHttp,
    tempoQuery: tempo,
    metricsPush: metrics === 'mimir' ? `${mimir}/api/v1/push` : `${prometheus}/api/v1/write`,
    metricsQuery: metrics === 'mimir' ? `${mimir}/prometheus` : prometheus,
    grafana,
  }
}
