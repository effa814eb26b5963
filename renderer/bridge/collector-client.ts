// The only place that talks to the collector.
import type { ComponentInfo } from '../../collector-core/http-api/contract.ts'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import { textLines } from './text-lines.ts'

/** The collector, as the page sees it. Everything rejects when the collector does not answer or `stop` fires. */
export interface CollectorClient {
  /** What runs; undefined while no config has been applied. */
  pipeline(stop: AbortSignal): Promise<Pipeline | undefined>
  /** One component with everything; undefined when there is none of that id that runs. */
  component(id: string, stop: AbortSignal): Promise<ComponentInfo | undefined>
  /** One frame a second, for as long as the collector and the reader go on. */
  frames(stop: AbortSignal): AsyncIterable<StatsFrame>
}

/** Speaks to the server the page came from. */
export function httpCollector(request: typeof fetch): CollectorClient {
  const ask = async (path: string, stop: AbortSignal, absent: number): Promise<Response | undefined> => {
    const response = await request(path, { signal: stop })
    if (response.ok) return response
    if (response.status === absent) return undefined
    throw new Error(`${path} answered ${response.status}`)
  }
  return {
    async pipeline(stop) {
      const response = await ask('/api/v0/weir/pipeline', stop, 503)
      return response && ((await response.json()) as Pipeline)
    },
    async component(id, stop) {
      const response = await ask(`/api/v0/web/components/${encodeURIComponent(id)}`, stop, 404)
      return response && ((await response.json()) as ComponentInfo)
    },
    async *frames(stop) {
      const response = await ask('/api/v0/weir/frames', stop, 0)
      if (response?.body == null) throw new Error('the collector sent no frames')
      for await (const line of textLines(response.body)) yield JSON.parse(line) as StatsFrame
    },
  }
}
