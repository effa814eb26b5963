// Bounds that hold even where the arguments set no limit, so that no target can take the collector down. A target that
// crosses one is marked down with the reason; an explicit limit replaces the bound.

/** Largest answer after decompression. */
export const bodyBytesBound = 50 * 1024 * 1024
/** Most samples and native histograms of one answer. */
export const sampleBound = 500_000
/** Most labels of a series, its name and the target's labels included. */
export const labelBound = 64
/** Longest label name, bytes. */
export const labelNameBound = 1024
/** Longest label value, bytes. */
export const labelValueBound = 16 * 1024
/** Most metric families remembered of one target. */
export const familyBound = 20_000
/** How far in the future a sample's own timestamp may lie, milliseconds. */
export const futureBound = 10 * 60_000

/** The limits one scrape keeps to. */
export interface ScrapeLimits {
  /** An answer of this many bytes is too large. */
  readonly bodyBytes: number
  readonly samples: number
  readonly labels: number
  readonly labelNameBytes: number
  readonly labelValueBytes: number
  /** 0 means none. */
  readonly buckets: number
  /** The finest schema of native histograms. */
  readonly finestSchema: number
}
