// Scrapes one target at its ticks until told to stop.
import { inTurns } from '../../../delivery/in-turns.ts'
import type { HttpClient } from '../../../net/http-arguments.ts'
import type { TrialScrape } from '../../../protocol.ts'
import type { Clock } from '../../../runtime/clock.ts'
import type { Logger } from '../../../runtime/logger.ts'
import type { MetricBatch } from '../../../signal/metric-batch.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import type { BodyPool } from './body-pool.ts'
import { explainExposition } from './explain-failure.ts'
import { fetchExposition } from './fetch-exposition.ts'
import type { Fetched } from './fetch-exposition.ts'
import { inSlices } from './in-slices.ts'
import type { ScrapeTarget } from './prepare-target.ts'
import type { ScrapeMetrics } from './scrape-metrics.ts'
import { ScrapeSchedule } from './scrape-schedule.ts'
import type { ScrapeSettings } from './scrape-settings.ts'
import type { Appended, TargetBatches } from './target-batches.ts'
import { trialScrape } from './trial-scrape.ts'

/** What a loop uses from outside itself. */
export interface LoopSurroundings {
  readonly clock: Clock
  readonly log: Logger
  readonly client: HttpClient
  readonly metrics: ScrapeMetrics
  readonly bodies: BodyPool
  readonly ownAddress: () => string
  /** Asked for every batch. */
  readonly receiver: () => Receiver<'metrics'>
  drop(count: number, reason: string): void
}

export interface ScrapeStatus {
  readonly health: 'up' | 'down' | 'unknown'
  readonly lastError: string
  /** Wall time, milliseconds; undefined before the first scrape. */
  readonly lastScrape: number | undefined
  readonly lastDurationMs: number
}

interface Scraped {
  readonly appended: Appended | undefined
  readonly bodyBytes: number
  /** Empty when it went well. */
  readonly error: string
}

export class ScrapeLoop {
  readonly target: ScrapeTarget
  readonly batches: TargetBatches
  /** Makes every scrape fail with this reason, without asking the target. */
  forcedError: string | undefined
  status: ScrapeStatus = { health: 'unknown', lastError: '', lastScrape: undefined, lastDurationMs: 0 }
  private readonly settings: ScrapeSettings
  private readonly surroundings: LoopSurroundings
  private readonly stopping = new AbortController()
  private readonly finished: Promise<void>
  private lastStart: number | undefined

  /** Starts at once. */
  constructor(
    target: ScrapeTarget,
    batches: TargetBatches,
    settings: ScrapeSettings,
    surroundings: LoopSurroundings,
    seed: number,
  ) {
    this.target = target
    this.batches = batches
    this.settings = settings
    this.surroundings = surroundings
    this.finished = this.run((target.hash ^ seed) >>> 0)
  }

  /** Ends the running scrape without a trace, except that a batch already passed on is waited for. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.finished
  }

  /** Asks the target beside the schedule, whose state this leaves alone. */
  scrapeOnce(): Promise<TrialScrape> {
    return trialScrape(this.target, this.settings.fetch, this.surroundings, this.stopping.signal)
  }

  private async run(place: number): Promise<void> {
    const { clock } = this.surroundings
    const { signal } = this.stopping
    const schedule = new ScrapeSchedule(this.target.intervalMs, place, clock.now(), clock.monotonic())
    for (;;) {
      const now = clock.monotonic()
      await clock.sleep(schedule.next(now) - now, signal)
      if (signal.aborted) return
      try {
        await this.scrape(schedule.timestamp(clock.now()))
      } catch (error) {
        // A mistake of ours with this answer must not end the scraping of this or any target.
        const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
        this.note('an internal error, which the log describes', clock.now(), 0)
        this.surroundings.log.error('a scrape failed for an internal reason', {
          target: this.target.url,
          error: detail,
        })
      }
    }
  }

