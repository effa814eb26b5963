// The targets of one prometheus.scrape and the loops that scrape them.
import type { HttpClient, HttpClientArguments, HttpClientContext } from '../../../net/http-arguments.ts'
import type { TargetCounts, TrialScrape } from '../../../protocol.ts'
import type { ComponentContext, DebugInfo } from '../../../runtime/component.ts'
import type { Labels } from '../../../signal/labels.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { MetricForwarding } from '../../../telemetry/metric-forwarding.ts'
import { BodyPool } from './body-pool.ts'
import type { definition } from './definition.ts'
import { prepareTarget, scrapedAlike } from './prepare-target.ts'
import type { ScrapeTarget, TargetError } from './prepare-target.ts'
import { ScrapeLoop } from './scrape-loop.ts'
import type { LoopSurroundings } from './scrape-loop.ts'
import { ScrapeMetrics } from './scrape-metrics.ts'
import { batchOptions, fingerprint, scrapeSettings } from './scrape-settings.ts'
import type { ScrapeArguments, ScrapeSettings } from './scrape-settings.ts'
import { StringPool } from './string-pool.ts'
import { TargetBatches } from './target-batches.ts'
import { targetBlocks } from './target-status.ts'

/** How targets are reached; tests script it. */
export type CreateHttpClient = (args: HttpClientArguments, context: HttpClientContext) => HttpClient

/** How long new arguments wait for a scrape that nobody takes, milliseconds. */
const handOverMs = 2000
/** Targets named in the log when they cannot be scraped. */
const mostNamed = 10

export class ScrapePool {
  private readonly context: ComponentContext<typeof definition>
  private readonly createClient: CreateHttpClient
  private readonly seed: number
  private readonly metrics: ScrapeMetrics
  private readonly forwarding: MetricForwarding
  private readonly bodies = new BodyPool()
  private readonly strings = new StringPool()
  private readonly loops = new Map<string, ScrapeLoop>()
  private readonly ending = new AbortController()
  private readonly farewells = new Set<Promise<void>>()
  private unusable: readonly TargetError[] = []
  private settings: ScrapeSettings | undefined
  private appliedFingerprint = ''
  private client: HttpClient | undefined
  private receiver: Receiver<'metrics'>
  /** Applications of arguments happen one after another. */
  private queue: Promise<void> = Promise.resolve()

  constructor(context: ComponentContext<typeof definition>, createClient: CreateHttpClient, seed: number) {
    this.context = context
    this.createClient = createClient
    this.seed = seed
    this.metrics = new ScrapeMetrics(context.metrics)
    this.forwarding = new MetricForwarding(context.metrics, context.clock)
    this.receiver = this.forwarding.to([])
    context.metrics.beforeScrape(() => this.measure())
  }

  /** Takes over arguments: loops of unchanged targets go on, under new settings if these changed. */
  apply(args: ScrapeArguments): Promise<void> {
    const done = this.queue.then(() => this.applyNow(args))
    this.queue = done.catch(() => undefined)
    return done
  }

  /** Ends all loops. No series are marked as ended: this may be a restart. */
  async stop(): Promise<void> {
    this.ending.abort()
    await this.queue
    await Promise.all([...[...this.loops.values()].map((loop) => loop.stop()), ...this.farewells])
    this.loops.clear()
    this.client?.close()
  }

  debugInfo(): DebugInfo {
    return targetBlocks([...this.loops.values()], this.unusable)
  }

  /** How the targets are; undefined before the first arguments are applied. Costs a look at each target. */
  targets(): TargetCounts | undefined {
    if (this.settings === undefined) return undefined
    let up = 0
    let down = this.unusable.length
    for (const { status } of this.loops.values()) {
      if (status.health === 'up') up++
      else if (status.health === 'down') down++
    }
    return { total: this.loops.size + this.unusable.length, up, down }
  }

  /** What a target exposes now; undefined when no target has this URL. */
  async scrapeOnce(url: string): Promise<TrialScrape | undefined> {
    return [...this.loops.values()].find(({ target }) => target.url === url)?.scrapeOnce()
  }

  private async applyNow(args: ScrapeArguments): Promise<void> {
    if (this.ending.signal.aborted) return
    const { clock } = this.context
    const started = clock.monotonic()
    this.receiver = this.forwarding.to(args.forward_to)
    const applied = fingerprint(args)
    const settings = scrapeSettings(args, this.context.id)
    const changed = applied !== this.appliedFingerprint
    const previousClient = this.client
    if (changed) {
      this.client = this.createClient(args, { userAgent: this.context.userAgent, clock })
      if (this.settings === undefined) this.metrics.poolStarted()
      if (args.enable_protobuf_negotiation) {
        this.context.log.warn(
          'enable_protobuf_negotiation is deprecated: scrape_native_histograms = true does the same',
        )
      }
    }
    const targets = this.prepare(args.targets, settings)
    await this.sync(targets, settings, changed)
    if (changed) {
      previousClient?.close()
      if (this.settings !== undefined) {
        this.metrics.reloaded(args.scrape_interval, (clock.monotonic() - started) / 1000)
      }
    }
    const jobBefore = this.settings?.targets.job
    if (jobBefore !== undefined && jobBefore !== settings.targets.job) this.metrics.forgetJob(jobBefore)
    this.settings = settings
    this.appliedFingerprint = applied
    const seconds = (clock.monotonic() - started) / 1000
    this.metrics.synced(settings.targets.job, targets.size, this.unusable.length, settings.targetLimit, seconds)
  }

