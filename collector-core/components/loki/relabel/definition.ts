import { defineComponent } from '../../../schema/definition.ts'
import { blocks, integer, receiver, receivers, rules } from '../../../schema/field.ts'
import { relabelRuleFields } from '../../../schema/relabel-rule-fields.ts'
import { checkRelabelRules } from '../../../signal/relabel/check-rules.ts'

export const definition = defineComponent({
  name: 'loki.relabel',
  summary: 'Rewrites or drops the labels of log streams by rules, in order.',
  stage: 'process',
  arguments: {
    forward_to: receivers('logs', 'Where to send the lines after relabelling.', { required: true }),
    max_cache_size: integer('How many relabelled label sets to remember.', { default: 10_000, min: 0 }),
    rule: blocks(relabelRuleFields, 'A relabelling step; steps run in order and end at the first drop.'),
  },
  exports: {
    receiver: receiver('logs', 'Takes the lines to relabel.'),
    rules: rules('The rules of this component, for others to use.'),
  },
  check: ({ rule }) => checkRelabelRules(rule),
  example: `loki.relabel "containers" {
	forward_to = []

	rule {
		source_labels = ["__meta_docker_container_name"]
		regex         = "/(.*)"
		target_label  = "service_name"
	}
}
`,
})
