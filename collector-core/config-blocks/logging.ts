import { defineConfigBlock } from '../schema/definition.ts'
import { choice, receivers } from '../schema/field.ts'

export const logging = defineConfigBlock({
  name: 'logging',
  summary: 'Sets the level and format of the log Weir writes about itself.',
  arguments: {
    level: choice(['debug', 'info', 'warn', 'error'], 'The least severe lines to write.', { default: 'info' }),
    format: choice(['logfmt', 'json'], 'How a line is written.', { default: 'logfmt' }),
    destination: choice(['stderr', 'windows_event_log'], 'Where lines go.', { default: 'stderr' }),
    write_to: receivers('logs', 'Receivers that get every line as a log entry too.'),
  },
  check: ({ destination }) =>
    destination === 'stderr'
      ? []
      : [
          {
            path: ['destination'],
            message: 'Weir writes its log to stderr only: remove the attribute or set "stderr"',
          },
        ],
  example: `logging {
	level  = "debug"
	format = "json"
}
`,
})
