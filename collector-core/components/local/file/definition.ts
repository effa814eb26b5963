import { bool, choice, duration, optionalSecret, string } from '../../../schema/field.ts'
import { defineComponent } from '../../../schema/definition.ts'

export const definition = defineComponent({
  name: 'local.file',
  summary: 'Makes the content of a file available to other components.',
  stage: 'support',
  arguments: {
    filename: string('The file.', { required: true }),
    detector: choice(['fsnotify', 'poll'], 'How changes are noticed; fsnotify also polls.', { default: 'fsnotify' }),
    poll_frequency: duration('How often the file is read at least.', { default: 60_000 }),
    is_secret: bool('Whether the content is secret.', { default: false }),
  },
  exports: {
    content: optionalSecret('The content of the file.'),
  },
  check: ({ poll_frequency: frequency }) =>
    frequency > 0 ? [] : [{ path: ['poll_frequency'], message: 'poll_frequency must be greater than 0' }],
  example: `local.file "token" {
	filename  = "/etc/hostname"
	is_secret = true
}
`,
})
