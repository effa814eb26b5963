import { checkEventSource, eventKey, eventMessageFields } from './event-message.ts'
import { defineStage } from './stage.ts'

/** Extracts the `Key: value` lines of a Windows event message. */
export const eventLogMessageStage = defineStage({
  fields: eventMessageFields,
  check: checkEventSource,
  build: (args, _, next) => (entry) => {
    const { extracted } = entry
    for (const line of extracted.text(args.source)?.split('\r\n') ?? []) {
      const colon = line.indexOf(':')
      const key = colon < 0 ? undefined : eventKey(line.slice(0, colon), extracted, args)
      if (key !== undefined) extracted.set(key, line.slice(colon + 1).trim())
    }
    next(entry)
  },
})
