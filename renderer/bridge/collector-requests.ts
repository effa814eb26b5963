// What the collector's own HTTP interface answers.
import type { ComponentInfo } from '../../collector-core/http-api/contract.ts'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import type { TapFrame } from '../../host/contract/tap.ts'
import type { StreamArgs } from '../../host/contract/weir-api.ts'
import { textLines } from './text-lines.ts'

/** The collector, asked. Everything rejects when it does not answer or `stop` fires. */
export interface CollectorRequests {
  /** What runs; undefined while no config has been applied. */
  pipeline(stop: AbortSignal): Promise<Pipeline | undefined>
  /** One component with everything; undefined when there is none of that id that runs. */
  component(id: string, stop: AbortSignal): Promise<ComponentInfo | undefined>
  /** Four frames a second, for as long as the collector and the reader go on. */
  frames(stop: AbortSignal): AsyncIterable<StatsFrame>
  /** What crosses an edge, or enters and leaves a component. */
  tap(args: StreamArgs<'tap'>, stop: AbortSignal): AsyncIterable<TapFrame>
}

/** Speaks to the server the page came from. */
export function httpCollector(request: typeof fetch): CollectorRequests {
  const ask = async (path: string, stop: AbortSignal, absent: number): Promise<Response | undefined> => {
    const response = await request(path, { signal: stop })
    if (response.ok) return response
    if (response.status === absent) return undefined
    throw new Error(`${path} answered ${response.status}`)
  }
  async function* lines<Line>(path: string, stop: AbortSignal): AsyncGenerator<Line> {
    const response = await ask(path, stop, 0)
    if (response?.body == null) throw new Error(`${path} sent nothing`)
    for await (const line of textLines(response.body)) yield JSON.parse(line) as Line
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
    frames: (stop) => lines<StatsFrame>('/api/v0/weir/frames?interval=0.25', stop),
    tap(args, stop) {
      const query = Object.entries<string | number | undefined>(args).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      )
      return lines<TapFrame>(`/api/v0/weir/tap?${new URLSearchParams(query)}`, stop)
    },
  }
}
