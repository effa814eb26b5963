import { defineComponent } from '../../../schema/definition.ts'
import { receiver } from '../../../schema/field.ts'

export const definition = defineComponent({
  name: 'loki.echo',
  summary: 'Writes every log line it receives to the log of Weir itself.',
  stage: 'send',
  arguments: {},
  exports: { receiver: receiver('logs', 'Takes the lines to write.') },
  example: `loki.echo "console" { }
`,
})
