import type { ComponentInfo } from '../../../collector-core/http-api/contract.ts'
import type { EdgeFrame, StatsFrame } from '../../../collector-core/protocol.ts'
import type { DoctorHop } from '../../contract/stack.ts'
import { readCollector } from '../proof/receivers.ts'
import type { RunningPipeline } from '../proof/receivers.ts'
import { hop } from './hop.ts'

/** Components that are unhealthy, refuse or drop, and requests no receiver understood; one `ok` when there is none. */
export async function examinePath(collector: string, { pipeline }: RunningPipeline): Promise<readonly DoctorHop[]> {
  const [infos, frame, refused] = await Promise.all([
    readCollector<readonly ComponentInfo[]>(collector, '/api/v0/web/components'),
    readCollector<StatsFrame>(collector, '/api/v0/weir/frame'),
    refusedRequests(collector),
  ])
  const hops: DoctorHop[] = refused.map(({ reason, count }) =>
    hop('requests decoded', 'all', 'broken', `${count} requests were refused: ${reason}`, fixFor(reason)),
  )
  for (const { localID, health } of infos ?? []) {
    if (health.state !== 'unhealthy') continue
    const fix = 'Correct it in the config, or start what it sends to; what waits is kept on disk.'
    hops.push(hop(localID, 'all', 'broken', health.message, fix))
  }
  for (const { id, dropped } of frame?.components ?? []) {
    const reasons = Object.entries(dropped).filter(([, count]) => count > 0)
    if (reasons.length === 0) continue
    const words = reasons.map(([reason, count]) => `${count} dropped: ${reason}`).join('; ')
    hops.push(hop(id, 'all', 'unknown', words, 'If that is not wanted, look at the rules of this component.'))
  }
  for (const edge of frame?.edges ?? []) {
    if (edge.refusedItems > 0) hops.push(refusedHop(edge))
  }
  if (hops.length > 0) return hops
  return [hop('components', 'all', 'ok', `all ${pipeline.nodes.length} are healthy, none drops or refuses`)]
}

function refusedHop({ from, to, refusedItems, lastRefusal }: EdgeFrame): DoctorHop {
  const why = lastRefusal === undefined ? '' : `: ${lastRefusal}`
  return hop(`${from} → ${to}`, 'all', 'broken', `${to} refused ${refusedItems} items${why}`, `Look at ${to}.`)
}

async function refusedRequests(
  collector: string,
): Promise<readonly { readonly reason: string; readonly count: number }[]> {
  const response = await fetch(`http://${collector}/metrics`, { signal: AbortSignal.timeout(5000) }).catch(
    () => undefined,
  )
  const text = response?.ok ? await response.text() : ''
  return text.split('\n').flatMap((line) => {
    const match = /^weir_otlp_refused_requests_total\{.*reason="([^"]*)".*\} (\d+)/.exec(line)
    return match !== null && Number(match[2]) > 0
      ? [{ reason: match[1].replaceAll('_', ' '), count: Number(match[2]) }]
      : []
  })
}

function fixFor(reason: string): string {
  if (/path/.test(reason))
    return 'Send to /v1/traces, /v1/metrics or /v1/logs, or give the exporter the base address only.'
  if (/type|encod/.test(reason)) return 'Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf (port 4318) or grpc (port 4317).'
  return 'The log of the pipeline names the sender and what was wrong.'
}
