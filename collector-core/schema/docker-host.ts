import type { ArgumentProblem } from './definition.ts'
import type { HttpClientArguments } from './http-client-fields.ts'
import { checkHttpClient } from './http-client-fields.ts'

/** Where a Docker engine listens: a Unix socket or named pipe, or a network address. */
export type DockerEndpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'network'; readonly tls: boolean; readonly hostname: string; readonly port: number }

export type DockerHostResult =
  | { readonly endpoint: DockerEndpoint; readonly problem?: undefined }
  | { readonly endpoint?: undefined; readonly problem: string }

const hint = 'write it like "unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine" or "tcp://192.0.2.1:2375"'

/** `scheme "://" address`, with scheme one of unix, npipe, tcp, http, https; a missing port follows the scheme. */
export function parseDockerHost(host: string): DockerHostResult {
  const separator = host.indexOf('://')
  if (separator < 1) return { problem: `the Docker host "${host}" has no scheme: ${hint}` }
  const scheme = host.slice(0, separator)
  const address = host.slice(separator + 3)
  switch (scheme) {
    case 'unix':
      return address.startsWith('/')
        ? { endpoint: { kind: 'socket', path: address } }
        : { problem: `the Docker host "${host}" needs an absolute socket path: ${hint}` }
    case 'npipe':
      return address === ''
        ? { problem: `the Docker host "${host}" names no pipe: ${hint}` }
        : { endpoint: { kind: 'socket', path: address.replaceAll('\\', '/') } }
    case 'tcp':
    case 'http':
    case 'https':
      return parseNetworkAddress(host, scheme, address)
    default:
      return { problem: `the Docker host "${host}" uses the unknown scheme "${scheme}": ${hint}` }
  }
}

const defaultPorts = { tcp: 2375, http: 80, https: 443 }

function parseNetworkAddress(host: string, scheme: keyof typeof defaultPorts, address: string): DockerHostResult {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^/:?#@\s]+)(?::(\d{1,5}))?\/?$/.exec(address)
  const port = match?.[2] === undefined ? defaultPorts[scheme] : Number(match[2])
  if (match === null || port < 1 || port > 65_535) {
    return { problem: `the Docker host "${host}" is not a network address: ${hint}` }
  }
  const hostname = match[1].startsWith('[') ? match[1].slice(1, -1) : match[1]
  return { endpoint: { kind: 'network', tls: scheme === 'https', hostname, port } }
}

/** What is wrong with a Docker host and the HTTP client arguments that belong to it; `path` leads to the latter. */
export function checkDockerHost(
  host: string,
  client: HttpClientArguments | undefined,
  path: readonly string[] = [],
): readonly ArgumentProblem[] {
  const { endpoint, problem } = parseDockerHost(host)
  const problems: ArgumentProblem[] = problem === undefined ? [] : [{ path: ['host'], message: problem }]
  if (client === undefined) return problems
  problems.push(...checkHttpClient(client, path))
  const unsupported: [keyof HttpClientArguments, boolean][] = [
    ['oauth2', client.oauth2 !== undefined],
    ['proxy_url', client.proxy_url !== undefined],
    ['proxy_from_environment', client.proxy_from_environment],
  ]
  for (const [name, written] of unsupported) {
    if (!written || endpoint?.kind !== 'network') continue
    problems.push({ path: [...path, name], message: `${name} is not supported towards a Docker engine` })
  }
  return problems
}
