import { defineComponent } from '../../../schema/definition.ts'
import { receiver, receivers, variants } from '../../../schema/field.ts'
import type { Variant } from '../../../schema/field.ts'
import { allStages } from './pure/stages/all-stages.ts'
import { checkStages, fieldsOf } from './pure/stages/stage-list.ts'

export const definition = defineComponent({
  name: 'loki.process',
  summary: 'Parses, changes, filters and counts log lines, stage by stage.',
  stage: 'process',
  arguments: {
    forward_to: receivers('logs', 'Where to send the lines after processing.', { required: true }),
    stage: variants<Variant>('stage', () => fieldsOf(allStages), 'What to do with each line, in order.'),
  },
  exports: {
    receiver: receiver('logs', 'Takes the lines to process.'),
  },
  check: ({ stage }) => checkStages(allStages, stage),
  example: `loki.process "levels" {
	forward_to = []

	stage.drop {
		expression = "level=debug"
	}

	stage.logfmt {
		mapping = {level = ""}
	}

	stage.labels {
		values = {level = ""}
	}
}
`,
})
