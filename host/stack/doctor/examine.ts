// "I sent it and nothing shows": walks from a program's exporter to Grafana, hop by hop, and names the first broken one.
import type { DoctorHop, DoctorReport, Proof, ProofTick, StackState } from '../../contract/stack.ts'
import { readPipeline } from '../proof/receivers.ts'
import type { RunningPipeline } from '../proof/receivers.ts'
import { examinePath } from './examine-path.ts'
import { hop } from './hop.ts'
import { findService } from './find-service.ts'
import type { AskBackend } from './find-service.ts'

export interface DoctorInputs {
  /** `host:port` of the collector's HTTP interface. */
  readonly collector: string
  readonly state: StackState
  /** The service asked about; undefined sends a test signal. */
  readonly service: string | undefined
  readonly prove: () => Promise<Proof>
  readonly ask: AskBackend
}

/** Every hop in order; what lies behind a broken hop is still looked at, as it may be broken too. */
export async function examine({ collector, state, service, prove, ask }: DoctorInputs): Promise<DoctorReport> {
  const running = await readPipeline(collector)
  const hops: DoctorHop[] = [collectorHop(collector, running), ...receiverHops(running)]
  if (running !== undefined) hops.push(...(await examinePath(collector, running)))
  hops.push(...backendHops(state))
  const answers = state.cards.some((card) => card.state === 'ready')
  if (!answers) hops.push(hop('read back', 'all', 'skipped', 'no backend answers'))
  else if (service === undefined) hops.push(...(await prove()).ticks.map(tickHop))
  else hops.push(...(await findService(service, state, ask)))
  return { at: Date.now(), service, hops, broken: hops.find(({ state: found }) => found === 'broken') }
}

function collectorHop(collector: string, running: RunningPipeline | undefined): DoctorHop {
  if (running !== undefined) return hop('pipeline runs', 'all', 'ok', `${running.pipeline.nodes.length} components run`)
  const fix = 'Run one with `weir run CONFIG`, or name its address with --collector.'
  return hop('pipeline runs', 'all', 'broken', `no pipeline answers at ${collector}`, fix)
}

function receiverHops(running: RunningPipeline | undefined): readonly DoctorHop[] {
  if (running === undefined) return []
  const { receivers } = running
  if (receivers.length === 0) {
    const words = 'the config has no otelcol.receiver.otlp, so programs cannot send to it'
    return [
      hop('receiver', 'all', 'unknown', words, 'Add one if programs send OTLP; scraping and log files need none.'),
    ]
  }
  return receivers.map(({ id, healthy, message, http, grpc, signals, sent }) => {
    if (!healthy)
      return hop(id, 'all', 'broken', message, 'Free its port, or change its endpoint and the programs that use it.')
    if (signals.length === 0)
      return hop(id, 'all', 'broken', 'nothing listens behind it', 'Connect its output to an exporter.')
    const kept = signals.filter((signal) => !sent.includes(signal))
    if (kept.length > 0) {
      const words = `no exporter behind it sends ${kept.join(', ')} away`
      return hop(
        id,
        'all',
        'unknown',
        words,
        'If that is not wanted, connect it to an exporter that sends to the stack.',
      )
    }
    const places = [http && `HTTP ${http}`, grpc && `gRPC ${grpc}`].filter(Boolean).join(', ')
    return hop(id, 'all', 'ok', `takes ${signals.join(', ')} at ${places}`)
  })
}

function backendHops({ cards }: StackState): readonly DoctorHop[] {
  const signals = { loki: 'logs', tempo: 'traces', mimir: 'metrics', prometheus: 'metrics' } as const
  return cards.flatMap(({ backend, state, readiness, problem }) => {
    const signal = signals[backend as keyof typeof signals] as DoctorHop['signal'] | undefined
    if (signal === undefined && backend !== 'grafana') return []
    if (state === 'ready') return [hop(`${backend} answers`, signal ?? 'all', 'ok', readiness)]
    const fix = problem?.nextStep ?? 'Start it with `weir stack up`.'
    return [hop(`${backend} answers`, signal ?? 'all', 'broken', problem?.message ?? readiness, fix)]
  })
}

function tickHop({ step, state, words, ms, nextStep }: ProofTick): DoctorHop {
  const signal = step.startsWith('trace') ? 'traces' : step.startsWith('log') ? 'logs' : 'metrics'
  const states = { passed: 'ok', failed: 'broken', skipped: 'skipped', waiting: 'unknown' } as const
  const timed = ms === undefined || state !== 'passed' ? words : `${words}, after ${ms} ms`
  const fix =
    state === 'failed' ? `${nextStepFor(signal)}${nextStep?.includes('doctor') ? '' : ` ${nextStep ?? ''}`}` : undefined
  return hop(step.replaceAll('-', ' '), signal, states[state], timed, fix?.trim())
}

function nextStepFor(signal: 'metrics' | 'logs' | 'traces'): string {
  const exporter = { metrics: 'metrics', logs: 'Loki', traces: 'Tempo' }[signal]
  return `Check that the ${exporter} exporter of the config sends to this stack: \`weir stack status\` shows its address.`
}
