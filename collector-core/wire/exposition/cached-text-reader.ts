// Reads a target's text again and again. A target mostly lists the same series in the same order, so each record is first
// compared with the bytes that stood at its place last time; else it is looked up among the records seen before; else it
// is parsed. Whatever looks unusual is left to the full parser's code, so the result is always that parser's.
import type { MetricType } from '../../signal/metric-batch.ts'
import { anyContext, ByteKeys } from './byte-keys.ts'
import { drained, noFamily } from './exposition.ts'
import type { ExpositionReading, ExpositionResult, MetricFamily, SeriesMaker } from './exposition.ts'
import { recordKeyEnd } from './record-key.ts'
import { SampleColumns } from './sample-columns.ts'
import { scanDecimal } from './scan-decimal.ts'
import { textRecord } from './text-exposition.ts'
import type { TextFormat } from './text-exposition.ts'
import * as chars from './text-cursor.ts'
import { canonicalLabels } from './text-record.ts'
import type { TextRecord } from './text-record.ts'

/** Forgetting starts when this many records more than twice the last answer's are remembered. */
const sparedRecords = 1024
const sparedBytes = 65_536

/** What a remembered record is: the head of a sample (its bytes up to the value), or a whole line. */
type Known<T> =
  | { readonly kind: 'series'; readonly series: T }
  | { readonly kind: 'type'; readonly family: MetricFamily; readonly context: number }
  | { readonly kind: 'help' | 'unit'; readonly family: MetricFamily; readonly text: string }
  | { readonly kind: 'comment' | 'end' }

const noContext = 0

/** Work between two yields, in predicted records (some 0.1 µs each), and what the other ways cost in comparison. */
const sliceBudget = 60_000
const recallCost = 5
const parseCost = 60
/** Records tidied up between two yields. */
const settleSlice = 20_000

/**
 * A reader for one target and one text format; `T` is what `maker` makes of a series. Keeps no reference to a body, and
 * remembers at most about three times the bytes of the last one.
 */
export class CachedTextReader<T> {
  private readonly record: TextRecord
  private readonly maker: SeriesMaker<T>
  private readonly columns = new SampleColumns<T>()
  private keys = new ByteKeys()
  private known: Known<T>[] = []
  /** Where in `order` a record last stood. */
  private positions: number[] = []
  /** The records of the last answer that was read to its end. */
  private order: Int32Array<ArrayBuffer> = new Int32Array(0)
  private series: T[] = []
  private contexts = noContext
  /** Set after a failed read: families may have been reported that do not hold. */
  private reportAll = false
  /** Where the record that `parse` or `recall` answered ends. */
  private next = 0

  constructor(format: TextFormat, maker: SeriesMaker<T>) {
    this.record = textRecord(format)
    this.maker = maker
  }

  /** Records remembered at the moment. */
  get size(): number {
    return this.keys.size
  }

  /** Reads a body; on an error nothing is forgotten, so the next answer is compared with the last good one. */
  read(body: Uint8Array): ExpositionResult<T> {
    return drained(this.reading(body))
  }

  /** Reads a body like `read`, and yields after every few milliseconds of work. */
  *reading(body: Uint8Array): ExpositionReading<T> {
    const { record, columns, known } = this
    const keys = this.keys
    const end = body.length
    const view = new DataView(body.buffer, body.byteOffset, end)
    // As long as nothing has changed, `order` and `series` hold what this answer will need; after that they are copies.
    const previous = this.order
    let order = previous
    let series = this.series
    let changed = false
    let records = 0
    let expected = 0
    let count = 0
    let context = noContext
    let family = noFamily
    let values = columns.values
    columns.reset()
    record.open(body)
    let at = 0
    let ended = false
    let budget = sliceBudget
    while (at < end) {
      if (--budget <= 0) {
        budget = sliceBudget
        yield
      }
      let id = expected < previous.length ? previous[expected] : -1
      if (id >= 0 && keys.matches(id, context, view, at)) {
        expected++
        this.next = at + keys.lengthOf(id)
      } else {
        id = this.recall(context, body, view, at)
        budget -= id < 0 ? parseCost : recallCost
        if (id < 0) id = this.parse(context, family, view, at)
        else expected = this.positions[id] + 1
        if (id < 0) return this.failed(at)
        changed = true
      }
      let entry = known[id]
      if (entry.kind === 'series') {
        if (count === values.length) {
          columns.grow(count)
          values = columns.values
        }
        const stop = scanDecimal(body, this.next, values, count)
        if (stop >= 0 && body[stop] === chars.newline) {
          if (columns.timestamps !== undefined) columns.unstamped(count)
          at = stop + 1
        } else {
          let next = -1
          if (stop >= 0 && body[stop] === chars.space) next = record.afterValue(stop)
          else {
            next = record.tail(this.next)
            values[count] = record.value
          }
          if (next < 0) {
            // The remembered head may be the beginning of a longer one.
            record.cursor.problem = undefined
            const other = this.parse(context, family, view, at)
            if (other < 0) return this.failed(at)
            next = record.tail(this.next)
            if (next < 0) return this.failed(at)
            values[count] = record.value
            changed ||= other !== id
            id = other
            entry = known[id]
          }
          if (!Number.isNaN(record.timestamp)) columns.stamp(count, record.timestamp)
          else if (columns.timestamps !== undefined) columns.unstamped(count)
          if (record.exemplar !== undefined) columns.exemplar(count, record.exemplar)
          at = next
        }
      } else {
        if (entry.kind === 'type') {
          family = entry.family
          context = entry.context
        } else if (entry.kind === 'end') {
          ended = true
          if (this.next < end) {
            record.head(at)
            return this.failed(at)
          }
        }
        if (this.reportAll) this.report(entry)
        at = this.next
      }
      if (changed) {
        if (order === previous) {
          order = new Int32Array(Math.max(64, previous.length + (previous.length >> 1)))
          order.set(previous.subarray(0, records))
          series = series.slice(0, count)
        } else if (records === order.length) {
          const larger = new Int32Array(order.length * 2)
          larger.set(order)
          order = larger
        }
        order[records] = id
        if (entry.kind === 'series') series[count] = entry.series
      }
      records++
      if (entry.kind === 'series') count++
    }
    if (!ended && record.finish(at) < 0) return this.failed(at)
    if (changed || records < previous.length) {
      this.order = order.slice(0, records)
      this.series = series.length === count ? series : series.slice(0, count)
      yield* this.settle(end)
    }
    this.reportAll = false
    return { ok: true, exposition: columns.finish(this.series, count) }
  }

