import { implement, untilStopped } from '../../../../runtime/component.ts'
import { accepted } from '../../../../signal/receiver.ts'
import { definition } from './definition.ts'
import { contentOf, countsOf } from './describe-batch.ts'

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
      async accept(batch) {
        if (due()) {
          const { verbosity } = settings
          const content = verbosity === 'basic' ? undefined : contentOf(batch, verbosity === 'detailed')
          context.log.info(batch.kind, { ...countsOf(batch), ...(content !== undefined && { content }) })
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
