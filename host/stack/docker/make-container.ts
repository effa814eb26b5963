import { WeirError } from '../../../collector-core/weir-error.ts'
import type { BackendName } from '../../contract/stack.ts'
import { pinnedImages } from '../pinned-images.ts'
import type { DesiredContainer } from './desired-container.ts'
import type { DockerApi } from './docker-api.ts'
import { fileArchive } from './file-archive.ts'
import { projectLabels, serviceLabel } from './labels.ts'

/** Creates a container with its files and starts it; leaves nothing behind when that fails. Answers with its id. */
export async function makeContainer(
  api: DockerApi,
  desired: DesiredContainer,
  beforeStart: (id: string) => Promise<void> = async () => undefined,
): Promise<string> {
  const { backend, body, files } = desired
  await ensureVolume(api, backend, body.HostConfig.Mounts[0].Source)
  const id = await api.create(body).catch((error: unknown) => {
    if (!(error instanceof WeirError) || error.code !== 'conflict') throw error
    throw new WeirError(
      'name-taken',
      `a container named ${body.name} exists that is not Weir's`,
      `Rename or remove it: \`docker rename ${body.name} …\`.`,
      { cause: error },
    )
  })
  try {
    if (files.length > 0) {
      await api.putArchive(id, fileArchive(files, pinnedImages[backend].user), `putting files into ${backend}`)
    }
    await beforeStart(id)
    await api.start(id, backend)
    return id
  } catch (error) {
    await api.remove(id, backend)
    throw error
  }
}

/** Volumes keep their labels for ever, so one that carries none is somebody else's. */
async function ensureVolume(api: DockerApi, backend: BackendName, name: string): Promise<void> {
  if ((await api.volumes(backend)).includes(name)) return
  await api.createVolume(name, {
    ...projectLabels(api.project),
    [serviceLabel]: backend,
    'com.docker.compose.volume': backend,
  })
  if ((await api.volumes(backend)).includes(name)) return
  throw new WeirError(
    'name-taken',
    `a volume named ${name} exists that is not Weir's`,
    `Remove it with \`docker volume rm ${name}\`, or keep its data elsewhere first.`,
  )
}
