// The decisions of the Collector's probabilistic sampler, on serialized spans and log records. Items that carry no sampling
// information and no priority take a short way; `decideAtLength` has the whole rules.
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import { FieldCursor } from '../../../../wire/protobuf/field-cursor.ts'
import type { ProtobufWriter } from '../../../../wire/protobuf/writer.ts'
import { itemField } from '../../../../wire/otlp/layout.ts'
import type { ItemEditor } from '../../../../wire/otlp/rewrite.ts'
import { attributeValue, hashedBytes, numberOf } from './attribute-value.ts'
import type { AttributeValue } from './attribute-value.ts'
import type { definition } from './definition.ts'
import {
  acceptedBuckets,
  hashHigh,
  hashLow,
  hashOfSeed,
  hashOn,
  randomnessOfHash,
  thresholdOfBuckets,
} from './hash-seed.ts'
import { ItemScan, logLayout, spanLayout } from './item-scan.ts'
import {
  alwaysThreshold,
  atLeast,
  formatRandomness,
  formatThreshold,
  isTraceId,
  largestRandomness,
  parseRandomness,
  parseThreshold,
  probabilityOf,
  thresholdOf,
  traceIdHigh,
  traceIdLow,
} from './randomness.ts'
import type { Threshold, Word56 } from './randomness.ts'
import { Stamp, randomnessKey, thresholdKey, writeState } from './stamp.ts'
import { emptyState, parseTraceState, writtenOf } from './trace-state.ts'
import type { SamplingState, Written } from './trace-state.ts'

export type SamplerArguments = DefinitionArguments<typeof definition>

/** Decisions by the policy that made them. */
export interface Tally {
  readonly policy: string
  readonly sampled: number
  readonly dropped: number
}

/** What an item is decided by: `policy` is what the Collector calls it in its metrics. */
interface Basis {
  readonly randomness: Word56
  readonly policy: string
  readonly missing: boolean
}

const missing: Basis = { randomness: largestRandomness, policy: 'missing_randomness', missing: true }
const mostRememberedThresholds = 1000

// Places of the attributes an item is scanned for.
const priorityPlace = 0
const randomnessPlace = 1
const thresholdPlace = 2
const sourcePlace = 3

/** The settings of a sampler for spans (`traces`) or log records (`logs`), worked out once. */
export class Sampler {
  readonly kind: 'traces' | 'logs'
  readonly args: SamplerArguments
  readonly mode: 'never' | 'hash_seed' | 'proportional' | 'equalizing'
  readonly threshold: Threshold
  readonly ratio: number
  readonly seedHash: number
  readonly keys: readonly Uint8Array[]
  readonly stamp: Stamp
  private readonly remembered = new Map<number, Threshold>()

  constructor(kind: 'traces' | 'logs', args: SamplerArguments) {
    this.kind = kind
    this.args = args
    const mode = args.mode === '' ? 'hash_seed' : args.mode
    const percentage = Math.min(Math.fround(args.sampling_percentage), 100)
    this.ratio = percentage / 100
    this.threshold =
      mode === 'hash_seed'
        ? thresholdOfBuckets(acceptedBuckets(percentage))
        : thresholdOf(this.ratio, args.sampling_precision)
    this.mode = this.threshold === 'never' ? 'never' : mode
    this.seedHash = hashOfSeed(args.hash_seed)
    const priorityKey = kind === 'traces' ? 'sampling.priority' : args.sampling_priority
    const keys = kind === 'traces' ? [priorityKey] : [priorityKey, randomnessKey, thresholdKey, args.from_attribute]
    this.keys = keys.map((key) => Buffer.from(key))
    const threshold = this.threshold === 'never' ? alwaysThreshold : this.threshold
    this.stamp = new Stamp(kind === 'traces' ? spanLayout : logLayout, threshold, mode === 'hash_seed')
  }

  /** The threshold for a share of items; the shares that occur are few. */
  thresholdFor(probability: number): Threshold {
    let threshold = this.remembered.get(probability)
    if (threshold === undefined) {
      threshold = thresholdOf(probability, this.args.sampling_precision)
      if (this.remembered.size >= mostRememberedThresholds) this.remembered.clear()
      this.remembered.set(probability, threshold)
    }
    return threshold
  }
}

/** Samples the items of one request; `tallies` says afterwards what was decided. */
export class RequestSampler implements ItemEditor {
  private readonly sampler: Sampler
  private readonly bytes: Uint8Array
  private readonly scan: ItemScan
  private readonly layout
  private readonly counts = new Map<string, { sampled: number; dropped: number }>()
  private readonly isHashed: boolean
  private quickSampled = 0
  private quickDropped = 0
  private high = 0
  private low = 0
  /** What `replace` writes instead of the stamp. */
  private state: SamplingState | undefined

