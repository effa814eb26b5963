import { implement, untilStopped } from '../../../runtime/component.ts'
import type { Variant } from '../../../schema/field.ts'
import { fanOut } from '../../../signal/fan-out.ts'
import { refused } from '../../../signal/receiver.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { definition } from './definition.ts'
import { Pipeline } from './pipeline.ts'

export const lokiProcess = implement(definition, (args, context) => {
  const { clock, random, log, metrics } = context
  const dropped = metrics.counter('loki_process_dropped_lines_total', 'Lines dropped by stages.', ['reason'])
  let forward = fanOut('logs', args.forward_to)
  const pipelineOf = (stages: readonly Variant[], after?: Promise<void>): Pipeline =>
    new Pipeline(
      stages,
      {
        clock,
        random,
        log,
        metrics,
        drop(count, reason) {
          context.drop(count, reason)
          dropped.add(count, [reason])
        },
        forward: () => forward,
      },
      after,
    )

  let stages = stagesText(args.stage)
  let pipeline = pipelineOf(args.stage)
  metrics.beforeScrape(() => pipeline.collect())

  let stopped = false
  const receiver: Receiver<'logs'> = {
    signal: 'logs',
    async accept(batch) {
      if (stopped) return refused(`${context.id} has been stopped`)
      return pipeline.accept(batch)
    },
  }
  context.publish({ receiver })

  return {
    async run(stop) {
      await untilStopped(stop)
      stopped = true
      await pipeline.stop()
    },
    update(newArgs) {
      forward = fanOut('logs', newArgs.forward_to)
      const newStages = stagesText(newArgs.stage)
      if (newStages === stages) return
      stages = newStages
      // Lines the old stages hold go out before anything the new ones process.
      pipeline = pipelineOf(newArgs.stage, pipeline.stop())
    },
  }
})

/** Equal for equal stages. */
function stagesText(stages: readonly Variant[]): string {
  return JSON.stringify(stages, (_, value: unknown) =>
    value instanceof Map ? [...(value as Map<string, unknown>)] : value,
  )
}
