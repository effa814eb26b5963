import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { inspect } from 'node:util'
import type { DockerOptions } from 'dockerode'
import type { TlsClientOptions } from '../net/tls-options.ts'
import type { DockerEndpoint } from '../schema/docker-host.ts'

/** What requests to an engine behind a network address carry. */
export interface EngineAccess {
  readonly headers: Readonly<Record<string, string>>
  readonly tls: TlsClientOptions | undefined
}

/** dockerode prints each request's options for its debug log, wanted or not: an agent in full costs milliseconds. */
class QuietHttpAgent extends HttpAgent {
  [inspect.custom](): string {
    return 'HttpAgent'
  }
}

class QuietHttpsAgent extends HttpsAgent {
  [inspect.custom](): string {
    return 'HttpsAgent'
  }
}

/** The type declarations leave the agent out. */
type Settings = DockerOptions & { readonly agent: HttpAgent }

/** What dockerode needs to reach an engine; nothing is taken from the environment. */
export function dockerodeSettings(endpoint: DockerEndpoint, access: EngineAccess, userAgent: string): Settings {
  const headers = { 'User-Agent': userAgent, ...access.headers }
  // Every field dockerode would otherwise take from the environment is set, if only to undefined.
  const none = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  }
  if (endpoint.kind === 'socket') {
    return {
      ...none,
      protocol: 'http',
      socketPath: endpoint.path,
      headers,
      agent: new QuietHttpAgent({ maxSockets: 32 }),
    }
  }
  const agent = endpoint.tls
    ? new QuietHttpsAgent({ maxSockets: 32, ...(access.tls as object | undefined) })
    : new QuietHttpAgent({ maxSockets: 32 })
  return {
    ...none,
    protocol: endpoint.tls ? 'https' : 'http',
    host: endpoint.hostname.includes(':') ? `[${endpoint.hostname}]` : endpoint.hostname,
    port: endpoint.port,
    headers,
    agent,
  }
}
