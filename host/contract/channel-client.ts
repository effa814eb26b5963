// The window's half of the conversation, over any channel: numbers calls, hands out events and says that they were taken,
// and begins every subscription again when the host comes back.
import { WeirError } from '../../collector-core/weir-error.ts'
import type { HostConnection, SubscriptionMoments, WeirClient } from './client.ts'
import type { HostMessage } from './transport.ts'
import type { CallAnswer, CallArgs, CallName, StreamArgs, StreamEvent, StreamName } from './weir-api.ts'
import type { WindowMessage } from './window-message.ts'

/** What a channel tells its owner; `closed` is the last of it. */
export interface ChannelListener {
  message(message: HostMessage): void
  /** `refusal` says why trying again is of no use. */
  closed(refusal?: { readonly message: string; readonly nextStep: string }): void
}

/** A connection to the host, or an attempt at one. Messages may be sent once the host has sent one. */
export interface Channel {
  send(message: WindowMessage): void
}

export interface ChannelClientOptions {
  readonly open: (listener: ChannelListener) => Channel
  readonly later: (ms: number, action: () => void) => void
  readonly now: () => number
  readonly random: () => number
}

interface PendingCall {
  readonly message: WindowMessage
  readonly resolve: (value: unknown) => void
  readonly reject: (error: WeirError) => void
}

interface Subscription {
  readonly message: WindowMessage
  readonly onEvent: (event: unknown) => void
  readonly moments: SubscriptionMoments
  begun: boolean
}

const firstPauseMs = 250
const longestPauseMs = 5_000

export class ChannelClient implements WeirClient {
  private readonly options: ChannelClientOptions
  private readonly calls = new Map<number, PendingCall>()
  private readonly subscriptions = new Map<number, Subscription>()
  private readonly watchers = new Set<(connection: HostConnection) => void>()
  private connection: HostConnection = { kind: 'connecting' }
  private channel: Channel | undefined
  private pauseMs = firstPauseMs
  private lastId = 0

  constructor(options: ChannelClientOptions) {
    this.options = options
    this.connect()
  }

  call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<CallAnswer<Name>> {
    const message: WindowMessage = { kind: 'call', id: ++this.lastId, name, args }
    return new Promise<unknown>((resolve, reject) => {
      const { connection } = this
      if (connection.kind === 'lost') reject(hostLost())
      else if (connection.kind === 'refused') {
        reject(new WeirError('host-refused', connection.message, connection.nextStep))
      } else {
        this.calls.set(message.id, { message, resolve, reject })
        this.send(message)
      }
    }) as Promise<CallAnswer<Name>>
  }

  subscribe<Name extends StreamName>(
    name: Name,
    args: StreamArgs<Name>,
    onEvent: (event: StreamEvent<Name>) => void,
    moments: SubscriptionMoments = {},
  ): () => void {
    const id = ++this.lastId
    const message: WindowMessage = { kind: 'subscribe', id, name, args }
    this.subscriptions.set(id, {
      message,
      onEvent: onEvent as (event: unknown) => void,
      moments,
      begun: this.connection.kind === 'open',
    })
    this.send(message)
    return () => {
      if (this.subscriptions.delete(id)) this.send({ kind: 'unsubscribe', id })
    }
  }

  watchConnection(onChange: (connection: HostConnection) => void): () => void {
    const watcher = (connection: HostConnection): void => onChange(connection)
    this.watchers.add(watcher)
    watcher(this.connection)
    return () => void this.watchers.delete(watcher)
  }

  private connect(): void {
    let closed = false
    this.channel = this.options.open({
      message: (message) => {
        if (!closed) this.hear(message)
      },
      closed: (refusal) => {
        if (closed) return
        closed = true
        this.lose(refusal)
      },
    })
  }

  /** What cannot be sent now is sent when the connection opens. */
  private send(message: WindowMessage): void {
    if (this.connection.kind === 'open') this.channel?.send(message)
  }

  private become(connection: HostConnection): void {
    this.connection = connection
    for (const watcher of [...this.watchers]) watcher(connection)
  }

  private lose(refusal: { readonly message: string; readonly nextStep: string } | undefined): void {
    const first = this.connection.kind === 'connecting'
    const since = this.connection.kind === 'lost' ? this.connection.since : this.options.now()
    this.become(refusal === undefined ? { kind: 'lost', since } : { kind: 'refused', ...refusal })
    const error = refusal && new WeirError('host-refused', refusal.message, refusal.nextStep)
    for (const call of this.calls.values()) call.reject(error ?? hostLost(first))
    this.calls.clear()
    if (refusal !== undefined) return
    this.options.later(this.pauseMs * (0.75 + this.options.random() / 2), () => this.connect())
    this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs)
  }

  private hear(message: HostMessage): void {
    switch (message.kind) {
      case 'welcome':
        this.begin(message.version)
        return
      case 'answer':
        this.settle(message.id)?.resolve(message.value)
        return
      case 'failure': {
        const { code, message: words, nextStep } = message.failure
        this.settle(message.id)?.reject(new WeirError(code, words, nextStep))
        return
      }
      case 'event': {
        // Taken even if the listener throws, or the stream would stand still.
        this.send({ kind: 'taken', id: message.id })
        this.subscriptions.get(message.id)?.onEvent(message.value)
        return
      }
      case 'ended': {
        const subscription = this.subscriptions.get(message.id)
        const { code, message: words, nextStep } = message.failure
        this.subscriptions.delete(message.id)
        subscription?.moments.ended?.(new WeirError(code, words, nextStep))
      }
    }
  }

  private begin(version: string): void {
    this.pauseMs = firstPauseMs
    this.become({ kind: 'open', version })
    for (const subscription of [...this.subscriptions.values()]) {
      if (subscription.begun) subscription.moments.restarted?.()
      subscription.begun = true
      this.send(subscription.message)
    }
    for (const { message } of this.calls.values()) this.send(message)
  }

  private settle(id: number): PendingCall | undefined {
    const call = this.calls.get(id)
    this.calls.delete(id)
    return call
  }
}

function hostLost(never = false): WeirError {
  const message = never ? 'Weir does not answer.' : 'Weir stopped answering.'
  return new WeirError('host-lost', message, 'Start it again if it does not come back by itself, then try once more.')
}
