import { WeirError } from '../../../collector-core/weir-error.ts'
import type { StackSettings } from '../../contract/stack.ts'
import { pinnedImages } from '../pinned-images.ts'
import { askReadiness } from '../readiness.ts'
import type { Order } from '../stack-provider.ts'
import { sleepUnlessCancelled } from '../sleep.ts'
import { tailOf } from './container-log.ts'
import type { ManagedContainer } from './container-view.ts'
import type { DockerApi } from './docker-api.ts'
import { explainExit } from './explain-exit.ts'

export interface Patience {
  readonly readyWithinMs: number
  /** Restarts by the engine after which a backend counts as broken. */
  readonly restarts: number
}

export const patience: Patience = { readyWithinMs: 120_000, restarts: 2 }

/** Waits until a running backend says that it is ready; a crash ends the wait at once with the backend's last words. */
export async function waitReady(
  api: DockerApi,
  container: Pick<ManagedContainer, 'id' | 'backend'>,
  settings: StackSettings,
  order: Order,
  { readyWithinMs, restarts }: Patience = patience,
): Promise<void> {
  const { backend } = container
  const { ports, readyPath } = pinnedImages[backend]
  const giveUpAt = Date.now() + readyWithinMs
  for (;;) {
    const now = (await api.containers(backend)).find(({ id }) => id === container.id)
    if (now === undefined) throw new WeirError('gone', `the container of ${backend} was removed`, 'Start again.')
    if ((!now.running && !now.restarting) || now.restarts > restarts) {
      throw explainExit(now, await tailOf(api, now.id, 20))
    }
    const { ready, words } = await askReadiness(settings.ports[ports[0].name], readyPath)
    if (ready) return
    order.doing(`waiting for ${backend}: ${words}`)
    if (Date.now() > giveUpAt) {
      throw new WeirError(
        'not-ready',
        `${backend} did not get ready within ${readyWithinMs / 1000} s: ${words}`,
        `\`weir stack logs ${backend}\` shows why; \`weir stack reset ${backend}\` starts it empty.`,
      )
    }
    await sleepUnlessCancelled(300, order.cancel)
  }
}
