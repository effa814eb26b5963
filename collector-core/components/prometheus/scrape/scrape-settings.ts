// What the arguments come to: one value for the loops to work by, and a fingerprint to tell whether anything changed.
import { createHash } from 'node:crypto'
import { Secret } from '../../../language/secret.ts'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import { formatOfContentType } from '../../../wire/exposition/content-type.ts'
import type { definition } from './definition.ts'
import type { FetchSettings } from './fetch-exposition.ts'
import { finestSchemaFor } from './limit-histogram.ts'
import type { ScrapeTarget, TargetDefaults } from './prepare-target.ts'
import { acceptHeader, mediaTypeOf, negotiate } from './pure/scrape-protocols.ts'
import { bodyBytesBound, labelBound, labelNameBound, labelValueBound, sampleBound } from './scrape-bounds.ts'
import type { ScrapeLimits } from './scrape-bounds.ts'
import type { BatchOptions } from './target-batches.ts'

export type ScrapeArguments = DefinitionArguments<typeof definition>

export interface ScrapeSettings {
  readonly targets: TargetDefaults
  readonly fetch: FetchSettings
  readonly limits: ScrapeLimits
  readonly batches: Omit<BatchOptions, 'target' | 'native' | 'classic' | 'convertClassic'>
  readonly targetLimit: number
  readonly sampleLimit: number
  readonly extraMetrics: boolean
}

const orBound = (limit: number, bound: number): number => (limit > 0 ? limit : bound)

/** `id` names the component and is the job of targets that have none. */
export function scrapeSettings(args: ScrapeArguments, id: string): ScrapeSettings {
  const negotiation = negotiate(args)
  const limits: ScrapeLimits = {
    bodyBytes: orBound(args.body_size_limit, bodyBytesBound),
    samples: orBound(args.sample_limit, sampleBound),
    labels: orBound(args.label_limit, labelBound),
    labelNameBytes: orBound(args.label_name_length_limit, labelNameBound),
    labelValueBytes: orBound(args.label_value_length_limit, labelValueBound),
    buckets: args.native_histogram_bucket_limit,
    finestSchema: finestSchemaFor(args.native_histogram_min_bucket_factor),
  }
  return {
    targets: {
      job: args.job_name === '' ? id : args.job_name,
      intervalMs: args.scrape_interval,
      timeoutMs: args.scrape_timeout,
      path: args.metrics_path,
      scheme: args.scheme,
      params: args.params,
      convertClassic: args.convert_classic_histograms_to_nhcb,
      classic: args.scrape_classic_histograms,
      native: negotiation.native,
    },
    fetch: {
      accept: acceptHeader(negotiation),
      compression: args.enable_compression,
      fallback: formatOfContentType(mediaTypeOf(args.scrape_fallback_protocol)),
      bodyBytes: limits.bodyBytes,
    },
    limits,
    batches: {
      merge: {
        honorLabels: args.honor_labels,
        utf8: args.metric_name_validation_scheme === 'utf8',
        limits,
      },
      limits,
      honorTimestamps: args.honor_timestamps,
      trackTimestamps: args.track_timestamps_staleness,
      honorMetadata: args.honor_metadata,
      extraMetrics: args.extra_metrics,
    },
    targetLimit: args.target_limit,
    sampleLimit: args.sample_limit,
    extraMetrics: args.extra_metrics,
  }
}

export function batchOptions({ batches }: ScrapeSettings, target: ScrapeTarget): BatchOptions {
  const { labels, native, classic, convertClassic } = target
  return { ...batches, target: labels, native, classic, convertClassic }
}

/** Equal for arguments that mean the same, targets and receivers aside; secrets count and cannot be read from it. */
export function fingerprint(args: ScrapeArguments): string {
  const rest = { ...args, targets: undefined, forward_to: undefined }
  const text = JSON.stringify(rest, (_, value: unknown): unknown => {
    if (value instanceof Map) return [...(value as ReadonlyMap<string, unknown>)]
    return value
  })
  return createHash('sha256').update(text).update(secretsOf(rest)).digest('hex')
}

function secretsOf(value: unknown): string {
  if (value instanceof Secret) return `${value.reveal()}\u0000`
  if (value instanceof Map || Array.isArray(value)) return [...(value as Iterable<unknown>)].map(secretsOf).join('')
  if (typeof value === 'object' && value !== null) return Object.values(value).map(secretsOf).join('')
  return ''
}
