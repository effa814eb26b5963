import type { GetEventsOptions } from 'dockerode'
import type { DockerApi } from './docker-api.ts'
import { projectFilter } from './labels.ts'

/** Calls `onChange` at every event of the project's containers; resolves when the engine is lost or `stop` says so. */
export async function watchContainers(api: DockerApi, onChange: () => void, stop: AbortSignal): Promise<void> {
  const filters = JSON.stringify({ ...projectFilter(api.project), type: ['container'] })
  const events = await api.ask('watching its events', (docker) =>
    docker.getEvents({ filters, abortSignal: stop } as GetEventsOptions),
  )
  await new Promise<void>((resolve) => {
    events.on('data', onChange)
    for (const event of ['end', 'error', 'close'] as const) events.on(event, () => resolve())
  })
}
