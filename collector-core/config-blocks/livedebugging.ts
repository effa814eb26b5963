import { defineConfigBlock } from '../schema/definition.ts'
import { bool } from '../schema/field.ts'

export const livedebugging = defineConfigBlock({
  name: 'livedebugging',
  summary: 'Allows watching the data that passes a component.',
  arguments: {
    enabled: bool('Serve the debug stream of components.', { default: false }),
  },
  example: `livedebugging {
	enabled = true
}
`,
})
