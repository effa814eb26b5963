import type { Outcome } from '../net/http-outcome.ts'
import type { OutboxRequest } from '../outbox/outbox-options.ts'

/** A request as it was sent. */
export interface SentRequest {
  readonly bodies: readonly string[]
  readonly items: number
  readonly attempt: number
  readonly outcome: Outcome | 'cut'
}

/** Stands for a backend: answers from `script` first, then with whatever `answer` says, and keeps what it was sent. */
export class ScriptedSender {
  readonly sent: SentRequest[] = []
  script: Outcome[] = []
  answer: (request: OutboxRequest) => Outcome | Promise<Outcome> = () => ({ kind: 'delivered' })

  readonly send = async (request: OutboxRequest, stop: AbortSignal): Promise<Outcome> => {
    const bodies = request.fragments.map(({ body }) => Buffer.from(body).toString('latin1'))
    const cut = new Promise<'cut'>((resolve) => stop.addEventListener('abort', () => resolve('cut'), { once: true }))
    const outcome = await Promise.race([this.script.shift() ?? this.answer(request), cut])
    this.sent.push({ bodies, items: request.items, attempt: request.attempt, outcome })
    return outcome === 'cut' ? { kind: 'retry', reason: 'stopped' } : outcome
  }

  /** The bodies delivered, in order. */
  get delivered(): string[] {
    return this.sent.flatMap(({ bodies, outcome }) => (outcome !== 'cut' && outcome.kind === 'delivered' ? bodies : []))
  }
}
