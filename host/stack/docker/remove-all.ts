import type { ManagedContainer } from './container-view.ts'
import type { DockerApi } from './docker-api.ts'
import type { Order } from '../stack-provider.ts'
import { imageName, pinnedImages } from '../pinned-images.ts'
import { backendNames } from '../../contract/stack.ts'
import { explainEngine } from './explain-engine.ts'

/** Removes the project's containers, volumes and network, and its images where nobody else uses them. */
export async function removeAll(api: DockerApi, images: readonly string[], order: Order): Promise<void> {
  const containers = await api.containers()
  for (const { id, backend } of containers) {
    order.doing(`removing ${backend}`)
    await api.stop(id, backend, 5)
    await api.remove(id, backend)
  }
  for (const volume of await api.volumes()) await api.removeVolume(volume)
  await api.removeNetworks()
  for (const image of images) {
    order.doing(`removing ${image}`)
    await removeImage(api, image)
  }
}

/** Names of all images the stack used or would use. */
export function stackImages(containers: readonly ManagedContainer[], registry: string): readonly string[] {
  const pinned = backendNames.map((backend) => imageName(registry, pinnedImages[backend]))
  return [...new Set([...containers.map(({ image }) => image), ...pinned])]
}

/** Without force: an image another container uses stays. */
async function removeImage(api: DockerApi, image: string): Promise<void> {
  try {
    await api.docker.getImage(image).remove()
  } catch (error) {
    const { statusCode } = error as { statusCode?: unknown }
    if (statusCode !== 404 && statusCode !== 409)
      throw explainEngine(error, api.host, { doing: `removing ${image}`, image })
  }
}
