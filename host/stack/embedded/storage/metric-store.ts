import type { Labels } from '../../../../collector-core/signal/labels.ts'
import type { MetricMetadata } from '../../../../collector-core/signal/metric-batch.ts'
import type { DecodedRequest, DecodedSeries } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import { encodeExemplar, decodeExemplar } from './exemplar-codec.ts'
import type { StoredExemplar } from './exemplar-codec.ts'
import { KeyBuilder, familyKind, nativeKind, prefixRange, signals, u32At, windowAt, windowOf } from './keys.ts'
import type { KeyValueStore, Pair } from './key-value-store.ts'
import { LabelIndex, decodeLabels, encodeLabels } from './label-index.ts'
import type { Entry } from './label-index.ts'
import type { LabelMatcher } from './matcher.ts'
import { MetricHead } from './metric-head.ts'
import { decodeSamples } from './sample-codec.ts'
import { between, mergeSamples } from './sample-columns.ts'
import type { Samples } from './sample-columns.ts'
import type { Sequencer } from './sequencer.ts'
import { TooMuch } from './too-much.ts'
import { dropWindow, storedWindows, windowRange } from './window-rows.ts'
import { WriteLog } from './write-log.ts'
import type { LoggedRequest } from './write-log.ts'

/** Bounds of what metrics may take. */
export interface MetricBounds {
  /** Distinct series held at a time; samples of further ones are refused. */
  readonly maxSeries: number
  /** Samples one query may load. */
  readonly maxQuerySamples: number
  /** Samples are refused when older than this. */
  readonly oldestMs: () => number
}

/** What became of a write. */
export interface MetricWrite {
  readonly samples: number
  readonly exemplars: number
  /** Why some of it was not taken, one sentence each. */
  readonly refused: readonly string[]
}

/** Series with its samples, staleness markers included. */
export interface StoredSeries extends Samples {
  readonly labels: Labels
}

const signal = 'metrics'
const mostFamilies = 20_000
/** Clocks of senders may be ahead by this much. */
const aheadMs = 3_600_000
/** Up to this many series are read one by one; of more, the whole stretch is read. */
const seekSeries = 200

/** Samples, exemplars and metadata of metrics on disk. */
export class MetricStore {
  readonly windows: Set<number>
  private readonly store: KeyValueStore
  private readonly bounds: MetricBounds
  private readonly index = new LabelIndex()
  private readonly log: WriteLog
  private readonly families = new Map<string, MetricMetadata>()
  private readonly nativeNames = new Set<string>()
  private readonly head: MetricHead
  private failed = false

  private constructor(store: KeyValueStore, sequencer: Sequencer, bounds: MetricBounds, windows: Set<number>) {
    this.store = store
    this.bounds = bounds
    this.windows = windows
    this.log = new WriteLog(store, sequencer)
    this.head = new MetricHead(store, sequencer, this.log)
  }

  static async open(store: KeyValueStore, sequencer: Sequencer, bounds: MetricBounds): Promise<MetricStore> {
    const opened = new MetricStore(store, sequencer, bounds, await storedWindows(store, signal))
    await opened.restore()
    return opened
  }

  get seriesCount(): number {
    return this.index.size
  }

  /** Resolves when the request is on disk; what is refused of it is left out, the rest is kept. */
  async write(request: DecodedRequest, logged: LoggedRequest): Promise<MetricWrite> {
    // What cannot be stored must not gather in memory while senders try again.
    if (this.failed) await this.log.probe()
    this.failed = false
    const taking = this.take(request)
    if (taking.samples + taking.exemplars + taking.rows.length > 0) {
      try {
        await this.log.append(logged, taking.rows)
      } catch (error) {
        this.failed = true
        for (const [entry, window] of taking.fresh) entry.windows.delete(window)
        throw error
      }
    }
    return { samples: taking.samples, exemplars: taking.exemplars, refused: [...taking.refused] }
  }

  /** Moves what is in memory into chunks when there is much of it, or always with `force`. */
  flush(force: boolean): Promise<void> {
    return this.head.flush(force)
  }

