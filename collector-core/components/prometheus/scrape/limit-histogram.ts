import { customBucketsSchema } from '../../../signal/native-histogram.ts'
import type { NativeHistogram } from '../../../signal/native-histogram.ts'
import { bucketCount, halveResolution, highestSchema, lowestSchema } from '../../../wire/exposition/native-buckets.ts'

/** The finest schema whose buckets grow by at least `factor`; 0 asks for none and gives the finest there is. */
export function finestSchemaFor(factor: number): number {
  if (!(factor > 1)) return highestSchema
  return Math.min(Math.max(Math.floor(-Math.log2(Math.log2(factor))), lowestSchema), highestSchema) + 0
}

/**
 * The histogram at a schema no finer than `finestSchema` and with at most `buckets` buckets (0: any number), by merging
 * neighbouring buckets; undefined when even the coarsest schema has more.
 */
export function limitHistogram(
  histogram: NativeHistogram,
  finestSchema: number,
  buckets: number,
): NativeHistogram | undefined {
  let result = histogram
  if (histogram.schema !== customBucketsSchema) {
    const tooMany = (): boolean => buckets > 0 && bucketCount(result) > buckets
    while (result.schema > finestSchema || (tooMany() && result.schema > lowestSchema)) result = halveResolution(result)
  }
  return buckets > 0 && bucketCount(result) > buckets ? undefined : result
}
