import { SocketTransport } from '../net/http-client.ts'
import { resolveTlsConfig } from '../net/tls-options.ts'
import type { Clock } from '../runtime/clock.ts'
import { parseDockerHost } from '../schema/docker-host.ts'
import type { HttpClientArguments } from '../schema/http-client-fields.ts'
import { connectEngine } from './dockerode-engine.ts'
import type { DockerEngine } from './engine.ts'
import { readAccess } from './engine-access.ts'

/** One connection per container that is followed. */
const connections = 10_000

/**
 * The engine at `host`, which has been checked. The HTTP client arguments matter for hosts behind a network address only.
 * Nothing is connected before the first call.
 */
export function openEngine(
  host: string,
  client: HttpClientArguments | undefined,
  context: { readonly clock: Clock; readonly userAgent: string },
): DockerEngine {
  const { endpoint, problem } = parseDockerHost(host)
  if (endpoint === undefined) throw new Error(problem)
  const access = endpoint.kind === 'network' ? client : undefined
  const transport = new SocketTransport({
    clock: context.clock,
    limits: { connectionsPerOrigin: connections, waitingPerOrigin: connections },
    tls: () => resolveTlsConfig(access?.tls_config),
  })
  const engine = connectEngine({
    host: withPort(host, endpoint),
    endpoint,
    clock: context.clock,
    userAgent: context.userAgent,
    stream: (request) => transport.stream(request),
    access: () => readAccess(access),
  })
  return {
    containers: (query, stop) => engine.containers(query, stop),
    networks: (stop) => engine.networks(stop),
    inspect: (id, stop) => engine.inspect(id, stop),
    events: (onOpen, onEvent, stop) => engine.events(onOpen, onEvent, stop),
    logs: (id, query, onBytes, stop) => engine.logs(id, query, onBytes, stop),
    close: () => {
      engine.close()
      transport.close()
    },
  }
}

/** `tcp://` means Docker's port where none is written, unlike in other URLs. */
function withPort(host: string, endpoint: NonNullable<ReturnType<typeof parseDockerHost>['endpoint']>): string {
  if (endpoint.kind === 'socket') return host
  const name = endpoint.hostname.includes(':') ? `[${endpoint.hostname}]` : endpoint.hostname
  return `${endpoint.tls ? 'https' : 'http'}://${name}:${endpoint.port}`
}