  private async scrape(at: number): Promise<void> {
    const { clock, metrics } = this.surroundings
    const { target, settings, batches } = this
    const job = target.labels.get('job')
    const started = clock.monotonic()
    if (this.lastStart !== undefined) {
      metrics.intervalPassed(target.intervalMs, job, (started - this.lastStart) / 1000)
    }
    this.lastStart = started
    const { appended, bodyBytes, error } = await this.read(at)
    if (this.stopping.signal.aborted) return
    if (appended !== undefined) {
      metrics.appended(job, appended)
      const { drop } = this.surroundings
      if (appended.duplicates > 0) drop(appended.duplicates, 'duplicate_sample')
      if (appended.outOfBounds > 0) drop(appended.outOfBounds, 'sample_in_future')
    }
    const durationMs = clock.monotonic() - started
    this.note(error, at, durationMs)
    const finishing = batches.finish(
      {
        up: error === '',
        durationSeconds: durationMs / 1000,
        scraped: appended?.scraped ?? 0,
        kept: appended?.kept ?? 0,
        added: appended?.added ?? 0,
        timeoutSeconds: target.timeoutMs / 1000,
        sampleLimit: settings.sampleLimit,
        bodyBytes,
      },
      at,
      error !== '',
    )
    const batch = await inTurns(finishing, () => clock.monotonic())
    batches.settle(await this.passOn(batch))
    if (settings.extraMetrics) metrics.finished((clock.monotonic() - started) / 1000)
  }

  private note(error: string, at: number, lastDurationMs: number): void {
    const { log } = this.surroundings
    const { url } = this.target
    const before = this.status.health
    const health = error === '' ? 'up' : 'down'
    this.status = { health, lastError: error, lastScrape: at, lastDurationMs }
    if (health === 'down') log[before === 'down' ? 'debug' : 'warn']('a scrape failed', { target: url, error })
    else if (before === 'down') log.info('the target can be scraped again', { target: url })
  }

  private async read(at: number): Promise<Scraped> {
    const { bodies } = this.surroundings
    if (this.forcedError !== undefined) return { appended: undefined, bodyBytes: 0, error: this.forcedError }
    const reuse = bodies.take()
    const { client, ownAddress, metrics } = this.surroundings
    const { signal } = this.stopping
    const fetched = await fetchExposition(client, this.target, this.settings.fetch, ownAddress, reuse, signal)
    if (fetched.kind === 'body') {
      const scraped = await this.append(fetched, at)
      bodies.give(reuse)
      return scraped
    }
    bodies.give(reuse)
    if (!signal.aborted)
      this.surroundings.log.debug('scrape failed', { target: this.target.url, error: fetched.reason })
    if (fetched.tooLarge) metrics.tooLarge()
    return { appended: undefined, bodyBytes: fetched.tooLarge ? -1 : 0, error: fetched.reason }
  }

  private async append({ body, format }: Fetched & { kind: 'body' }, at: number): Promise<Scraped> {
    const result = await inSlices(this.batches.reading(body, format), this.stopping.signal)
    if (result === undefined) return { appended: undefined, bodyBytes: 0, error: '' }
    if (!result.ok) {
      const error = explainExposition(result.error, body, this.target)
      return { appended: undefined, bodyBytes: body.length, error }
    }
    const appended = await inSlices(this.batches.append(result.exposition, at), this.stopping.signal)
    if (appended === undefined) return { appended, bodyBytes: 0, error: '' }
    const { problem } = appended
    return { appended, bodyBytes: body.length, error: problem?.reason ?? '' }
  }

  private async passOn(batch: MetricBatch): Promise<boolean> {
    const { receiver, drop, log } = this.surroundings
    const acceptance = await receiver().accept(batch)
    const taken = acceptance.kind === 'accepted'
    if (!taken) {
      drop(batch.series.length + batch.histograms.length + batch.exemplars.length, 'refused')
      log.warn('a scrape was not taken and is lost', { target: this.target.url, reason: acceptance.reason })
    }
    return taken
  }
}