  private failed(at: number): ExpositionResult<T> {
    this.reportAll = true
    return { ok: false, error: this.record.cursor.error(at) }
  }

  /** The record at `at` if it was seen before, whatever its place; else -1. */
  private recall(context: number, body: Uint8Array, view: DataView, at: number): number {
    const to = recordKeyEnd(body, at)
    if (to < 0) return -1
    const id = this.keys.find(body[at] === chars.hash ? anyContext : context, view, at, to)
    if (id < 0) return -1
    this.next = to
    const entry = this.known[id]
    if (entry.kind !== 'series') this.report(entry)
    return id
  }

  /** Parses the record at `at` and remembers it; -1 and `cursor.problem` when it is wrong. */
  private parse(context: number, family: MetricFamily, view: DataView, at: number): number {
    const { record, keys } = this
    const next = record.head(at)
    if (next < 0) return -1
    this.next = next
    const keyContext = this.keyContext(context, view, next)
    const found = keys.find(keyContext, view, at, next)
    if (found >= 0) return found
    const entry = this.entryOf(family)
    if (entry.kind !== 'series') this.report(entry)
    const id = keys.add(keyContext, view, at, next)
    this.known[id] = entry
    this.positions[id] = this.order.length
    return id
  }

  /**
   * A record may be recognised by its first bytes only if no longer record can begin with them: a line with its newline, a
   * head that ends in a blank or a brace. Others get a context nothing is looked up under.
   */
  private keyContext(context: number, view: DataView, next: number): number {
    const last = view.getUint8(next - 1)
    const series = this.record.kind === 'series'
    const complete = series
      ? last === chars.space || last === chars.tab || last === chars.braceClose
      : last === chars.newline
    if (!complete) return -2 - context
    return series ? context : anyContext
  }

  private entryOf(family: MetricFamily): Known<T> {
    const { record } = this
    const { kind, name, text } = record
    switch (kind) {
      case 'series':
        return { kind, series: this.maker.series(name, canonicalLabels(record.labels, family), family) }
      case 'type':
        return { kind, family: { name, type: text as MetricType }, context: ++this.contexts }
      case 'help':
      case 'unit':
        return { kind, family: { name, type: 'unknown' }, text }
      default:
        return { kind }
    }
  }

  private report(entry: Known<T>): void {
    if (entry.kind === 'type') this.maker.metadata?.('type', entry.family.name, entry.family.type)
    else if (entry.kind === 'help' || entry.kind === 'unit') {
      this.maker.metadata?.(entry.kind, entry.family.name, entry.text)
    }
  }

  /** Notes where each record now stands, and forgets old ones when there are too many. */
  private *settle(bodyLength: number): Generator<undefined, void, undefined> {
    const { keys } = this
    const crowded = keys.size > 2 * this.order.length + sparedRecords || keys.bytes > 3 * bodyLength + sparedBytes
    if (crowded) yield* this.forgetOthers(this.order)
    for (let i = 0; i < this.order.length; i++) {
      if (i % settleSlice === settleSlice - 1) yield
      this.positions[this.order[i]] = i
    }
  }

  /** Keeps only the records in `order`, under new numbers. */
  private *forgetOthers(order: Int32Array): Generator<undefined, void, undefined> {
    const { known } = this
    const numbers = new Int32Array(this.keys.size).fill(-1)
    const renumbered = new Int32Array(order.length)
    const keys = new ByteKeys()
    const kept: Known<T>[] = []
    for (let i = 0; i < order.length; i++) {
      if (i % settleSlice === settleSlice - 1) yield
      const id = order[i]
      if (numbers[id] < 0) {
        numbers[id] = keys.copy(this.keys, id)
        kept.push(known[id])
      }
      renumbered[i] = numbers[id]
    }
    this.order = renumbered
    this.keys = keys
    this.known = kept
    this.positions = []
  }
}
