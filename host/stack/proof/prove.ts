// The proof that signals arrive: one trace, one log line and one exemplar are sent and read back, from each backend and
// through Grafana, each step with its time.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { proofSteps } from '../../contract/stack.ts'
import type { Proof, ProofStep, ProofTick, StackEndpoints } from '../../contract/stack.ts'
import { problemOf } from '../problem.ts'
import { lookFor } from './read-back.ts'
import type { AskedPlace } from './read-back.ts'
import { sendSignal } from './send-signals.ts'
import type { HeadersFor } from './send-signals.ts'
import type { OtlpSignal, WayIn } from './receivers.ts'

export interface ProofInputs {
  readonly endpoints: StackEndpoints
  /** Undefined where no pipeline runs: then signals go straight to the backends. */
  readonly way: WayIn | undefined
  readonly headers: HeadersFor
  readonly onProgress: (proof: Proof) => void
  readonly withinMs?: number
}

const askEveryMs = 200
const signals: readonly OtlpSignal[] = ['traces', 'logs', 'metrics']
const stepOf: Readonly<Record<OtlpSignal, Readonly<Record<AskedPlace, ProofStep>>>> = {
  traces: { backend: 'trace-stored', grafana: 'trace-in-grafana' },
  logs: { backend: 'log-stored', grafana: 'log-in-grafana' },
  metrics: { backend: 'exemplar-stored', grafana: 'exemplar-in-grafana' },
}

/** Sends and reads back; resolves with the finished proof, whatever it shows. */
export async function prove({ endpoints, way, headers, onProgress, withinMs = 20_000 }: ProofInputs): Promise<Proof> {
  const synthetic = {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    at: Date.now(),
  }
  const ticks = new Map<ProofStep, ProofTick>(
    proofSteps.map((step) => [
      step,
      { step, state: 'waiting', words: 'not sent yet', ms: undefined, nextStep: undefined },
    ]),
  )
  const proof = (finished: boolean): Proof => ({
    traceId: synthetic.traceId,
    startedAt: synthetic.at,
    finished,
    ticks: [...ticks.values()],
  })
  const tick = (step: ProofStep, change: Partial<ProofTick>): void => {
    ticks.set(step, { ...ticks.get(step)!, ...change })
    onProgress(proof(false))
  }
  onProgress(proof(false))
  await Promise.all(
    signals.map(async (signal) => {
      const { backend, grafana } = stepOf[signal]
      const begun = performance.now()
      let sent: string
      try {
        const { way: taken } = await sendSignal(signal, synthetic, { way, endpoints, headers })
        sent =
          taken === 'pipeline'
            ? 'through the pipeline'
            : 'straight to the backend: the pipeline has no way for it from OTLP to an exporter'
      } catch (error) {
        const { message, nextStep } = problemOf(error)
        tick(backend, { state: 'failed', words: message, nextStep })
        tick(grafana, { state: 'skipped', words: 'it was not stored' })
        return
      }
      tick(backend, { words: `sent ${sent}` })
      const readBack = async (place: AskedPlace): Promise<void> => {
        const step = stepOf[signal][place]
        if (place === 'grafana' && endpoints.grafana === undefined) {
          tick(step, { state: 'skipped', words: 'no Grafana runs' })
          return
        }
        const words = await waitFor(() => lookFor(signal, place, synthetic, { endpoints, headers }), withinMs)
        const ms = Math.round(performance.now() - begun)
        if (words === undefined)
          tick(step, { state: 'passed', words: place === 'grafana' ? 'found' : `sent ${sent}`, ms })
        else tick(step, { state: 'failed', words, ms, nextStep: 'Run `weir doctor` to see where it stops.' })
      }
      await Promise.all([readBack('backend'), readBack('grafana')])
    }),
  )
  const finished = proof(true)
  onProgress(finished)
  return finished
}

/** Asks until the answer is yes; the last words when time is up. */
async function waitFor(
  ask: () => Promise<{ found: boolean; words: string }>,
  withinMs: number,
): Promise<string | undefined> {
  const giveUpAt = Date.now() + withinMs
  for (;;) {
    const { found, words } = await ask().catch((error: unknown) => ({ found: false, words: problemOf(error).message }))
    if (found) return undefined
    if (Date.now() > giveUpAt) return `not found within ${withinMs / 1000} s: ${words}`
    await sleep(askEveryMs)
  }
}
