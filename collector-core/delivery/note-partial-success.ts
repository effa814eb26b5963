import type { ComponentContext } from '../runtime/component.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { PartialSuccess } from '../wire/otlp/partial-success.ts'

/** Tells and counts what a server did not take of a request it otherwise took. */
export function notePartialSuccess(
  { log, drop }: Pick<ComponentContext, 'log' | 'drop'>,
  kind: OtlpKind,
  partial: PartialSuccess | undefined,
): void {
  if (partial === undefined) return
  log.warn('the server took the data with reservations', { kind, rejected: partial.rejected, reason: partial.message })
  if (partial.rejected > 0) drop(partial.rejected, 'rejected_by_server')
}