  constructor(sampler: Sampler, bytes: Uint8Array) {
    this.sampler = sampler
    this.bytes = bytes
    this.layout = sampler.kind === 'traces' ? spanLayout : logLayout
    this.scan = new ItemScan(bytes, this.layout, sampler.keys)
    this.isHashed = sampler.mode === 'hash_seed'
  }

  decide(start: number, end: number): 'keep' | 'drop' | 'replace' {
    const { scan, bytes, sampler } = this
    scan.scan(start, end)
    const { threshold, mode } = sampler
    if (threshold === 'never' || mode === 'never' || !this.isPlain()) return this.decideAtLength()
    const idEnd = scan.traceIdEnd
    if (this.isHashed) {
      const hash = hashOn(sampler.seedHash, bytes, scan.traceIdStart, idEnd)
      this.high = hashHigh(hash)
      this.low = hashLow(hash)
    } else {
      this.high = traceIdHigh(bytes, idEnd)
      this.low = traceIdLow(bytes, idEnd)
    }
    this.state = undefined
    if (this.high > threshold.high || (this.high === threshold.high && this.low >= threshold.low)) {
      this.quickSampled++
      return 'replace'
    }
    this.quickDropped++
    return 'drop'
  }

  replace(start: number, end: number, output: ProtobufWriter): void {
    if (this.state === undefined) this.sampler.stamp.append(output, start, end, this.high, this.low)
    else this.rewrite(start, end, output, this.state)
  }

  tallies(): Tally[] {
    const quick = {
      policy: this.isHashed ? 'trace_id_hash' : 'trace_id_w3c',
      sampled: this.quickSampled,
      dropped: this.quickDropped,
    }
    const others = [...this.counts].map(([policy, counts]) => ({ policy, ...counts }))
    return [quick, ...others].filter(({ sampled, dropped }) => sampled + dropped > 0)
  }

  /** Whether a trace ID alone decides and nothing has to be kept in mind of an earlier sampler. */
  private isPlain(): boolean {
    const { found, stateEnd, stateStart, traceIdStart, traceIdEnd } = this.scan
    if (stateEnd > stateStart || found[2 * priorityPlace] >= 0) return false
    if (this.sampler.kind === 'logs') {
      if (found[2 * randomnessPlace] >= 0 || found[2 * thresholdPlace] >= 0) return false
      if (this.isHashed && this.sampler.args.attribute_source !== 'traceID') return false
    }
    return isTraceId(this.bytes, traceIdStart, traceIdEnd)
  }

  private decideAtLength(): 'keep' | 'drop' | 'replace' {
    const { args, mode } = this.sampler
    const carried = this.carried()
    const basis = this.basis(carried)
    const inUse = mode === 'hash_seed' && (carried?.randomness ?? carried?.threshold) !== undefined
    const inconsistent =
      carried?.threshold !== undefined && !basis.missing && !atLeast(basis.randomness, carried.threshold.value)
    const unusable = carried === undefined || inUse || basis.missing || inconsistent
    const chosen = unusable ? (args.fail_closed ? 'never' : alwaysThreshold) : this.chosen(carried.threshold?.value)
    const priority = this.priority()
    const threshold = priority ?? chosen
    const sampled = threshold !== 'never' && atLeast(basis.randomness, threshold)
    this.count(priority === undefined ? basis.policy : 'sampling_priority', sampled)
    if (!sampled) return 'drop'
    if (carried === undefined || inUse) return 'keep'
    const ownRandomness = mode === 'hash_seed' && (!basis.missing || this.sampler.kind === 'traces')
    this.state = {
      ...carried,
      ...(ownRandomness && { randomness: { value: basis.randomness, text: formatRandomness(basis.randomness) } }),
      threshold: raised(inconsistent ? undefined : carried.threshold, threshold),
    }
    return 'replace'
  }

  /** The sampling information an item carries, undefined when it cannot be used. */
  private carried(): SamplingState | undefined {
    const { stateStart, stateEnd } = this.scan
    if (this.sampler.kind === 'traces') {
      if (stateEnd <= stateStart) return emptyState
      return parseTraceState(Buffer.from(this.bytes.subarray(stateStart, stateEnd)).toString())
    }
    const randomness = this.text(randomnessPlace)
    const threshold = this.text(thresholdPlace)
    const state = {
      ...emptyState,
      randomness: writtenOf(randomness, parseRandomness(randomness)),
      threshold: writtenOf(threshold, parseThreshold(threshold)),
    }
    const usable = (randomness === '' || state.randomness) && (threshold === '' || state.threshold)
    return usable ? state : undefined
  }

