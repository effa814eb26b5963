// The collector's HTTP interface as a table: what Alloy serves under the same paths, the scrape targets at the address
// Prometheus users expect, and Weir's own frames.
import type { MetricRegistry } from '../telemetry/registry.ts'
import type { Collector, LoadResult } from '../runtime/collector.ts'
import { describeComponent, listComponents } from './component-info.ts'
import { describePipeline } from './pipeline.ts'
import { debugStream } from './debug-stream.ts'
import { scrapeTargets } from './scrape-targets.ts'
import type { StaticFiles } from './static-files.ts'
import { tapStream } from './tap-stream.ts'
import { text } from './text-response.ts'

/** What the routes are about. */
export interface ApiContext {
  readonly collector: Collector
  readonly registry: MetricRegistry
  /** Reads the config again and applies it; the text says what is wrong when it was not applied. */
  readonly reload: () => Promise<LoadResult & { readonly text: string }>
  readonly version: string
  /** Whether the `livedebugging` block allows watching components. */
  readonly liveDebugging: () => boolean
  /** The page that shows the pipeline; absent where it was not built. */
  readonly page: StaticFiles | undefined
}

/** A request as far as routes care. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
}

export interface ApiResponse {
  readonly status: number
  readonly contentType: string
  readonly body: string | Uint8Array
  /** `no-store` when absent. */
  readonly cacheControl?: string
}

/**
 * A response that goes on: `next` gives the text to send every `everyMs` until the client leaves or there is undefined
 * instead; then `close` is called.
 */
export interface ApiStream {
  readonly contentType: string
  readonly everyMs: number
  readonly next: () => string | undefined
  readonly close?: () => void
}

type Handler = (request: ApiRequest, context: ApiContext) => ApiResponse | ApiStream | Promise<ApiResponse | ApiStream>

const json = (body: unknown): ApiResponse => ({
  status: 200,
  contentType: 'application/json',
  body: `${JSON.stringify(body)}\n`,
})

interface Route {
  readonly methods: readonly string[]
  readonly handle: Handler
}

/** Exact paths first; a path that ends in `/` stands for everything below it. */
const routes: Readonly<Partial<Record<string, Route>>> = {
  '/metrics': {
    methods: ['GET'],
    handle: (_, { registry }) => ({
      status: 200,
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      body: registry.exposition(),
    }),
  },
  '/-/ready': {
    methods: ['GET'],
    handle: (_, { collector }) => (collector.ready ? text(200, 'Weir is ready.') : text(503, 'Weir is not ready yet.')),
  },
  '/-/healthy': { methods: ['GET'], handle: (_, { collector }) => healthy(collector) },
  '/-/reload': {
    methods: ['POST'],
    async handle(_, { reload }) {
      const result = await reload()
      return result.applied ? text(200, 'config reloaded') : text(400, result.text)
    },
  },
  '/api/v0/web/components': { methods: ['GET'], handle: (_, { collector }) => json(listComponents(collector)) },
  '/api/v0/web/components/': {
    methods: ['GET'],
    handle({ path }, { collector }) {
      const id = path.slice('/api/v0/web/components/'.length)
      const described = describeComponent(collector, id)
      return described === undefined ? text(404, `there is no component "${id}"`) : json(described)
    },
  },
  '/api/v0/web/peers': { methods: ['GET'], handle: () => json([]) },
  '/api/v0/web/graph': { methods: ['GET'], handle: (request, { collector }) => graphStream(request, collector) },
  '/api/v0/web/debug/': { methods: ['GET'], handle: debugStream },
  '/api/v0/weir/tap': { methods: ['GET'], handle: ({ query }, { collector }) => tapStream(query, collector) },
  '/api/v0/component/': { methods: ['GET'], handle: ({ path }, { collector }) => componentPage(path, collector) },
  '/api/v0/weir/pipeline': {
    methods: ['GET'],
    handle(_, { collector }) {
      const pipeline = describePipeline(collector)
      return pipeline === undefined ? text(503, 'no config has been applied yet') : json(pipeline)
    },
  },
  '/api/v0/weir/frame': { methods: ['GET'], handle: (_, { collector }) => json(collector.frame()) },
  '/api/v0/weir/frames': {
    methods: ['GET'],
    handle: ({ query }, { collector }) => ({
      contentType: 'application/x-ndjson',
      everyMs: secondsIn(query.get('interval'), 1, 0.1) * 1000,
      next: () => `${JSON.stringify(collector.frame())}\n`,
    }),
  },
  '/api/v1/metrics/targets': {
    methods: ['GET'],
    handle: (_, { collector }) =>
      json({ status: 'success', data: { activeTargets: scrapeTargets(collector), droppedTargets: [] } }),
  },
}

