import { basename, dirname } from 'node:path/posix'
import { WeirError } from '../../../collector-core/weir-error.ts'
import { pinnedImages } from '../pinned-images.ts'
import { problemOf } from '../problem.ts'
import type { ManagedContainer } from './container-view.ts'
import { containerName } from './desired-container.ts'
import type { DesiredContainer } from './desired-container.ts'
import type { DockerApi } from './docker-api.ts'
import { makeContainer } from './make-container.ts'

const suffix = '-previous'

export interface Replacement {
  readonly old: ManagedContainer
  /** The new container on the volume given. */
  readonly desired: (volume: string) => DesiredContainer
  /** Rejects when the new container does not get ready. */
  readonly ready: (id: string) => Promise<void>
}

/**
 * Puts a new container in an old one's place. The old one is kept, stopped, until the new one is ready, and comes back
 * with its data when that fails: then `rolled-back` is thrown. Where the new version may rewrite the data, it gets a copy.
 */
export async function replaceContainer(api: DockerApi, { old, desired, ready }: Replacement): Promise<void> {
  const { backend } = old
  const wasRunning = old.running
  const oldVolume = old.volume ?? containerName(api.project, backend)
  const copy = pinnedImages[backend].copyOnUpgrade && desired(oldVolume).image !== old.image
  const volume = copy ? otherVolume(api, backend, oldVolume) : oldVolume
  let made: string | undefined
  try {
    await api.stop(old.id, backend)
    await api.rename(old.id, `${old.name}${suffix}`)
    if (copy) await api.removeVolume(volume)
    made = await makeContainer(api, desired(volume), async (id) => {
      if (copy) await copyData(api, old.id, id, pinnedImages[backend].dataPath)
    })
    await ready(made)
  } catch (error) {
    if (made !== undefined) await api.remove(made, backend)
    if (copy) await api.removeVolume(volume)
    await restore(api, old, wasRunning)
    const { message, nextStep } = problemOf(error)
    throw new WeirError('rolled-back', `${backend} went back to ${old.image}: ${message}`, nextStep, { cause: error })
  }
  await api.remove(old.id, backend)
  if (copy) await api.removeVolume(oldVolume)
}

/** Brings back what an interrupted replacement left: the old container counts, because its data is whole. */
export async function finishInterrupted(api: DockerApi): Promise<void> {
  const all = await api.containers()
  for (const old of all.filter(({ name }) => name.endsWith(suffix))) {
    const half = all.find(({ backend, id }) => backend === old.backend && id !== old.id)
    if (half !== undefined) {
      await api.remove(half.id, half.backend)
      if (half.volume !== undefined && half.volume !== old.volume) await api.removeVolume(half.volume)
    }
    await api.rename(old.id, old.name.slice(0, -suffix.length))
  }
}

async function restore(api: DockerApi, old: ManagedContainer, start: boolean): Promise<void> {
  const now = (await api.containers(old.backend)).find(({ id }) => id === old.id)
  if (now !== undefined && now.name !== old.name) await api.rename(old.id, old.name)
  if (start) await api.start(old.id, old.backend)
}

/** Two names take turns. */
function otherVolume(api: DockerApi, backend: ManagedContainer['backend'], volume: string): string {
  const first = containerName(api.project, backend)
  return volume === first ? `${first}-2` : first
}

/** Streams one container's data folder into another's; both are stopped. */
async function copyData(api: DockerApi, from: string, to: string, path: string): Promise<void> {
  const archive = await api.ask(`reading ${basename(path)}`, (docker) => docker.getContainer(from).getArchive({ path }))
  await api.ask(
    `copying ${basename(path)}`,
    (docker) => docker.getContainer(to).putArchive(archive, { path: dirname(path) }),
    30 * 60_000,
  )
}
