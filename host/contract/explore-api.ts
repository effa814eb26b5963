// Explore's part of the table in weir-api.ts.
import { z } from 'zod'
import { call, stream } from './call.ts'
import { exploreBackends } from './explore.ts'
import type {
  FoundLine,
  FoundTrace,
  LineCounts,
  LinesFound,
  SeriesFound,
  ServicesFound,
  TracesFound,
} from './explore.ts'

const query = z.string().min(1).max(16_384)
const limit = z.int().min(1).max(5_000)
const at = z.int().min(0).max(8.64e15)
const range = { from: at, to: at }
const traceId = z.string().regex(/^[0-9a-fA-F]{1,32}$/)

export const exploreCalls = {
  /** Stored lines that match a LogQL query, newest first. */
  findLines: call<LinesFound>()(z.strictObject({ query, ...range, limit })),
  /** How many lines match, in about `bars` steps of the range. */
  countLines: call<LineCounts>()(z.strictObject({ query, ...range, bars: z.int().min(1).max(500) })),
  /** Traces that match a TraceQL query, newest first. */
  findTraces: call<TracesFound>()(z.strictObject({ query, ...range, limit })),
  /** A whole trace; undefined when the backend has none of that id. */
  findTrace: call<FoundTrace | undefined>()(z.strictObject({ traceId })),
  /** A PromQL query over the range in about `points` steps, with the exemplars of what it reads. */
  findSeries: call<SeriesFound>()(z.strictObject({ query, ...range, points: z.int().min(2).max(2_000) })),
  /** Names of labels (tags), or the values of one, newest range first; at most 1,000. */
  exploreLabels: call<readonly string[]>()(
    z.strictObject({ backend: z.enum(exploreBackends), label: z.string().max(512).optional(), ...range }),
  ),
  /** Names of the metrics with series that one of these selectors matches; at most 1,000. */
  metricNames: call<readonly string[]>()(z.strictObject({ matching: z.array(query).min(1).max(10), ...range })),
  findServices: call<ServicesFound>()(z.strictObject(range)),
} as const

export const exploreStreams = {
  /** Lines that match from now on, at most 1,000 a second. */
  tailLines: stream<readonly FoundLine[]>()(z.strictObject({ query })),
} as const
