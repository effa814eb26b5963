import { implement, untilStopped } from '../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import { fanOut } from '../../../signal/fan-out.ts'
import { logItems } from '../../../signal/log-batch.ts'
import type { LogStream } from '../../../signal/log-batch.ts'
import { accepted, refused } from '../../../signal/receiver.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { compileRelabel } from '../../../signal/relabel/relabel.ts'
import { RelabelCache } from '../../../signal/relabel/relabel-cache.ts'
import { definition } from './definition.ts'

export const lokiRelabel = implement(definition, (args, context) => {
  const { metrics } = context
  const processed = metrics.counter('loki_relabel_entries_processed', 'Lines that came in.')
  const written = metrics.counter('loki_relabel_entries_written', 'Lines that were sent on.')
  const hits = metrics.counter('loki_relabel_cache_hits', 'Streams whose relabelling was remembered.')
  const misses = metrics.counter('loki_relabel_cache_misses', 'Streams that went through the rules.')
  const size = metrics.gauge('loki_relabel_cache_size', 'Label sets remembered.')

  const cacheOf = ({ rule, max_cache_size: maxEntries }: DefinitionArguments<typeof definition>): RelabelCache =>
    new RelabelCache(compileRelabel(rule), { maxEntries })

  let cache = cacheOf(args)
  let rulesText = JSON.stringify(args.rule)
  let maxEntries = args.max_cache_size
  let forward = fanOut('logs', args.forward_to)
  let reported = { hits: 0, misses: 0 }
  const report = (): void => {
    hits.add(cache.hits - reported.hits)
    misses.add(cache.misses - reported.misses)
    size.set(cache.size)
    reported = { hits: cache.hits, misses: cache.misses }
  }
  metrics.beforeScrape(report)

  let stopped = false
  const receiver: Receiver<'logs'> = {
    signal: 'logs',
    async accept(batch) {
      if (stopped) return refused(`${context.id} has been stopped`)
      const streams: LogStream[] = []
      for (const stream of batch.streams) {
        const labels = cache.get(stream.labels)
        if (labels !== undefined) streams.push(labels === stream.labels ? stream : { labels, lines: stream.lines })
      }
      const items = logItems(batch)
      const kept = streams.length === batch.streams.length ? items : logItems({ streams })
      processed.add(items)
      written.add(kept)
      if (kept < items) context.drop(items - kept, 'relabel_rule')
      return streams.length === 0 ? accepted : forward.accept({ streams })
    },
  }
  context.publish({ receiver, rules: args.rule })

  return {
    async run(stop) {
      await untilStopped(stop)
      stopped = true
    },
    update(newArgs) {
      forward = fanOut('logs', newArgs.forward_to)
      const newRules = JSON.stringify(newArgs.rule)
      if (newRules !== rulesText || newArgs.max_cache_size !== maxEntries) {
        report()
        cache = cacheOf(newArgs)
        reported = { hits: 0, misses: 0 }
        rulesText = newRules
        maxEntries = newArgs.max_cache_size
      }
      context.publish({ receiver, rules: newArgs.rule })
    },
  }
})
