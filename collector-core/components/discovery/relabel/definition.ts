import { defineComponent } from '../../../schema/definition.ts'
import { blocks, rules, targets } from '../../../schema/field.ts'
import { relabelRuleFields } from '../../../schema/relabel-rule-fields.ts'
import { checkRelabelRules } from '../../../signal/relabel/check-rules.ts'

export const definition = defineComponent({
  name: 'discovery.relabel',
  summary: 'Rewrites or drops discovered targets by rules, in order.',
  stage: 'discover',
  arguments: {
    targets: targets('The targets to relabel.'),
    rule: blocks(relabelRuleFields, 'A relabelling step; steps run in order and end at the first drop.'),
  },
  exports: {
    output: targets('The targets after relabelling, in the same order.'),
    rules: rules('The rules of this component, for others to use.'),
  },
  check: (args) => checkRelabelRules(args.rule),
  example: `discovery.relabel "web" {
	targets = [{__address__ = "localhost:8080", team = "web"}]

	rule {
		source_labels = ["team"]
		target_label  = "owner"
	}
}
`,
})
