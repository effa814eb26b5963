// Explore's questions to Tempo's HTTP API: search, trace by id, tags, tag values.
import type { FoundTrace, TimeRange, TracesFound } from '../contract/explore.ts'
import { askBackend } from './backend-client.ts'
import type { QueryEndpoint } from './backend-client.ts'
import { readTrace } from './trace-json.ts'
import type { TraceJson } from './trace-json.ts'

interface SearchAnswer {
  readonly traces?: readonly {
    readonly traceID?: string
    readonly rootServiceName?: string
    readonly rootTraceName?: string
    readonly startTimeUnixNano?: string
    readonly durationMs?: number
  }[]
}

interface TagValuesAnswer {
  readonly tagValues?: readonly (string | { readonly value?: string })[]
}

const mostNames = 1_000
const secondsOf = (ms: number): number => Math.floor(ms / 1000)

/** Traces that match, newest first. */
export async function findTraces(
  tempo: QueryEndpoint,
  { query, from, to, limit }: TimeRange & { readonly query: string; readonly limit: number },
  stop?: AbortSignal,
): Promise<TracesFound> {
  const began = performance.now()
  const answer = (await askBackend(tempo, {
    path: '/api/search',
    parameters: { q: query, start: secondsOf(from), end: secondsOf(to) + 1, limit: limit + 1 },
    stop,
  })) as SearchAnswer
  const traces = (answer.traces ?? []).map((trace) => ({
    traceId: (trace.traceID ?? '').toLowerCase().padStart(32, '0'),
    rootService: trace.rootServiceName ?? '',
    rootName: trace.rootTraceName ?? '',
    startedAt: Number(trace.startTimeUnixNano ?? 0) / 1e6,
    durationMs: trace.durationMs ?? 0,
  }))
  traces.sort((a, b) => b.startedAt - a.startedAt)
  return { traces: traces.slice(0, limit), truncated: traces.length > limit, tookMs: performance.now() - began }
}

/** A whole trace by its id. */
export async function findTrace(
  tempo: QueryEndpoint,
  traceId: string,
  stop?: AbortSignal,
): Promise<FoundTrace | undefined> {
  const answer = (await askBackend(tempo, {
    path: `/api/v2/traces/${traceId.toLowerCase().padStart(32, '0')}`,
    absent: 404,
    stop,
  })) as { readonly trace?: TraceJson } | undefined
  const found = readTrace(traceId, answer?.trace ?? {})
  return found.spans.length === 0 ? undefined : found
}

/** Tag names with their scope (`resource.service.name`), or the values of one. */
export async function tempoTags(
  tempo: QueryEndpoint,
  { label, from, to }: TimeRange & { readonly label?: string | undefined },
): Promise<readonly string[]> {
  const parameters = { start: secondsOf(from), end: secondsOf(to) + 1 }
  if (label !== undefined) {
    const path = `/api/v2/search/tag/${encodeURIComponent(label)}/values`
    const { tagValues = [] } = (await askBackend(tempo, { path, parameters })) as TagValuesAnswer
    return tagValues.slice(0, mostNames).map((entry) => (typeof entry === 'string' ? entry : (entry.value ?? '')))
  }
  const { scopes = [] } = (await askBackend(tempo, { path: '/api/v2/search/tags', parameters })) as {
    readonly scopes?: readonly { readonly name: string; readonly tags?: readonly string[] }[]
  }
  return scopes
    .flatMap(({ name, tags = [] }) => tags.map((tag) => (name === 'intrinsic' ? tag : `${name}.${tag}`)))
    .slice(0, mostNames)
}
