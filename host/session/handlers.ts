// What answers the table of `host/contract/weir-api.ts`. A topic answers part of it; all topics together are checked by
// the compiler to answer every call and every stream.
import type { z } from 'zod'
import type { WeirError } from '../../collector-core/weir-error.ts'
import type { CallAnswer, CallName, StreamEvent, StreamName, WeirApi } from '../contract/weir-api.ts'

/** Who asks: `window` stays the same when a window connects again. */
export interface Asker {
  readonly window: string
}

/** Arguments as the table's checks leave them. */
export type CheckedCallArgs<Name extends CallName> = z.output<WeirApi['calls'][Name]['args']>
export type CheckedStreamArgs<Name extends StreamName> = z.output<WeirApi['streams'][Name]['args']>

/** Answers, or throws the `WeirError` the window is to read; any other error is a defect and reaches the window as such. */
export type CallHandler<Name extends CallName> = (
  args: CheckedCallArgs<Name>,
  asker: Asker,
) => CallAnswer<Name> | Promise<CallAnswer<Name>>

/** Where a stream's events go. */
export interface EventSink<Event> {
  send(event: Event): void
  /** No more events; the window reads why. */
  end(error: WeirError): void
}

export interface StreamHandler<Name extends StreamName> {
  /** Begins to send, at once where there is something to say; returns how to end. Throws like a call. */
  begin(args: CheckedStreamArgs<Name>, sink: EventSink<StreamEvent<Name>>, asker: Asker): () => void
  /** What waits for a window that has not taken earlier events yet, with one more; must stay bounded. */
  merge(waiting: readonly StreamEvent<Name>[], next: StreamEvent<Name>): readonly StreamEvent<Name>[]
}

export type CallHandlers = { readonly [Name in CallName]: CallHandler<Name> }
export type StreamHandlers = { readonly [Name in StreamName]: StreamHandler<Name> }

export interface Handlers {
  readonly calls: CallHandlers
  readonly streams: StreamHandlers
}

/** The part of the table one topic answers. */
export interface Topic<Calls extends CallName, Streams extends StreamName = never> {
  readonly calls: Pick<CallHandlers, Calls>
  readonly streams: Pick<StreamHandlers, Streams>
}

/** For streams whose newest event says everything. */
export function newestOnly<Event>(_waiting: readonly Event[], next: Event): readonly Event[] {
  return [next]
}
