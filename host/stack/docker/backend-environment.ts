import type { BackendName, StackPorts } from '../../contract/stack.ts'
import { pinnedImages } from '../pinned-images.ts'

/**
 * Environment of a backend's container. Go's collector keeps below the container's bound; Grafana calls nobody, and only
 * pages that name its own address get an answer, which keeps other sites' scripts out.
 */
export function backendEnvironment(backend: BackendName, ports: StackPorts): Readonly<Record<string, string>> {
  const goLimit = { GOMEMLIMIT: `${Math.floor(pinnedImages[backend].memoryBytes * 0.85)}` }
  if (backend !== 'grafana') return goLimit
  return {
    ...goLimit,
    ...grafanaEnvironment,
    GF_SERVER_ROOT_URL: `http://127.0.0.1:${ports.grafana}/`,
    GF_SECURITY_ADMIN_PASSWORD__FILE: '/etc/grafana/weir-admin-password',
  }
}

/** What a local Grafana is started with wherever it runs; readers may explore, only the administrator may administrate. */
export const grafanaEnvironment: Readonly<Record<string, string>> = {
  GF_SERVER_DOMAIN: '127.0.0.1',
  GF_SERVER_ENFORCE_DOMAIN: 'true',
  GF_AUTH_ANONYMOUS_ENABLED: 'true',
  GF_AUTH_ANONYMOUS_ORG_ROLE: 'Editor',
  GF_USERS_ALLOW_SIGN_UP: 'false',
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_NEWS_NEWS_FEED_ENABLED: 'false',
  GF_SNAPSHOTS_ENABLED: 'false',
  GF_PLUGINS_PREINSTALL_DISABLED: 'true',
  GF_PLUGINS_PREINSTALL_AUTO_UPDATE: 'false',
  GF_PLUGINS_PLUGIN_ADMIN_ENABLED: 'false',
  GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
  GF_LOG_LEVEL: 'warn',
}
