// The built-in demo app: something to look at before one's own programs send anything. It serves metrics pages, and sends
// its spans and logs to the OTLP receiver of the pipeline that runs, if that has one.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkHost, loopbackHosts } from '../../collector-core/net/host-check.ts'
import { createBoundedServer, listen } from '../../collector-core/net/server.ts'
import type { Listening } from '../../collector-core/net/server.ts'
import type { Clock } from '../../collector-core/runtime/clock.ts'
import { Broadcast } from '../session/broadcast.ts'
import { logsRequest, traceRequest } from './otlp-json.ts'
import { writePage } from './page.ts'
import { services, Shop } from './shop.ts'
import type { Service } from './shop.ts'

/** Where the services' pages are: `/storefront/metrics` and so on. */
export const demoPort = 12346

const workEveryMs = 1_000
const closeGraceMs = 100

export interface DemoOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly port: number
  /** `host:port` of the running pipeline's OTLP receiver over HTTP; undefined while it has none that is healthy. */
  readonly receiver: () => Promise<string | undefined>
  /** Sends a JSON body; rejects when it cannot. */
  readonly post: (url: string, body: string) => Promise<void>
}

export class Demo {
  /** Tells that it started, stopped, or could not start. */
  readonly changes = new Broadcast<boolean>()
  private readonly options: DemoOptions
  private shop: Shop
  private listening: Listening | undefined
  private failure: string | undefined
  private work: Promise<unknown> = Promise.resolve()

  constructor(options: DemoOptions) {
    this.options = options
    this.shop = new Shop(options.random)
  }

  get running(): boolean {
    return this.listening !== undefined
  }

  /** Why it does not run although it was to. */
  get problem(): string | undefined {
    return this.failure
  }

  /** Starts or stops it; answers whether it runs. Throws the `WeirError` that says who holds its port. */
  set(running: boolean): Promise<boolean> {
    const turn = this.work.then(async () => {
      if (running !== this.running) {
        await (running ? this.start() : this.stop())
        this.changes.send(running)
      }
      return running
    })
    this.work = turn.catch(() => undefined)
    return turn
  }

  private async start(): Promise<void> {
    const server = createBoundedServer((request, response) => this.serve(request, response))
    const outcome = await listen(server, { host: '127.0.0.1', port: this.options.port })
    this.failure = outcome instanceof Error ? outcome.message : undefined
    if (outcome instanceof Error) {
      this.changes.send(false)
      throw outcome
    }
    this.shop = new Shop(this.options.random)
    this.listening = outcome
    this.workOn(outcome)
  }

  private async stop(): Promise<void> {
    const { listening } = this
    this.listening = undefined
    await listening?.close(closeGraceMs)
  }

  private workOn(listening: Listening): void {
    const { clock } = this.options
    clock.after(workEveryMs, () => {
      if (this.listening !== listening) return
      void this.doBusiness().finally(() => this.workOn(listening))
    })
  }

  private async doBusiness(): Promise<void> {
    const { spans, logs } = this.shop.work(this.options.clock.now())
    const receiver = await this.options.receiver()
    if (receiver === undefined) return
    // Nobody misses a second of made-up traffic.
    const post = (path: string, body: unknown): Promise<void> =>
      this.options.post(`http://${receiver}${path}`, JSON.stringify(body)).catch(() => undefined)
    if (spans.length > 0) await post('/v1/traces', traceRequest(spans))
    if (logs.length > 0) await post('/v1/logs', logsRequest(logs))
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    request.resume()
    const { listening } = this
    const policy = loopbackHosts(listening?.port ?? 0)
    const service = serviceAt(request.url ?? '')
    if (!checkHost(request.rawHeaders, request.url ?? '', policy).allowed) response.writeHead(421).end()
    else if (service === undefined || request.method !== 'GET') response.writeHead(404).end()
    else {
      const openMetrics = /application\/openmetrics-text/.test(request.headers.accept ?? '')
      const type = openMetrics
        ? 'application/openmetrics-text; version=1.0.0; charset=utf-8'
        : 'text/plain; version=0.0.4; charset=utf-8'
      response.writeHead(200, { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' })
      response.end(writePage(this.shop.families(service), openMetrics))
    }
  }
}

function serviceAt(path: string): Service | undefined {
  return services.find((service) => path === `/${service}/metrics`)
}