  private prepare(discovered: readonly Labels[], settings: ScrapeSettings): Map<string, ScrapeTarget> {
    const targets = new Map<string, ScrapeTarget>()
    const unusable: TargetError[] = []
    for (const labels of discovered) {
      const prepared = prepareTarget(labels, settings.targets)
      if ('reason' in prepared) unusable.push(prepared)
      else if (!targets.has(prepared.key)) targets.set(prepared.key, prepared)
    }
    for (const { discovered: labels, reason } of unusable.slice(0, mostNamed)) {
      this.context.log.error('a target cannot be scraped', { target: labels.toString(), error: reason })
    }
    this.unusable = unusable
    return targets
  }

  private async sync(
    targets: ReadonlyMap<string, ScrapeTarget>,
    settings: ScrapeSettings,
    changed: boolean,
  ): Promise<void> {
    const gone = [...this.loops].filter(([key]) => !targets.has(key))
    for (const [key, loop] of gone) {
      this.loops.delete(key)
      this.farewell(loop)
    }
    await Promise.all(
      [...targets].map(async ([key, target]) => {
        const loop = this.loops.get(key)
        if (loop !== undefined && !changed && scrapedAlike(loop.target, target)) return
        const options = batchOptions(settings, target)
        let batches = loop !== undefined && (await this.released(loop)) ? loop.batches : undefined
        if (batches === undefined) batches = new TargetBatches(options, this.strings)
        else batches.reconfigure(options)
        const next = new ScrapeLoop(target, batches, settings, this.surroundings(), this.seed)
        if (loop !== undefined) next.status = loop.status
        this.loops.set(key, next)
      }),
    )
    const { targetLimit } = settings
    const forced =
      targetLimit > 0 && targets.size > targetLimit
        ? `there are ${targets.size} targets, more than the target_limit of ${targetLimit}: none is scraped`
        : undefined
    for (const loop of this.loops.values()) loop.forcedError = forced
  }

  /** Stops a loop; false when its last batch is still held back, so that its series cannot be taken over. */
  private async released(loop: ScrapeLoop): Promise<boolean> {
    const done = new AbortController()
    const late = this.context.clock.sleep(handOverMs, done.signal).then(() => false)
    const released = await Promise.race([loop.stop().then(() => true), late])
    done.abort()
    return released
  }

  /** Stops a loop whose target is gone, and later marks its series as ended unless they go on elsewhere. */
  private farewell(loop: ScrapeLoop): void {
    const { clock } = this.context
    const { intervalMs } = loop.target
    const { signal } = this.ending
    const say = async (): Promise<void> => {
      await loop.stop()
      const firstTick = intervalMs - (clock.now() % intervalMs)
      const at = clock.now() + firstTick
      // Two ticks and a bit, so that a target that comes back or moves can take its series over before.
      await clock.sleep(firstTick + intervalMs * 1.1, signal)
      if (signal.aborted) return
      const living = this.livingKeys()
      const batch = loop.batches.endAll(at, (labels) => living.has(labels.key))
      if (batch.series.length === 0) return
      const acceptance = await this.receiver.accept(batch)
      if (acceptance.kind === 'refused') this.context.drop(batch.series.length, 'refused')
    }
    const saying = say().finally(() => void this.farewells.delete(saying))
    this.farewells.add(saying)
  }

  private livingKeys(): Set<string> {
    const keys = new Set<string>()
    for (const { batches } of this.loops.values()) for (const labels of batches.livingLabels()) keys.add(labels.key)
    return keys
  }

  private surroundings(): LoopSurroundings {
    const { clock, log, ownAddress } = this.context
    return {
      clock,
      log,
      client: this.client!,
      metrics: this.metrics,
      bodies: this.bodies,
      ownAddress,
      receiver: () => this.receiver,
      drop: (count, reason) => this.context.drop(count, reason),
    }
  }

  private measure(): void {
    const job = this.settings?.targets.job
    if (job === undefined) return
    let series = 0
    let entries = 0
    let bytes = 0
    for (const { batches } of this.loops.values()) {
      series += batches.tracker.size
      entries += batches.metadata.size
      bytes += batches.metadata.characters
    }
    this.metrics.interned.set(series, [job])
    this.metrics.metadataEntries.set(entries, [job])
    this.metrics.metadataBytes.set(bytes, [job])
  }
}
