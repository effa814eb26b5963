import { implement, untilStopped } from '../../../../runtime/component.ts'
import { accepted } from '../../../../signal/receiver.ts'
import { itemNames } from '../../../../wire/otlp/layout.ts'
import { requestToJson } from '../../../../wire/otlp/to-json.ts'
import { definition } from './definition.ts'

/** The longest text of one batch in the log, characters. */
const longestText = 64 * 1024

export const otelcolExporterDebug = implement(definition, (args, context) => {
  let settings = args
  let second = -1
  let seen = 0

  function due(): boolean {
    const now = Math.floor(context.clock.monotonic() / 1000)
    if (now !== second) {
      second = now
      seen = 0
    }
    const past = ++seen - settings.sampling_initial
    if (past <= 0) return true
    return settings.sampling_thereafter > 0 && past % settings.sampling_thereafter === 0
  }

  context.publish({
    input: {
      signal: 'otlp',
      async accept({ kind, bytes, items }) {
        if (due()) {
          const text =
            settings.verbosity === 'basic'
              ? undefined
              : JSON.stringify(requestToJson(kind, bytes), undefined, settings.verbosity === 'detailed' ? 2 : 0)
          const cut = text !== undefined && text.length > longestText
          context.log.info(kind, {
            [itemNames[kind].replace(' ', '_')]: items,
            ...(text !== undefined && { content: cut ? `${text.slice(0, longestText)}… (cut)` : text }),
          })
        }
        return accepted
      },
    },
  })
  return {
    run: untilStopped,
    update(changed) {
      settings = changed
    },
  }
})
