import { WeirError } from '../../collector-core/weir-error.ts'
import type { CallName, StreamName } from '../contract/weir-api.ts'
import type { CallHandlers, StreamHandlers, Topic } from '../session/handlers.ts'

/** Answers a part of the table that this Weir has no parts for: every call and stream is refused, with `why`. */
export function notHere<Calls extends CallName, Streams extends StreamName>(
  calls: Readonly<Record<Calls, unknown>>,
  streams: Readonly<Record<Streams, unknown>>,
  why: string,
): Topic<Calls, Streams> {
  const refuse = (): never => {
    throw new WeirError('not-here', why, 'Use a Weir that has it.')
  }
  const every = (table: object, value: unknown): unknown =>
    Object.fromEntries(Object.keys(table).map((name) => [name, value]))
  return {
    calls: every(calls, refuse) as Pick<CallHandlers, Calls>,
    streams: every(streams, { begin: refuse, merge: () => [] }) as Pick<StreamHandlers, Streams>,
  }
}
