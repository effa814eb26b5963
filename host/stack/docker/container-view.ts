// A managed container as the engine tells it, read with suspicion: engines differ, and a missing field is its empty value.
import { backendNames } from '../../contract/stack.ts'
import type { BackendName } from '../../contract/stack.ts'
import { choiceLabel, serviceLabel, specLabel } from './labels.ts'

/** What Weir needs to know of one of its containers. */
export interface ManagedContainer {
  readonly id: string
  readonly name: string
  readonly backend: BackendName
  readonly image: string
  readonly status: string
  readonly running: boolean
  readonly restarting: boolean
  readonly exitCode: number
  readonly outOfMemory: boolean
  /** Why it could not be started. */
  readonly error: string
  readonly startedAt: number | undefined
  readonly restarts: number
  readonly spec: string
  readonly choice: string
  readonly volume: string | undefined
}

type Json = Readonly<Record<string, unknown>>
const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** `GET /containers/{id}/json`; undefined for a container that carries no backend's label. */
export function readManaged(value: unknown): ManagedContainer | undefined {
  const container = record(value)
  const state = record(container.State)
  const config = record(container.Config)
  const labels = record(config.Labels)
  const backend = backendNames.find((name) => name === labels[serviceLabel])
  if (backend === undefined) return undefined
  const mounts = Array.isArray(container.Mounts) ? container.Mounts.map(record) : []
  const startedAt = Date.parse(text(state.StartedAt))
  return {
    id: text(container.Id),
    name: text(container.Name).replace(/^\//, ''),
    backend,
    image: text(config.Image),
    status: text(state.Status),
    running: state.Running === true,
    restarting: state.Restarting === true,
    exitCode: number(state.ExitCode),
    outOfMemory: state.OOMKilled === true,
    error: text(state.Error).slice(0, 500),
    startedAt: startedAt > 0 ? startedAt : undefined,
    restarts: number(container.RestartCount),
    spec: text(labels[specLabel]),
    choice: text(labels[choiceLabel]),
    volume: mounts.map((mount) => text(mount.Name)).find((name) => name !== ''),
  }
}
