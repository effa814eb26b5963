import type { StatsFrame } from '../collector-core/protocol.ts'
import type { NotificationText } from './tray-notice.ts'
import type { ShellWords } from './words.ts'

/** How long a component has to be unhealthy before anybody is told, milliseconds. */
const settledMs = 15_000
const mostNamed = 3

/** Which unhealthy components are worth a notification: each once, until it has been healthy again. */
export class HealthNotices {
  private readonly told = new Set<string>()

  /** The text of a notification, if there is one to show. */
  look({ at, components }: StatsFrame, say: ShellWords): NotificationText | undefined {
    const unhealthy = components.filter(({ health }) => health.state === 'unhealthy')
    const ids = new Set(unhealthy.map(({ id }) => id))
    for (const id of [...this.told]) if (!ids.has(id)) this.told.delete(id)
    const fresh = unhealthy.filter(({ id, health }) => at - health.since >= settledMs && !this.told.has(id))
    if (fresh.length === 0) return undefined
    for (const { id } of fresh) this.told.add(id)
    const lines = fresh.slice(0, mostNamed).map(({ id, health }) => `${id}: ${health.message}`)
    const more = fresh.length > mostNamed ? [say.more(fresh.length - mostNamed)] : []
    return {
      title: say.unhealthy(fresh.length),
      body: [...lines, ...more].join('\n'),
    }
  }
}
