import { block, bool, choice, duration, receivers, string, targets } from '../../../../schema/field.ts'
import { defineComponent } from '../../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'
import { isKnownEncoding } from './pure/encoding-name.ts'

export const definition = defineComponent({
  name: 'loki.source.file',
  summary: 'Reads lines from files, through rotation and truncation.',
  stage: 'collect',
  arguments: {
    targets: targets('Files to read, each in the label `__path__`.', { required: true }),
    forward_to: receivers('logs', 'Where the lines go.', { required: true }),
    encoding: string('IANA name of the encoding of the files; UTF-8 when absent.', { default: '' }),
    tail_from_end: bool('Start files that were never read before at their end.', { default: false }),
    legacy_positions_file: string('Positions of Grafana Agent static mode.', {
      support: { level: 'ignored', reason: 'Weir does not import positions of other programs.' },
    }),
    on_positions_file_error: choice(
      ['restart_from_beginning', 'restart_from_end', 'skip'],
      'What to do when the positions cannot be read.',
      {
        default: 'restart_from_beginning',
        support: {
          level: 'ignored',
          reason: 'Damaged positions are left out one by one; those files are read from their beginning.',
        },
      },
    ),
    file_watch: block(
      {
        min_poll_frequency: duration('Pause between two looks at a file that changes.', { default: 250 }),
        max_poll_frequency: duration('Pause between two looks at a file that does not.', { default: 250 }),
      },
      'How often files are looked at.',
      { presence: 'defaulted' },
    ),
    file_match: block(
      {
        enabled: bool('Treat `__path__` as a pattern.', { default: false }),
        sync_period: duration('How often the files are looked for.', { default: 10_000 }),
        ignore_older_than: duration('Leave out files that were not changed for so long; 0 leaves out none.', {
          default: 0,
        }),
      },
      'Find files by patterns, as local.file_match does.',
      { presence: 'defaulted' },
    ),
    decompression: block(
      {
        enabled: bool('Decompress the files.', { default: false }),
        format: choice(['gz', 'z', 'bz2'], 'How the files are compressed; bz2 is refused.'),
        initial_delay: duration('Wait so long before reading a file, so that it can be completed.', { default: 0 }),
      },
      'Read compressed files.',
      { presence: 'defaulted' },
    ),
  },
  exports: {},
  check: (args) => {
    const problems: ArgumentProblem[] = []
    const { file_watch: watch, file_match: match, decompression } = args
    if (!isKnownEncoding(args.encoding)) {
      problems.push({ path: ['encoding'], message: `the encoding "${args.encoding}" is not known; use its IANA name` })
    }
    if (watch.min_poll_frequency <= 0 || watch.max_poll_frequency < watch.min_poll_frequency) {
      problems.push({ path: ['file_watch'], message: 'needs 0 < min_poll_frequency <= max_poll_frequency' })
    }
    if (match.enabled && match.sync_period <= 0) {
      problems.push({ path: ['file_match', 'sync_period'], message: 'sync_period must be greater than 0' })
    }
    if (decompression.enabled && decompression.format === undefined) {
      problems.push({ path: ['decompression', 'format'], message: 'format is required: gz or z' })
    }
    if (decompression.enabled && decompression.format === 'bz2') {
      const message = 'bz2 is not supported: decompress the files beforehand, or use gz'
      problems.push({ path: ['decompression', 'format'], message })
    }
    return problems
  },
  example: `loki.source.file "app" {
	targets    = [{"__path__" = "/var/log/app.log", "job" = "app"}]
	forward_to = []
}
`,
})