const pageRoute: Route = { methods: ['GET'], handle: ({ path }, { page }) => pageFile(path, page) }

/** Answers one request. What no route knows may be a file of the page, else it is 404; side effects need POST. */
export function answer(request: ApiRequest, context: ApiContext): ReturnType<Handler> {
  const route = routes[request.path] ?? prefixRoute(request.path) ?? pageRoute
  if (!route.methods.includes(request.method)) {
    return text(405, `${request.path} takes ${route.methods.join(' or ')}, not ${request.method}`)
  }
  return route.handle(request, context)
}

function prefixRoute(path: string): Route | undefined {
  const prefix = Object.keys(routes).find((key) => key.length > 1 && key.endsWith('/') && path.startsWith(key))
  return prefix === undefined ? undefined : routes[prefix]
}

function pageFile(path: string, page: StaticFiles | undefined): ApiResponse {
  const file = page?.get(path)
  if (file !== undefined) return { status: 200, ...file }
  if (path === '/') return text(404, 'The page was not built; "npm run build" builds it. Metrics are at /metrics.')
  return text(404, `there is nothing at ${path}`)
}

function healthy(collector: Collector): ApiResponse {
  const unhealthy = collector.components().filter(({ health }) => health.state === 'unhealthy')
  if (unhealthy.length === 0) return text(200, 'All components are healthy.')
  return text(500, unhealthy.map(({ node, health }) => `${node.id}: ${health.message}`).join('\n'))
}

function componentPage(path: string, collector: Collector): ApiResponse {
  const rest = path.slice('/api/v0/component/'.length)
  const slash = rest.indexOf('/')
  const id = slash < 0 ? rest : rest.slice(0, slash)
  const page = collector.component(id)?.handle(slash < 0 ? '' : rest.slice(slash + 1))
  return page === undefined ? text(404, `component "${id}" serves nothing there`) : { status: 200, ...page }
}

/** Alloy's graph stream: every window an array of rates per component and data type, chunks ended by `|;|`. */
function graphStream({ query }: ApiRequest, collector: Collector): ApiStream {
  const seconds = secondsIn(query.get('window'), 5, 1)
  const types = { metrics: 'prometheus_metric', logs: 'loki_log', otlp: 'otel_trace' } as const
  const otlpTypes = { traces: 'otel_trace', metrics: 'otel_metric', logs: 'otel_log' } as const
  let before = new Map<string, number>()
  return {
    contentType: 'text/plain; charset=utf-8',
    everyMs: seconds * 1000,
    next() {
      const now = new Map<string, number>()
      const rates = new Map<string, { componentID: string; targetComponentIDs: string[]; type: string; rate: number }>()
      for (const { from, to, carries, exportName, edge } of collector.edgeList()) {
        const type = edge.signal === 'otlp' && carries ? otlpTypes[carries] : types[edge.signal]
        const key = JSON.stringify([from, to, exportName, carries])
        const { items } = edge.counts()
        now.set(key, items)
        const rate = (items - (before.get(key) ?? items)) / seconds
        const merged = rates.get(`${from} ${type}`)
        if (merged === undefined)
          rates.set(`${from} ${type}`, { componentID: from, targetComponentIDs: [to], type, rate })
        else {
          merged.targetComponentIDs.push(to)
          merged.rate = Math.max(merged.rate, rate)
        }
      }
      before = now
      return `${JSON.stringify([...rates.values()])}|;|`
    },
  }
}

function secondsIn(value: string | null, fallback: number, least: number): number {
  const seconds = Number(value ?? fallback)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, least), 60) : fallback
}