  private basis(carried: SamplingState | undefined): Basis {
    const { mode, args, kind } = this.sampler
    const { traceIdStart, traceIdEnd } = this.scan
    const hasId = isTraceId(this.bytes, traceIdStart, traceIdEnd)
    switch (mode) {
      case 'never':
        return { randomness: largestRandomness, policy: 'sampling_priority', missing: false }
      case 'hash_seed': {
        if (hasId && (kind === 'traces' || args.attribute_source === 'traceID')) {
          return this.hashed(this.bytes.subarray(traceIdStart, traceIdEnd), 'trace_id_hash')
        }
        const source = kind === 'logs' && args.from_attribute !== '' ? this.attribute(sourcePlace) : undefined
        const bytes = source && hashedBytes(source)
        return bytes && bytes.length > 0 ? this.hashed(bytes, args.from_attribute) : missing
      }
      default: {
        if (carried?.randomness !== undefined) {
          return { randomness: carried.randomness.value, policy: 'sampling_randomness', missing: false }
        }
        if (carried === undefined || !hasId) return missing
        const randomness = { high: traceIdHigh(this.bytes, traceIdEnd), low: traceIdLow(this.bytes, traceIdEnd) }
        return { randomness, policy: 'trace_id_w3c', missing: false }
      }
    }
  }

  private hashed(bytes: Uint8Array, policy: string): Basis {
    const hash = hashOn(this.sampler.seedHash, bytes, 0, bytes.length)
    return { randomness: randomnessOfHash(hash), policy, missing: false }
  }

  private chosen(existing: Word56 | undefined): Threshold {
    const { mode, threshold, ratio } = this.sampler
    if (threshold === 'never' || existing === undefined) return threshold
    switch (mode) {
      case 'equalizing':
        return atLeast(existing, threshold) ? existing : threshold
      case 'proportional':
        return this.sampler.thresholdFor(ratio * probabilityOf(existing))
      default:
        return threshold
    }
  }

  /**
   * What the item asks for itself. A span's `sampling.priority` of 0 drops it, a positive one keeps it. A log record names
   * a percentage of its own; zero and what is out of range are ignored, as in the Collector.
   */
  private priority(): Threshold | undefined {
    const value = this.attribute(priorityPlace)
    if (value === undefined) return undefined
    if (this.sampler.kind === 'traces') {
      const number = numberOf(value)
      if (number === undefined || !(number >= 0)) return undefined
      return number === 0 ? 'never' : alwaysThreshold
    }
    if (this.sampler.args.sampling_priority === '' || value.kind !== 'number') return undefined
    const probability = value.number / 100
    return probability >= 2 ** -56 && probability <= 1 ? this.sampler.thresholdFor(probability) : undefined
  }

  private attribute(place: number): AttributeValue | undefined {
    const { found } = this.scan
    return found[2 * place] < 0 ? undefined : attributeValue(this.bytes, found[2 * place], found[2 * place + 1])
  }

  private text(place: number): string {
    const value = this.attribute(place)
    return value?.kind === 'text' ? value.text : ''
  }

  private count(policy: string, sampled: boolean): void {
    let counts = this.counts.get(policy)
    if (counts === undefined) this.counts.set(policy, (counts = { sampled: 0, dropped: 0 }))
    if (sampled) counts.sampled++
    else counts.dropped++
  }

  /** Writes the item with `state` in place of what it carried. */
  private rewrite(start: number, end: number, output: ProtobufWriter, state: SamplingState): void {
    const { layout, scan } = this
    const at = output.begin(itemField, end - start)
    const fields = new FieldCursor(this.bytes).over(start, end)
    let copiedTo = start
    while (fields.next()) {
      const replaced =
        fields.field === layout.traceState ||
        (layout.traceState === undefined &&
          fields.field === layout.attributes &&
          fields.wire === 2 &&
          isStateKey(scan.keyOf(fields.start, fields.end)))
      if (!replaced) continue
      output.again(copiedTo, fields.begin)
      copiedTo = fields.end
    }
    output.again(copiedTo, end)
    writeState(output, layout, state)
    output.end(at, end - start)
  }
}

const isStateKey = (place: number): boolean => place === randomnessPlace || place === thresholdPlace

/** A threshold never sinks: what an earlier sampler left out cannot be brought back. */
function raised(before: Written | undefined, now: Word56): Written {
  if (before !== undefined && !atLeast(now, before.value)) return before
  return { value: now, text: formatThreshold(now) }
}
