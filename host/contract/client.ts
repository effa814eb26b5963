// The host as a window sees it, whatever carries the messages.
import type { WeirError } from '../../collector-core/weir-error.ts'
import type { CallAnswer, CallArgs, CallName, StreamArgs, StreamEvent, StreamName } from './weir-api.ts'

/** Whether the host answers: `lost` is tried again by itself, `refused` is not. */
export type HostConnection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly version: string }
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'refused'; readonly message: string; readonly nextStep: string }

/** What else happens to a subscription. */
export interface SubscriptionMoments {
  /** The host was lost and is back: events begin anew, as if subscribed just now. */
  readonly restarted?: () => void
  /** The host ended it, or refused it; there will be no more events. */
  readonly ended?: (error: WeirError) => void
}

/** Asks and listens; safe to use from the first moment on. */
export interface WeirClient {
  /** Rejects with the host's `WeirError`, or with `host-lost` when the host goes away before it answers. */
  call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<CallAnswer<Name>>
  /** Calls `onEvent` for each event until the returned function is called; survives the host's coming and going. */
  subscribe<Name extends StreamName>(
    name: Name,
    args: StreamArgs<Name>,
    onEvent: (event: StreamEvent<Name>) => void,
    moments?: SubscriptionMoments,
  ): () => void
  /** Tells the state of the connection now and at every change, until the returned function is called. */
  watchConnection(onChange: (connection: HostConnection) => void): () => void
}
