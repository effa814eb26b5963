import type { DoctorHop, RemoteName, StackState } from '../../contract/stack.ts'
import { problemOf } from '../problem.ts'
import { hop } from './hop.ts'

/** Asks a backend for JSON; rejects with a `WeirError`. */
export type AskBackend = (backend: RemoteName, path: string) => Promise<unknown>

const lookBackMs = 60 * 60 * 1000

/** Whether anything of a service was stored in the last hour, by signal. */
export async function findService(
  service: string,
  { endpoints }: StackState,
  ask: AskBackend,
): Promise<readonly DoctorHop[]> {
  if (endpoints === undefined) return [hop('read back', 'all', 'skipped', 'the stack has no endpoints')]
  const now = Date.now()
  const from = now - lookBackMs
  const quoted = JSON.stringify(service)
  const logs = encodeURIComponent(`{service_name=${quoted}}`)
  const traces = encodeURIComponent(`{resource.service.name=${quoted}}`)
  const metrics = encodeURIComponent(`count({job=${quoted}}) or count({service_name=${quoted}})`)
  return Promise.all([
    look('traces', service, async () => {
      const path = `/api/search?q=${traces}&start=${Math.floor(from / 1000)}&end=${Math.ceil(now / 1000)}&limit=20`
      return countOf((await ask('tempo', path)) as object, 'traces')
    }),
    look('logs', service, async () => {
      const path = `/loki/api/v1/query_range?query=${logs}&start=${from}000000&end=${now}000000&limit=20`
      const { data } = (await ask('loki', path)) as { data?: object }
      return countOf(data ?? {}, 'result')
    }),
    look('metrics', service, async () => {
      const { data } = (await ask('mimir', `/api/v1/query?query=${metrics}`)) as { data?: object }
      return countOf(data ?? {}, 'result')
    }),
  ])
}

async function look(
  signal: 'traces' | 'logs' | 'metrics',
  service: string,
  find: () => Promise<number>,
): Promise<DoctorHop> {
  const name = `${signal} of ${service}`
  try {
    if ((await find()) > 0) return hop(name, signal, 'ok', 'found in the last hour')
    const fix = {
      traces: 'Check OTEL_SERVICE_NAME and OTEL_TRACES_EXPORTER=otlp of the program, and that it samples.',
      logs: `Check that its lines carry the label service_name="${service}".`,
      metrics: `Check that it is scraped with job="${service}", or sends OTLP metrics under that name.`,
    }[signal]
    return hop(name, signal, 'broken', 'nothing was stored in the last hour', fix)
  } catch (error) {
    const { message, nextStep } = problemOf(error)
    return hop(name, signal, 'broken', message, nextStep)
  }
}

function countOf(answer: object, field: string): number {
  const list: unknown = (answer as Readonly<Record<string, unknown>>)[field]
  return Array.isArray(list) ? list.length : 0
}
