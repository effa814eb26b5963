import type { DefinitionArguments } from '../../../../schema/definition.ts'
import type { ItemDecision } from '../../../../wire/otlp/rewrite.ts'
import type { definition } from './definition.ts'
import { acceptedBuckets, randomnessOfHash, seededHash, thresholdOfBuckets } from './hash-seed.ts'
import { alwaysThreshold, atLeast, isZero, probabilityOf, randomnessOfTraceId, thresholdOf } from './randomness.ts'
import type { Threshold, Word56 } from './randomness.ts'
import { logLayout, readItem, spanLayout, withState } from './sampled-item.ts'
import type { SampledItem } from './sampled-item.ts'
import type { TraceState } from './trace-state.ts'

export type SamplerArguments = DefinitionArguments<typeof definition>

/** Told of every decision, with the policy that made it. */
export type OnDecision = (sampled: boolean, policy: string) => void

/** What an item offers to decide by; without `randomness` it cannot be decided. */
interface Basis {
  readonly randomness: Word56 | undefined
  readonly policy: string
  /** Randomness that has to be written back because only this sampler knows it. */
  readonly derived: boolean
}

/** Decides over the spans (`traces`) or log records (`logs`) of `request`. */
export function samplerFor(
  kind: 'traces' | 'logs',
  args: SamplerArguments,
): (request: Uint8Array, onDecision: OnDecision) => ItemDecision {
  const hashed = args.mode === 'hash_seed' || args.mode === ''
  const configured = hashed
    ? thresholdOfBuckets(acceptedBuckets(args.sampling_percentage))
    : thresholdOf(Math.min(args.sampling_percentage / 100, 1), args.sampling_precision)
  const layout = kind === 'traces' ? spanLayout : logLayout
  const basisOf = hashed ? hashBasis(kind, args) : consistentBasis(kind, args)

  return (request, onDecision) => (start, end) => {
    const item = readItem(request, start, end, layout)
    const basis = basisOf(request, item)
    const state = item.traceState
    const inconsistent =
      state?.threshold !== undefined && basis.randomness !== undefined && !atLeast(basis.randomness, state.threshold)
    const unusable = basis.randomness === undefined || state === undefined || inconsistent || (hashed && carries(state))
    const decided = unusable ? undefined : decide(args, configured, state)
    const priority = kind === 'traces' ? spanPriority(item) : logPriority(item, args)
    const policy = priority === undefined ? basis.policy : 'sampling_priority'
    if (priority === undefined && unusable) {
      onDecision(!args.fail_closed, policy)
      return args.fail_closed ? 'drop' : 'keep'
    }
    const threshold = priority ?? decided!
    const randomness = basis.randomness ?? { high: 0, low: 0 }
    const sampled = threshold !== 'never' && atLeast(randomness, threshold)
    onDecision(sampled, policy)
    if (!sampled) return 'drop'
    if (unusable) return 'keep'
    const written: TraceState = {
      ...state,
      ...(basis.derived && { randomness }),
      threshold: raised(state.threshold, threshold),
    }
    return withState(request, { start, end }, layout, written)
  }
}

const carries = (state: TraceState): boolean => state.randomness !== undefined || state.threshold !== undefined

/** A threshold never sinks: what an earlier sampler left out cannot be brought back. */
function raised(before: Word56 | undefined, now: Word56): Word56 {
  return before !== undefined && atLeast(before, now) ? before : now
}

function decide(args: SamplerArguments, configured: Threshold, state: TraceState): Threshold {
  const existing = state.threshold
  if (existing === undefined || configured === 'never') return configured
  switch (args.mode) {
    case 'equalizing':
      return raised(existing, configured)
    case 'proportional':
      return thresholdOf(Math.min(args.sampling_percentage / 100, 1) * probabilityOf(existing), args.sampling_precision)
    default:
      return configured
  }
}

/** Mode hash_seed: 14 bits of a seeded hash of the trace ID or of an attribute. */
function hashBasis(kind: 'traces' | 'logs', args: SamplerArguments): (request: Uint8Array, item: SampledItem) => Basis {
  const derived = true
  const ofHash = (bytes: Uint8Array, start: number, end: number, policy: string): Basis => ({
    randomness: randomnessOfHash(seededHash(args.hash_seed, bytes, start, end)),
    policy,
    derived,
  })
  return (request, item) => {
    const { start, end } = item.traceId
    const byTrace = kind === 'traces' || args.attribute_source === 'traceID'
    if (byTrace && end > start && !isZero(request, start, end)) return ofHash(request, start, end, 'trace_id_hash')
    if (kind === 'logs' && args.from_attribute !== '') {
      const value = item.attribute(args.from_attribute)
      if (value !== undefined && value.bytes.length > 0) {
        return ofHash(value.bytes, 0, value.bytes.length, args.from_attribute)
      }
    }
    return { randomness: undefined, policy: 'missing_randomness', derived }
  }
}

/** Modes proportional and equalizing: explicit randomness, else that of the trace ID. */
function consistentBasis(
  kind: 'traces' | 'logs',
  args: SamplerArguments,
): (request: Uint8Array, item: SampledItem) => Basis {
  return (request, { traceId, traceState, attribute }) => {
    if (traceState?.randomness !== undefined) {
      return { randomness: traceState.randomness, policy: 'sampling_randomness', derived: false }
    }
    if (kind === 'logs' && args.attribute_source === 'record' && args.from_attribute !== '') {
      const value = attribute(args.from_attribute)
      if (value !== undefined && value.bytes.length > 0) {
        const hash = seededHash(args.hash_seed, value.bytes, 0, value.bytes.length)
        return { randomness: randomnessOfHash(hash), policy: args.from_attribute, derived: true }
      }
    }
    const randomness = randomnessOfTraceId(request, traceId.start, traceId.end)
    return { randomness, policy: randomness ? 'trace_id_w3c' : 'missing_randomness', derived: false }
  }
}

/** `sampling.priority` of a span: 0 drops, a positive number keeps. */
function spanPriority(item: SampledItem): Threshold | undefined {
  const priority = item.attribute('sampling.priority')?.number
  if (priority === undefined || priority < 0) return undefined
  return priority === 0 ? 'never' : alwaysThreshold
}

/** A log record's own percentage; zero and what is out of range are ignored, as in the Collector. */
function logPriority(item: SampledItem, args: SamplerArguments): Threshold | undefined {
  if (args.sampling_priority === '') return undefined
  const percentage = item.attribute(args.sampling_priority)?.number
  if (percentage === undefined || percentage <= 0 || percentage > 100) return undefined
  return thresholdOf(percentage / 100, args.sampling_precision)
}
