import { hostname } from 'node:os'
import { createHttpClient } from '../../../net/http-arguments.ts'
import type { TargetCounts, TrialScrape } from '../../../protocol.ts'
import { implement } from '../../../runtime/component.ts'
import type { Component, ComponentContext, DebugInfo } from '../../../runtime/component.ts'
import { definition } from './definition.ts'
import { ScrapePool } from './scrape-pool.ts'
import type { CreateHttpClient } from './scrape-pool.ts'
import { stableHash } from './stable-hash.ts'
import type { ScrapeArguments } from './scrape-settings.ts'

/** `prometheus.scrape` over the given network. */
export const prometheusScrapeOver = (createClient: CreateHttpClient) =>
  implement(definition, (args, context) => new ScrapeComponent(args, context, createClient))

export const prometheusScrape = prometheusScrapeOver(createHttpClient)

class ScrapeComponent implements Component<ScrapeArguments> {
  private readonly pool: ScrapePool
  private args: ScrapeArguments
  private running = false

  constructor(args: ScrapeArguments, context: ComponentContext<typeof definition>, createClient: CreateHttpClient) {
    this.args = args
    this.pool = new ScrapePool(context, createClient, stableHash(hostname()))
  }

  async run(stop: AbortSignal): Promise<void> {
    this.running = true
    await this.pool.apply(this.args)
    if (!stop.aborted)
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }))
    this.running = false
    await this.pool.stop()
  }

  async update(args: ScrapeArguments): Promise<void> {
    this.args = args
    if (this.running) await this.pool.apply(args)
  }

  debugInfo(): DebugInfo {
    return this.pool.debugInfo()
  }

  targets(): TargetCounts | undefined {
    return this.pool.targets()
  }

  scrapeOnce(url: string): Promise<TrialScrape | undefined> {
    return this.pool.scrapeOnce(url)
  }
}
