import { createHash } from 'node:crypto'
import type { BackendName } from '../../contract/stack.ts'
import { imageName, pinnedImages } from '../pinned-images.ts'
import { backendFiles } from '../templates/backend-files.ts'
import type { BackendFile, FileInputs } from '../templates/backend-files.ts'
import { backendEnvironment } from './backend-environment.ts'
import { createBody } from './create-body.ts'
import type { CreateBody } from './create-body.ts'
import { containerLabels } from './labels.ts'
import type { ProjectName } from './labels.ts'

/** A container as the settings want it. */
export interface DesiredContainer {
  readonly backend: BackendName
  readonly image: string
  readonly body: CreateBody
  readonly files: readonly BackendFile[]
  readonly spec: string
  readonly choice: string
}

export const containerName = (project: ProjectName, backend: BackendName): string => `${project}-${backend}`

/** The container of a backend on a volume; equal inputs give an equal `spec`. */
export function desiredContainer(
  project: ProjectName,
  backend: BackendName,
  inputs: FileInputs,
  volume = containerName(project, backend),
): DesiredContainer {
  const { settings } = inputs
  const pinned = pinnedImages[backend]
  const image = imageName(settings.registry, pinned)
  const receivers = backend === 'alloy' ? inputs.alloy.ports : []
  const ports = [
    ...pinned.ports.map(({ name, container }) => ({ container, host: settings.ports[name] })),
    ...receivers.map((port) => ({ container: port, host: port })),
  ]
  const files = backendFiles(backend, inputs)
  const wish = {
    name: containerName(project, backend),
    alias: backend,
    image,
    command: pinned.command,
    env: backendEnvironment(backend, settings.ports),
    network: project,
    ports,
    memoryBytes: pinned.memoryBytes,
    restartWithEngine: settings.keepRunning,
  }
  // The volume is left out: data may have moved to another one, which is no other wish.
  const spec = hash({ wish, files })
  const choice = hash({ ports, metrics: settings.metrics, keepRunning: settings.keepRunning })
  const labels = containerLabels(project, backend, { spec, choice })
  return {
    backend,
    image,
    body: createBody({ ...wish, labels, volume: { name: volume, path: pinned.dataPath } }),
    files,
    spec,
    choice,
  }
}

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
