import { WeirError } from '../../../collector-core/weir-error.ts'
import type { RemoteEndpoint, StackEndpoints } from '../../contract/stack.ts'

export type ReadSecret = (name: string) => Promise<string | undefined>

/** Headers that give access: tenant, and basic or bearer authentication with the secret the endpoint names. */
export async function remoteHeaders(remote: RemoteEndpoint, secret: ReadSecret): Promise<Record<string, string>> {
  const headers: Record<string, string> = {}
  if (remote.tenant !== undefined) headers['X-Scope-OrgID'] = remote.tenant
  if (remote.secret === undefined) return headers
  const value = await secret(remote.secret)
  if (value === undefined) {
    throw new WeirError('no-secret', `there is no stored secret "${remote.secret}"`, 'Save it again in the settings.')
  }
  headers.Authorization =
    remote.username === undefined
      ? `Bearer ${value}`
      : `Basic ${Buffer.from(`${remote.username}:${value}`).toString('base64')}`
  return headers
}

/** Where a remote Mimir, Grafana Cloud or Prometheus takes remote write, when only its query address is known. */
export function metricsWriteUrl({ url, writeUrl }: Pick<RemoteEndpoint, 'url' | 'writeUrl'>): string {
  if (writeUrl !== undefined) return writeUrl
  const base = withoutSlash(url)
  if (base.endsWith('/api/prom')) return `${base}/push`
  if (base.endsWith('/prometheus')) return `${base.slice(0, -'/prometheus'.length)}/api/v1/push`
  return `${base}/api/v1/write`
}

/** The endpoints of remote backends; undefined until logs, traces and metrics each have one. */
export function remoteEndpoints(remotes: readonly RemoteEndpoint[]): StackEndpoints | undefined {
  const find = (name: RemoteEndpoint['name']): RemoteEndpoint | undefined =>
    remotes.find((remote) => remote.name === name)
  const [loki, tempo, mimir, grafana] = [find('loki'), find('tempo'), find('mimir'), find('grafana')]
  if (loki === undefined || tempo === undefined || mimir === undefined) return undefined
  const write = tempo.writeUrl ?? tempo.url
  const { hostname, port, protocol } = new URL(write.includes('://') ? write : `http://${write}`)
  return {
    lokiPush: loki.writeUrl ?? `${withoutSlash(loki.url)}/loki/api/v1/push`,
    lokiQuery: withoutSlash(loki.url),
    tempoGrpc: `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '4317') : port}`,
    tempoHttp: withoutSlash(write.includes('://') ? write : `http://${write}`),
    tempoQuery: withoutSlash(tempo.url),
    metricsPush: metricsWriteUrl(mimir),
    metricsQuery: withoutSlash(mimir.url),
    grafana: grafana && withoutSlash(grafana.url),
  }
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')
