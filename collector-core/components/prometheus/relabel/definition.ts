import { defineComponent } from '../../../schema/definition.ts'
import { blocks, duration, integer, receiver, receivers, rules } from '../../../schema/field.ts'
import { relabelRuleFields } from '../../../schema/relabel-rule-fields.ts'
import { checkRelabelRules } from '../../../signal/relabel/check-rules.ts'

export const definition = defineComponent({
  name: 'prometheus.relabel',
  summary: 'Rewrites or drops the labels of metrics by rules, in order.',
  stage: 'process',
  arguments: {
    forward_to: receivers('metrics', 'Where to send the metrics after relabelling.', { required: true }),
    max_cache_size: integer('How many relabelled label sets to remember; 0 when cache_ttl is used instead.', {
      default: 100_000,
      min: 0,
    }),
    cache_ttl: duration('How long to remember a label set that is not used; 0 to bound the cache by size.', {
      default: 0,
    }),
    rule: blocks(relabelRuleFields, 'A relabelling step; steps run in order and end at the first drop.'),
  },
  exports: {
    receiver: receiver('metrics', 'Takes the metrics to relabel.'),
    rules: rules('The rules of this component, for others to use.'),
  },
  check(args) {
    const problems = checkRelabelRules(args.rule)
    if (args.max_cache_size > 0 && args.cache_ttl > 0) {
      problems.push({
        path: ['cache_ttl'],
        message: 'the cache is bounded by size or by time: set max_cache_size = 0 to use cache_ttl',
      })
    }
    if (args.max_cache_size === 0 && args.cache_ttl <= 0) {
      problems.push({
        path: ['max_cache_size'],
        message: 'the cache needs a bound: set max_cache_size above 0, or cache_ttl',
      })
    }
    if (args.cache_ttl !== 0 && args.cache_ttl < 60_000) {
      problems.push({ path: ['cache_ttl'], message: 'cache_ttl must be at least "1m"' })
    }
    return problems
  },
  example: `prometheus.relabel "keep_http" {
	forward_to = []

	rule {
		source_labels = ["__name__"]
		regex         = "http_.*"
		action        = "keep"
	}
}
`,
})
