// Labels say what is Weir's. Nothing without them is ever changed, whatever its name.
import type { BackendName } from '../../contract/stack.ts'

/** A stack's name on the engine: containers, volumes and the network carry it. */
export type ProjectName = string

export const managedLabel = 'dev.weir.managed'
export const serviceLabel = 'com.docker.compose.service'
export const projectLabel = 'com.docker.compose.project'
/** Hash of everything a container is made of. */
export const specLabel = 'dev.weir.spec'
/** The same without the image: differs when the user chose something else. */
export const choiceLabel = 'dev.weir.choice'

/** Labels of everything that belongs to a project. */
export function projectLabels(project: ProjectName): Readonly<Record<string, string>> {
  return { [managedLabel]: 'true', [projectLabel]: project }
}

/** Labels of a backend's container; compose's make Docker Desktop group them. */
export function containerLabels(
  project: ProjectName,
  backend: BackendName,
  hashes: { readonly spec: string; readonly choice: string },
): Readonly<Record<string, string>> {
  return {
    ...projectLabels(project),
    [serviceLabel]: backend,
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.config-hash': hashes.spec,
    [specLabel]: hashes.spec,
    [choiceLabel]: hashes.choice,
  }
}

/** The value of the engine's `filters` parameter that finds a project's things. */
export function projectFilter(project: ProjectName, backend?: BackendName): { readonly label: string[] } {
  const labels = Object.entries(projectLabels(project)).map(([name, value]) => `${name}=${value}`)
  return { label: backend === undefined ? labels : [...labels, `${serviceLabel}=${backend}`] }
}
