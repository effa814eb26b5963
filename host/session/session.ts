// The host's half of the conversation with one window. Names and argument checks come from the table and nowhere else;
// whatever a window sends, the worst it gets is a failure or the end of its session.
import { WeirError } from '../../collector-core/weir-error.ts'
import { mostCalls, mostSubscriptions } from '../contract/transport.ts'
import type { HostMessage } from '../contract/transport.ts'
import { windowMessage } from '../contract/window-message.ts'
import type { WindowMessage } from '../contract/window-message.ts'
import { weirApi } from '../contract/weir-api.ts'
import type { CallName, StreamName } from '../contract/weir-api.ts'
import { EventFlow } from './event-flow.ts'
import { badArguments, failureOf } from './failure.ts'
import type { Asker, CallHandler, Handlers, StreamHandler } from './handlers.ts'

export interface SessionOptions {
  readonly handlers: Handlers
  readonly asker: Asker
  readonly version: string
  readonly send: (message: HostMessage) => void
  /** Gets the errors that are defects. */
  readonly report: (name: string, error: unknown) => void
}

interface Subscription {
  readonly flow: EventFlow<unknown>
  end: () => void
}

type AnyCall = CallHandler<CallName>
type AnyStream = StreamHandler<StreamName>

export class Session {
  private readonly options: SessionOptions
  private readonly subscriptions = new Map<number, Subscription>()
  private readonly calls = new Set<number>()
  private over = false

  constructor(options: SessionOptions) {
    this.options = options
  }

  /** Greets the window, which may ask from then on. */
  begin(): void {
    this.send({ kind: 'welcome', version: this.options.version })
  }

  /** Takes one message as it came; false when it is none of the protocol's, and the window is not worth hearing further. */
  hear(raw: unknown): boolean {
    const parsed = windowMessage.safeParse(raw)
    if (!parsed.success) return false
    const message = parsed.data
    switch (message.kind) {
      case 'call':
        void this.call(message)
        return true
      case 'subscribe':
        this.subscribe(message)
        return true
      case 'taken':
        this.subscriptions.get(message.id)?.flow.taken()
        return true
      case 'unsubscribe':
        this.leave(message.id)
        return true
    }
  }

  /** The window is gone: every subscription ends; calls under way finish unheard. */
  end(): void {
    this.over = true
    for (const id of [...this.subscriptions.keys()]) this.leave(id)
  }

  private send(message: HostMessage): void {
    if (!this.over) this.options.send(message)
  }

  private async call({ id, name, args }: WindowMessage & { kind: 'call' }): Promise<void> {
    if (this.calls.has(id)) return
    try {
      if (this.calls.size >= mostCalls) throw tooMany('calls', mostCalls)
      if (!isCall(name)) throw unknownName(name)
      this.calls.add(id)
      const checked = weirApi.calls[name].args.safeParse(args ?? {})
      if (!checked.success) throw badArguments(name, checked.error)
      const handle = this.options.handlers.calls[name] as AnyCall
      const value = await handle(checked.data, this.options.asker)
      this.send({ kind: 'answer', id, value })
    } catch (error) {
      this.send({ kind: 'failure', id, failure: failureOf(name, error, this.options.report) })
    } finally {
      this.calls.delete(id)
    }
  }

  private subscribe({ id, name, args }: WindowMessage & { kind: 'subscribe' }): void {
    if (this.subscriptions.has(id)) return
    const end = (error: unknown): void => {
      this.leave(id)
      this.send({ kind: 'ended', id, failure: failureOf(name, error, this.options.report) })
    }
    try {
      if (this.subscriptions.size >= mostSubscriptions) throw tooMany('subscriptions', mostSubscriptions)
      if (!isStream(name)) throw unknownName(name)
      const checked = weirApi.streams[name].args.safeParse(args ?? {})
      if (!checked.success) throw badArguments(name, checked.error)
      this.open(id, name, checked.data, end)
    } catch (error) {
      end(error)
    }
  }

  private open(id: number, name: StreamName, args: unknown, end: (error: unknown) => void): void {
    const stream = this.options.handlers.streams[name] as AnyStream
    const flow = new EventFlow<unknown>(
      (value) => this.send({ kind: 'event', id, value }),
      stream.merge as (waiting: readonly unknown[], next: unknown) => readonly unknown[],
    )
    const subscription: Subscription = { flow, end: () => undefined }
    this.subscriptions.set(id, subscription)
    const here = (): boolean => this.subscriptions.get(id) === subscription
    const stop = stream.begin(
      args as Parameters<AnyStream['begin']>[0],
      {
        send(event) {
          if (here()) flow.send(event)
        },
        end(error) {
          if (here()) end(error)
        },
      },
      this.options.asker,
    )
    if (here()) subscription.end = stop
    else stop()
  }

  private leave(id: number): void {
    const subscription = this.subscriptions.get(id)
    this.subscriptions.delete(id)
    subscription?.end()
  }
}

const isCall = (name: string): name is CallName => Object.hasOwn(weirApi.calls, name)
const isStream = (name: string): name is StreamName => Object.hasOwn(weirApi.streams, name)

function unknownName(name: string): WeirError {
  return new WeirError(
    'unknown-name',
    `This Weir does not know "${name}".`,
    'Reload the window: the page may be of another version than Weir.',
  )
}

function tooMany(what: string, most: number): WeirError {
  return new WeirError(
    `too-many-${what}`,
    `A window may have ${most} ${what} at a time.`,
    'Wait until some are over, or reload the window.',
  )
}
