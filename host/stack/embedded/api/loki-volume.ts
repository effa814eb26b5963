import { Labels } from '../../../../collector-core/signal/labels.ts'
import type { LabelMatcher } from '../../../../collector-core/signal/logql/log-selector.ts'
import { parseLogql, parseStreamSelector } from '../logql/parse.ts'
import type { LogStore } from '../storage/log-store.ts'
import { json } from './api-request.ts'
import type { Route } from './api-request.ts'
import { countParameter, durationParameter } from './parameters.ts'
import { period } from './loki-period.ts'
import type { QueryGate } from './query-gate.ts'

const defaultLimit = 100
const mostGroups = 5_000

/** `index/stats`, `index/volume` and `index/volume_range`: how much there is, from the sizes of stored blocks. */
export function volumeRoutes(store: LogStore, gate: QueryGate): Route[] {
  const api = (path: string, answer: Route['answer']): Route => ({
    methods: ['GET', 'POST'],
    pattern: new RegExp(`^/loki/api/v1/index/${path}$`),
    answer,
  })
  return [
    api('stats', async ({ params }) => json(await gate.run(() => stats(params, store)))),
    api('volume', async ({ params }) => {
      const [, to] = period(params)
      const groups = await gate.run(() => volumes(params, store, undefined))
      const result = groups.map(({ labels, points }) => ({
        metric: labels,
        value: [to / 1000, String(points.get(0) ?? 0)],
      }))
      return json({ status: 'success', data: { resultType: 'vector', result } })
    }),
    api('volume_range', async ({ params }) => {
      const [from, to] = period(params)
      const step = durationParameter(params, 'step', Math.max(60_000, Math.ceil((to - from) / 100)))
      const groups = await gate.run(() => volumes(params, store, step))
      const result = groups.map(({ labels, points }) => ({
        metric: labels,
        values: [...points].sort(([a], [b]) => a - b).map(([at, bytes]) => [at / 1000, String(bytes)]),
      }))
      return json({ status: 'success', data: { resultType: 'matrix', result } })
    }),
  ]
}

async function stats(params: URLSearchParams, store: LogStore): Promise<object> {
  const [from, to] = period(params)
  const query = params.get('query') ?? ''
  const expression = query === '' ? undefined : parseLogql(query)
  const matchers = expression?.kind === 'log' ? expression.matchers : []
  const streams = new Set<Labels>()
  let [chunks, entries, bytes] = [0, 0, 0]
  for await (const blocks of store.volumes(matchers, from, to)) {
    for (const block of blocks) {
      streams.add(block.labels)
      chunks++
      entries += block.lines
      bytes += block.bytes
    }
  }
  return { streams: streams.size, chunks, entries, bytes }
}

interface VolumeGroup {
  readonly labels: Labels
  /** Bytes by the start of the step; all in one at 0 without steps. */
  readonly points: Map<number, number>
}

async function volumes(params: URLSearchParams, store: LogStore, step: number | undefined): Promise<VolumeGroup[]> {
  const [from, to] = period(params)
  const query = params.get('query') ?? ''
  const matchers: readonly LabelMatcher[] = query === '' || query === '{}' ? [] : parseStreamSelector(query)
  const targets = (params.get('targetLabels') ?? '').split(',').filter((name) => name !== '')
  const names = new Set(targets.length > 0 ? targets : matchers.map(({ name }) => name))
  const byName = params.get('aggregateBy') === 'labels'
  const groups = new Map<string, VolumeGroup>()
  for await (const blocks of store.volumes(matchers, from, to)) {
    for (const { labels, at, bytes } of blocks) {
      const shown = byName
        ? labels.names.filter((name) => names.size === 0 || names.has(name)).map((name) => Labels.from({ [name]: '' }))
        : [labels.filter((name) => names.size === 0 || names.has(name))]
      for (const [i, group] of shown.entries()) {
        const key = byName ? labels.names[i] : group.key
        let found = groups.get(key)
        if (found === undefined) {
          if (groups.size >= mostGroups) continue
          groups.set(key, (found = { labels: group, points: new Map() }))
        }
        const point = step === undefined ? 0 : Math.floor(at / step) * step
        found.points.set(point, (found.points.get(point) ?? 0) + bytes)
      }
    }
  }
  const total = ({ points }: VolumeGroup): number => [...points.values()].reduce((sum, bytes) => sum + bytes, 0)
  return [...groups.values()]
    .sort((a, b) => total(b) - total(a))
    .slice(0, countParameter(params, 'limit', defaultLimit, mostGroups))
}
