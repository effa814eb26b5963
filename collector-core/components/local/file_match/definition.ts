import { duration, targets } from '../../../schema/field.ts'
import { defineComponent } from '../../../schema/definition.ts'

export const definition = defineComponent({
  name: 'local.file_match',
  summary: 'Finds the files that match patterns such as `/var/log/**/*.log`.',
  stage: 'discover',
  arguments: {
    path_targets: targets('Targets whose `__path__` is a pattern; `__path_exclude__` leaves out what matches it.', {
      required: true,
    }),
    sync_period: duration('How often the files are looked for.', { default: 10_000 }),
    ignore_older_than: duration('Leave out files that were not changed for so long; 0 leaves out none.', {
      default: 0,
    }),
  },
  exports: {
    targets: targets('One target per file, with `__path__` set to its absolute path.', {}),
  },
  check: ({ sync_period: period }) =>
    period > 0 ? [] : [{ path: ['sync_period'], message: 'sync_period must be greater than 0' }],
  example: `local.file_match "logs" {
	path_targets = [{"__path__" = "/var/log/**/*.log", "job" = "system"}]
}
`,
})
