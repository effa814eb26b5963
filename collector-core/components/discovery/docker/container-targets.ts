import type { ContainerSummary, NetworkAttachment, NetworkSummary } from '../../../docker/engine.ts'
import { Labels } from '../../../signal/labels.ts'
import type { Label } from '../../../signal/labels.ts'

export interface TargetOptions {
  readonly port: number
  readonly hostNetworkingHost: string
  readonly matchFirstNetwork: boolean
}

/**
 * The targets of the listed containers, labelled as Prometheus' `docker_sd_configs` does: one per network and TCP port,
 * or one per network where a container exposes no TCP port.
 */
export function containerTargets(
  containers: readonly ContainerSummary[],
  networks: readonly NetworkSummary[],
  options: TargetOptions,
): readonly Labels[] {
  const byId = new Map(containers.map((container) => [container.id, container]))
  const networkLabels = new Map(networks.map((network) => [network.id, labelsOfNetwork(network)]))
  const targets: Labels[] = []
  for (const container of containers) {
    if (container.names.length === 0) continue
    const common = commonLabels(container)
    for (const attachment of attachmentsOf(container, byId, options.matchFirstNetwork)) {
      const network = networkLabels.get(attachment.networkId) ?? []
      for (const own of addressLabels(container, attachment, options)) {
        targets.push(Labels.of([...own, ...common, ...network]))
      }
    }
  }
  return targets
}

function attachmentsOf(
  container: ContainerSummary,
  byId: ReadonlyMap<string, ContainerSummary>,
  matchFirst: boolean,
): readonly NetworkAttachment[] {
  let current: ContainerSummary | undefined = container
  const seen = new Set<string>()
  while (current?.networks.length === 0 && current.networkMode.startsWith('container:') && !seen.has(current.id)) {
    seen.add(current.id)
    current = byId.get(current.networkMode.slice('container:'.length))
  }
  const networks = current?.networks ?? []
  return matchFirst ? networks.slice(0, 1) : networks
}

function* addressLabels(
  container: ContainerSummary,
  { address }: NetworkAttachment,
  options: TargetOptions,
): Generator<readonly Label[]> {
  const ip: Label = ['__meta_docker_network_ip', address]
  const ports = container.ports.filter(({ protocol }) => protocol === 'tcp')
  for (const port of ports) {
    yield [
      ip,
      ['__address__', joinHostPort(address, port.privatePort)],
      ['__meta_docker_port_private', String(port.privatePort)],
      ['__meta_docker_port_public', port.publicPort > 0 ? String(port.publicPort) : ''],
      ['__meta_docker_port_public_ip', port.publicPort > 0 ? port.ip : ''],
    ]
  }
  if (ports.length === 0) {
    const usesHostNetwork = container.networkMode === 'host'
    yield [ip, ['__address__', usesHostNetwork ? options.hostNetworkingHost : joinHostPort(address, options.port)]]
  }
}

const joinHostPort = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

function commonLabels(container: ContainerSummary): readonly Label[] {
  return [
    ['__meta_docker_container_id', container.id],
    ['__meta_docker_container_name', container.names[0]],
    ['__meta_docker_container_network_mode', container.networkMode],
    ['__meta_docker_container_image', container.image],
    ['__meta_docker_container_image_id', container.imageId],
    ...prefixed('__meta_docker_container_label_', container.labels),
  ]
}

function labelsOfNetwork(network: NetworkSummary): readonly Label[] {
  return [
    ['__meta_docker_network_id', network.id],
    ['__meta_docker_network_name', network.name],
    ['__meta_docker_network_scope', network.scope],
    ['__meta_docker_network_internal', String(network.internal)],
    ['__meta_docker_network_ingress', String(network.ingress)],
    ...prefixed('__meta_docker_network_label_', network.labels),
  ]
}

function prefixed(prefix: string, labels: ReadonlyMap<string, string>): readonly Label[] {
  return [...labels].map(([name, value]) => [prefix + name.replace(/[^a-zA-Z0-9_]/gu, '_'), value])
}
