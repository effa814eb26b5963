// The engine's JSON, read with suspicion: engines differ between versions and makers (Podman answers the same paths), so a
// missing or odd field becomes its empty value.
import type { ContainerEvent, ContainerState, ContainerSummary, NetworkAttachment, NetworkSummary } from './engine.ts'

type Json = Readonly<Record<string, unknown>>

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const count = (value: unknown): number => (typeof value === 'number' ? value : 0)

function textMap(value: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(record(value)).map(([name, content]) => [name, text(content)]))
}

/** An element of `GET /containers/json`. */
export function readContainer(value: unknown): ContainerSummary {
  const container = record(value)
  return {
    id: text(container.Id),
    names: list(container.Names).map(text),
    image: text(container.Image),
    imageId: text(container.ImageID),
    labels: textMap(container.Labels),
    networkMode: text(record(container.HostConfig).NetworkMode),
    networks: Object.entries(record(record(container.NetworkSettings).Networks))
      .filter(([, attachment]) => attachment !== null)
      .map(([name, attachment]) => readAttachment(name, record(attachment)))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ports: list(container.Ports).map((entry) => {
      const port = record(entry)
      return {
        ip: text(port.IP),
        privatePort: count(port.PrivatePort),
        publicPort: count(port.PublicPort),
        protocol: text(port.Type),
      }
    }),
  }
}

function readAttachment(name: string, attachment: Json): NetworkAttachment {
  return {
    name,
    networkId: text(attachment.NetworkID),
    address: text(attachment.IPAddress) || text(attachment.GlobalIPv6Address),
  }
}

/** An element of `GET /networks`. */
export function readNetwork(value: unknown): NetworkSummary {
  const network = record(value)
  return {
    id: text(network.Id),
    name: text(network.Name),
    scope: text(network.Scope),
    internal: network.Internal === true,
    ingress: network.Ingress === true,
    labels: textMap(network.Labels),
  }
}

/** `GET /containers/{id}/json`. */
export function readState(value: unknown): ContainerState {
  const container = record(value)
  const state = record(container.State)
  return {
    running: state.Running === true,
    terminal: record(container.Config).Tty === true,
    incarnation: `${text(state.StartedAt)} ${text(state.FinishedAt)}`,
  }
}

/** A message of `GET /events`; undefined for kinds nobody asked for. */
export function readEvent(value: unknown): ContainerEvent | undefined {
  const event = record(value)
  const actor = record(event.Actor)
  if (event.Type !== 'container' && event.Type !== 'network') return undefined
  return {
    type: event.Type,
    action: text(event.Action),
    containerId: event.Type === 'container' ? text(actor.ID) : text(record(actor.Attributes).container),
  }
}