  /** Series that satisfy the matchers with their samples of `[from, to]`; series without any are left out. */
  async select(matchers: readonly LabelMatcher[], from: number, to: number): Promise<StoredSeries[]> {
    const [first, last] = [windowAt(signal, from), windowAt(signal, to)]
    const entries = this.index.select(matchers, first, last)
    this.refuseNative(entries)
    const pieces = new Map<number, Samples[]>(entries.map(({ id }) => [id, []]))
    let loaded = 0
    const add = (id: number, samples: Samples): void => {
      const cut = between(samples, from, to)
      loaded += cut.times.length
      if (loaded > this.bounds.maxQuerySamples) {
        throw new TooMuch(
          `the query loads more than ${this.bounds.maxQuerySamples} samples; ask for fewer series or less time`,
        )
      }
      pieces.get(id)?.push(cut)
    }
    // Read before the disk is: what is moved from memory to disk meanwhile is then seen twice, not missed.
    const recent = entries.map(({ id }) => this.head.samples(id))
    for (const window of [...this.windows].filter((one) => one >= first && one <= last).sort((a, b) => a - b)) {
      await this.readWindow(window, entries, add)
    }
    entries.forEach(({ id }, i) => recent[i].forEach((samples) => add(id, samples)))
    return entries.flatMap(({ id, labels }) => {
      const samples = mergeSamples(pieces.get(id)!)
      return samples.times.length === 0 ? [] : [{ labels, ...samples }]
    })
  }

  async exemplars(matchers: readonly LabelMatcher[], from: number, to: number): Promise<Map<Labels, StoredExemplar[]>> {
    const [first, last] = [windowAt(signal, from), windowAt(signal, to)]
    const byId = new Map(this.index.select(matchers, first, last).map((entry) => [entry.id, entry]))
    const found = new Map<Labels, StoredExemplar[]>()
    for (const window of this.windows) {
      if (window < first || window > last) continue
      for await (const rows of this.store.scan(...windowRange(signals.metrics.extra, window))) {
        for (const [key, value] of rows) {
          const entry = byId.get(u32At(key, 5))
          if (entry === undefined) continue
          const exemplar = decodeExemplar(value)
          if (exemplar.timestamp < from || exemplar.timestamp > to) continue
          const list = found.get(entry.labels)
          if (list === undefined) found.set(entry.labels, [exemplar])
          else list.push(exemplar)
        }
      }
    }
    for (const list of found.values()) list.sort((a, b) => a.timestamp - b.timestamp)
    return found
  }

  /** Label sets of series with data about that time. */
  series(matchers: readonly LabelMatcher[], from: number, to: number): Labels[] {
    return this.index.select(matchers, windowAt(signal, from), windowAt(signal, to)).map(({ labels }) => labels)
  }

  labelNames(from: number, to: number): string[] {
    return this.index.names(windowAt(signal, from), windowAt(signal, to))
  }

  labelValues(name: string, from: number, to: number): string[] {
    return this.index.values(name, windowAt(signal, from), windowAt(signal, to))
  }

  metadata(): readonly MetricMetadata[] {
    return [...this.families.values()]
  }

  /** Removes a window and what is only in it. */
  async drop(window: number): Promise<void> {
    this.windows.delete(window)
    for (const { id } of this.index.dropWindow(window)) this.head.forget(id)
    await dropWindow(this.store, signal, window)
  }

  private async restore(): Promise<void> {
    const { definitions } = signals.metrics
    for await (const rows of this.store.scan(...prefixRange(Uint8Array.of(definitions)))) {
      for (const [key, value] of rows) this.index.restore(u32At(key, 5), decodeLabels(value), windowOf(key))
    }
    for await (const rows of this.store.scan(...prefixRange(Uint8Array.of(familyKind)))) {
      for (const [, value] of rows) this.remember(JSON.parse(Buffer.from(value).toString()) as MetricMetadata)
    }
    for await (const rows of this.store.scan(...prefixRange(Uint8Array.of(nativeKind)))) {
      for (const [key] of rows) this.nativeNames.add(Buffer.from(key.subarray(1)).toString())
    }
    await this.log.replay((request) => void this.take(request))
  }

