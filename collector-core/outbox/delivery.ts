// Sends one request until it is done with: delivered, given up, or cut into parts that are.
import type { Outcome } from '../net/http-outcome.ts'
import type { Timer } from '../runtime/clock.ts'
import { Backoff } from './backoff.ts'
import type { Bell } from './bell.ts'
import type { DeadLetters } from './dead-letters.ts'
import { errorText } from './file-system.ts'
import type { OutboxOptions, OutboxRequest, OutboxSettings } from './outbox-options.ts'

/** Waits after a server refused the credentials: long, since only a person can help. */
const pause = { minBackoffMs: 30_000, maxBackoffMs: 300_000, jitter: 'both' } as const

/** How long a send that was told to stop may take to return. */
const graceMs = 500

export interface DeliveryOptions {
  readonly outbox: OutboxOptions
  /** The settings of the moment. */
  readonly settings: () => OutboxSettings
  readonly deadLetters: DeadLetters
  /** Rings when waiting is pointless because settings changed. */
  readonly changed: Bell
}

/** `wait` aborts when no further try is wanted, `cut` when a try under way has to end. */
export interface DeliverySignals {
  readonly wait: AbortSignal
  readonly cut: AbortSignal
}

type Rejection = Extract<Outcome, { kind: 'rejected' }>

/** How a request under way is doing. */
interface Trial {
  state: 'sending' | 'retrying' | 'paused'
  error: string | undefined
}

/** Delivers requests, several at once. */
export class Delivery {
  private readonly options: DeliveryOptions
  private readonly underWay = new Set<Trial>()
  private lastSettledError: string | undefined
  /** No request goes out before, since a server said so to one. */
  private notBefore = -Infinity

  constructor(options: DeliveryOptions) {
    this.options = options
  }

  /** That of the request which fares worst; undefined when none is under way. */
  get state(): Trial['state'] | undefined {
    const states = new Set([...this.underWay].map(({ state }) => state))
    return (['paused', 'retrying', 'sending'] as const).find((state) => states.has(state))
  }

  /** What went wrong with a request under way, else with the one that ended last. */
  get lastError(): string | undefined {
    for (const { error } of this.underWay) if (error !== undefined) return error
    return this.lastSettledError
  }

  /** True when the request is done with, false when it was interrupted and is to be sent again, whole. */
  async deliver(request: OutboxRequest, newestAt: number, signals: DeliverySignals): Promise<boolean> {
    const trial: Trial = { state: 'sending', error: undefined }
    this.underWay.add(trial)
    try {
      return await this.tryUntilDone(request, newestAt, signals, trial)
    } finally {
      this.underWay.delete(trial)
      this.lastSettledError = trial.error
    }
  }

  private async tryUntilDone(
    request: OutboxRequest,
    newestAt: number,
    signals: DeliverySignals,
    trial: Trial,
  ): Promise<boolean> {
    const { clock, random, log, onDelivered, onRetry } = this.options.outbox
    const started = clock.monotonic()
    const backoff = new Backoff(random)
    const pausing = new Backoff(random)
    const stopping = (): boolean => signals.wait.aborted
    for (let attempt = 0; ; attempt++) {
      const { retry } = this.options.settings()
      if (retry.maxAgeMs !== undefined && clock.now() - newestAt > retry.maxAgeMs) {
        return this.drop(request, 'too_old', trial.error ?? 'older than the limit')
      }
      const current = { ...request, attempt }
      if (attempt === 0) trial.state = 'sending'
      await this.pause(this.notBefore - clock.monotonic(), signals)
      if (clock.monotonic() < this.notBefore) return false
      const sentAt = clock.monotonic()
      const outcome = await this.send(current, signals.cut)
      if (outcome === undefined) return false
      if (outcome.kind === 'delivered') {
        trial.error = undefined
        onDelivered?.(current, clock.monotonic() - sentAt)
        return true
      }
      trial.error = outcome.reason
      if (outcome.kind === 'rejected' && outcome.unauthorized !== true) {
        return this.reject(current, outcome, newestAt, signals, trial)
      }
      let delay: number
      if (outcome.kind === 'rejected') {
        trial.state = 'paused'
        delay = pausing.next(pause)
        log.error('the server refuses the credentials; the queue is kept and waits', { reason: outcome.reason })
      } else {
        trial.state = 'retrying'
        delay = backoff.next(retry, outcome.afterMs)
        if (outcome.afterMs !== undefined) this.notBefore = Math.max(this.notBefore, clock.monotonic() + delay)
        const elapsed = clock.monotonic() - started + delay
        const tired = retry.maxAttempts !== undefined && retry.maxAttempts > 0 && attempt + 1 >= retry.maxAttempts
        const late = retry.maxElapsedMs !== undefined && retry.maxElapsedMs > 0 && elapsed > retry.maxElapsedMs
        if (tired || late) return this.drop(current, 'retries_exhausted', outcome.reason)
      }
      if (stopping()) return false
      onRetry?.(current, outcome.reason)
      await this.pause(delay, signals)
      if (stopping()) return false
    }
  }

  /** Waits; new settings end this and whatever a server asked for. */
  private async pause(delayMs: number, { wait }: DeliverySignals): Promise<void> {
    if (delayMs <= 0) return
    const { changed, outbox } = this.options
    const before = changed.rings
    await changed.heard(outbox.clock, wait, delayMs)
    if (changed.rings !== before) this.notBefore = -Infinity
  }

  /** Undefined when the send was cut off. */
  private async send(request: OutboxRequest, cut: AbortSignal): Promise<Outcome | undefined> {
    const { clock, log } = this.options.outbox
    const tooLate = (): boolean => cut.aborted
    if (tooLate()) return undefined
    // A signal of its own, so that a sender that forgets its listeners leaves none behind.
    const giveUp = new AbortController()
    let grace: Timer | undefined
    let onCut: () => void = () => undefined
    const overdue = new Promise<undefined>((resolve) => {
      onCut = () => {
        giveUp.abort()
        grace = clock.after(graceMs, () => resolve(undefined))
      }
      cut.addEventListener('abort', onCut)
    })
    try {
      const outcome = await Promise.race([this.options.settings().send(request, giveUp.signal), overdue])
      return tooLate() && outcome?.kind !== 'delivered' ? undefined : outcome
    } catch (error) {
      log.error('sending failed unexpectedly', { error: errorText(error) })
      return { kind: 'retry', reason: errorText(error) }
    } finally {
      cut.removeEventListener('abort', onCut)
      grace?.cancel()
    }
  }

  private async reject(
    request: OutboxRequest,
    rejection: Rejection,
    newestAt: number,
    signals: DeliverySignals,
    trial: Trial,
  ): Promise<boolean> {
    const parts = rejection.split && this.options.settings().split?.(request)
    if (parts !== undefined && parts.every((part) => isSmaller(part, request))) {
      for (const part of parts) if (!(await this.tryUntilDone(part, newestAt, signals, trial))) return false
      return true
    }
    await this.options.deadLetters.add(request.fragments, rejection)
    return this.drop(request, 'rejected', rejection.reason)
  }

  private drop(request: OutboxRequest, reason: string, detail: string): true {
    this.options.outbox.onDropped(request.items, reason, detail, request)
    return true
  }
}

function isSmaller(part: OutboxRequest, whole: OutboxRequest): boolean {
  return (
    part.items < whole.items || part.fragments.length < whole.fragments.length || bodyBytes(part) < bodyBytes(whole)
  )
}

function bodyBytes({ fragments }: OutboxRequest): number {
  return fragments.reduce((sum, { body }) => sum + body.length, 0)
}
