// Apart from the rest of the transport, so that a window needs no code to check what it sends itself.
import { z } from 'zod'

const id = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const name = z.string().max(64)

/** From a window; `args` are checked against the table of calls and streams afterwards. */
export const windowMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id, name, args: z.unknown() }),
  z.strictObject({ kind: z.literal('subscribe'), id, name, args: z.unknown() }),
  /** The window has handled one event of the subscription. */
  z.strictObject({ kind: z.literal('taken'), id }),
  z.strictObject({ kind: z.literal('unsubscribe'), id }),
])

export type WindowMessage = z.infer<typeof windowMessage>