  /** Takes a request into memory; the rows are what has to be stored besides the request itself. */
  private take(request: DecodedRequest): {
    rows: Pair[]
    samples: number
    exemplars: number
    fresh: [Entry, number][]
    refused: Set<string>
  } {
    const rows: Pair[] = []
    const fresh: [Entry, number][] = []
    const refused = new Set<string>()
    let [samples, exemplars] = [0, 0]
    const [oldest, newest] = [this.bounds.oldestMs(), Date.now() + aheadMs]
    const fits = (time: number): boolean => {
      if (time < oldest) refused.add('samples older than the retention were left out')
      else if (time > newest) refused.add('samples more than an hour in the future were left out')
      else return true
      return false
    }
    const enter = (entry: Entry, time: number): void => {
      const window = windowAt(signal, time)
      if (entry.windows.has(window)) return
      entry.windows.add(window)
      this.windows.add(window)
      fresh.push([entry, window])
      rows.push([
        KeyBuilder.of(signals.metrics.definitions).u32(window).u32(entry.id).build(),
        encodeLabels(entry.labels),
      ])
    }
    for (const series of request.series) {
      const entry = this.entryOf(series, refused)
      if (entry === undefined) continue
      for (const { value, timestamp, stale } of series.samples) {
        if (!fits(timestamp)) continue
        enter(entry, timestamp)
        this.head.push(entry.id, timestamp, value, stale)
        samples++
      }
      for (const exemplar of series.exemplars) {
        if (!fits(exemplar.timestamp)) continue
        enter(entry, exemplar.timestamp)
        rows.push([this.exemplarKey(entry, exemplar), encodeExemplar(exemplar)])
        exemplars++
      }
      if (series.histograms.length > 0) {
        rows.push(...this.noteNative(entry.labels.get('__name__')))
        enter(entry, series.histograms[0].timestamp)
        refused.add('native histograms are not stored; let the scrape keep classic buckets')
      }
    }
    for (const family of familiesOf(request)) {
      if (this.remember(family)) rows.push([familyKey(family.family), Buffer.from(JSON.stringify(family))])
    }
    return { rows, samples, exemplars, fresh, refused }
  }

  private entryOf({ labels }: DecodedSeries, refused: Set<string>): Entry | undefined {
    const known = this.index.get(labels)
    if (known !== undefined) return known
    if (this.index.size >= this.bounds.maxSeries) {
      refused.add(`there are ${this.bounds.maxSeries} series already; samples of further ones were left out`)
      return undefined
    }
    if (!labels.has('__name__')) {
      refused.add('a series without a metric name was left out')
      return undefined
    }
    return this.index.add(labels)
  }

  /** Same exemplar, same key: a replay adds nothing. */
  private exemplarKey(entry: Entry, exemplar: StoredExemplar): Uint8Array {
    const window = windowAt(signal, exemplar.timestamp)
    return KeyBuilder.of(signals.metrics.extra).u32(window).u32(entry.id).time(exemplar.timestamp).build()
  }

  /** Keeps in mind, over restarts too, that a metric cannot be answered. */
  private noteNative(name: string): Pair[] {
    if (this.nativeNames.has(name) || this.nativeNames.size >= mostFamilies) return []
    this.nativeNames.add(name)
    return [[Buffer.concat([Uint8Array.of(nativeKind), Buffer.from(name)]), new Uint8Array(0)]]
  }

  private remember(family: MetricMetadata): boolean {
    const known = this.families.get(family.family)
    if (known !== undefined && known.type === family.type && known.help === family.help && known.unit === family.unit) {
      return false
    }
    if (known === undefined && this.families.size >= mostFamilies) return false
    this.families.set(family.family, family)
    return true
  }

  private refuseNative(entries: readonly Entry[]): void {
    if (this.nativeNames.size === 0) return
    for (const { labels } of entries) {
      const name = labels.get('__name__')
      if (this.nativeNames.has(name)) {
        throw new TooMuch(
          `${name} is sent as a native histogram, which the embedded backend does not store; let the scrape keep classic buckets`,
        )
      }
    }
  }

  private async readWindow(
    window: number,
    entries: readonly Entry[],
    add: (id: number, samples: Samples) => void,
  ): Promise<void> {
    const { data } = signals.metrics
    const present = entries.filter(({ windows }) => windows.has(window))
    if (present.length <= seekSeries) {
      await Promise.all(
        present.map(async ({ id }) => {
          for (const [, value] of await this.store.all(
            ...prefixRange(KeyBuilder.of(data).u32(window).u32(id).build()),
          )) {
            add(id, decodeSamples(value))
          }
        }),
      )
      return
    }
    const wanted = new Set(present.map(({ id }) => id))
    for await (const rows of this.store.scan(...windowRange(data, window))) {
      for (const [key, value] of rows) {
        const id = u32At(key, 5)
        if (wanted.has(id)) add(id, decodeSamples(value))
      }
    }
  }
}

function familyKey(name: string): Uint8Array {
  return Buffer.concat([Uint8Array.of(familyKind), Buffer.from(name.slice(0, 200))])
}

/** Families told of by v1 as entries, by v2 with each series. */
function familiesOf(request: DecodedRequest): Iterable<MetricMetadata> {
  const families = new Map(request.metadata.map((family) => [family.family, family]))
  for (const { labels, metadata } of request.series) {
    if (metadata === undefined || (metadata.type === 'unknown' && metadata.help === '')) continue
    const name = labels.get('__name__')
    const family =
      metadata.type === 'histogram' || metadata.type === 'summary' ? name.replace(/_(bucket|sum|count)$/, '') : name
    families.set(family, { family, ...metadata })
  }
  return families.values()
}
