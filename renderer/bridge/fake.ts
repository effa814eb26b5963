// A host for tests: every call answers from a table that the compiler checks against the contract, and events are sent by
// the test.
import type { HostConnection, SubscriptionMoments, WeirClient } from '../../host/contract/client.ts'
import type {
  CallAnswer,
  CallArgs,
  CallName,
  StreamArgs,
  StreamEvent,
  StreamName,
} from '../../host/contract/weir-api.ts'

/** An answer to each call; one that is missing does not compile. */
export type FakeAnswers = { [Name in CallName]: (args: CallArgs<Name>) => CallAnswer<Name> | Promise<CallAnswer<Name>> }

interface FakeSubscription {
  readonly name: StreamName
  readonly args: unknown
  readonly onEvent: (event: unknown) => void
  readonly moments: SubscriptionMoments
}

/** A client whose other end is the test. */
export class FakeClient implements WeirClient {
  /** Calls so far, in order. */
  readonly called: { readonly name: CallName; readonly args: unknown }[] = []
  private readonly answers: FakeAnswers
  private readonly subscriptions = new Set<FakeSubscription>()
  private readonly watchers = new Set<(connection: HostConnection) => void>()
  private connection: HostConnection = { kind: 'open', version: 'test' }

  constructor(answers: FakeAnswers) {
    this.answers = answers
  }

  async call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<CallAnswer<Name>> {
    this.called.push({ name, args })
    const answer = this.answers[name] as (args: CallArgs<Name>) => CallAnswer<Name> | Promise<CallAnswer<Name>>
    return await answer(args)
  }

  subscribe<Name extends StreamName>(
    name: Name,
    args: StreamArgs<Name>,
    onEvent: (event: StreamEvent<Name>) => void,
    moments: SubscriptionMoments = {},
  ): () => void {
    const subscription = { name, args, onEvent: onEvent as (event: unknown) => void, moments }
    this.subscriptions.add(subscription)
    return () => void this.subscriptions.delete(subscription)
  }

  watchConnection(onChange: (connection: HostConnection) => void): () => void {
    const watcher = (connection: HostConnection): void => onChange(connection)
    this.watchers.add(watcher)
    watcher(this.connection)
    return () => void this.watchers.delete(watcher)
  }

  /** Sends an event to everybody who listens to a stream. */
  send<Name extends StreamName>(name: Name, event: StreamEvent<Name>): void {
    for (const one of [...this.subscriptions]) if (one.name === name) one.onEvent(event)
  }

  /** The arguments of each subscription to a stream that is open now. */
  listening<Name extends StreamName>(name: Name): StreamArgs<Name>[] {
    return [...this.subscriptions].filter((one) => one.name === name).map(({ args }) => args as StreamArgs<Name>)
  }

  become(connection: HostConnection): void {
    this.connection = connection
    for (const watcher of [...this.watchers]) watcher(connection)
  }
}
