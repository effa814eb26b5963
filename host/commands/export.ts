import { join } from 'node:path'
import { WeirError } from '../../collector-core/weir-error.ts'
import { readConfig } from '../config-files.ts'
import { exportFormats } from '../contract/stack.ts'
import { defaultStoragePath } from '../data-directory.ts'
import { parseFlags } from '../flags.ts'
import { exportStack } from '../stack/export/export-stack.ts'
import { readSettings } from '../stack/settings.ts'
import type { Command } from './command.ts'

const help = `Writes a pipeline and its stack for machines without Weir.

Usage: weir export compose|helm|alloy DIR --config FILE

  compose   a Docker Compose project: real Alloy, Loki, Tempo, Mimir and Grafana, wired as here
  helm      values for their distributed charts, Alloy clustered
  alloy     the config alone, byte for byte, and how to start Alloy with it

DIR has to be empty or not there yet.

Flags:
  --config FILE       the pipeline
  --storage.path DIR  where the stack's settings are kept
  -h, --help          print this help
`

export const exportCommand: Command = {
  help,
  async run(args) {
    const { values, paths } = parseFlags('export', args, {
      config: { default: undefined },
      'storage.path': { default: undefined },
    })
    const [wanted, folder] = paths
    const format = exportFormats.find((name) => name === wanted)
    if (format === undefined || paths.length !== 2 || values.config === undefined) {
      throw new WeirError(
        'bad-flag',
        'weir export: a format, a folder and a config are needed',
        'Write it like "weir export compose out --config config.alloy".',
      )
    }
    const text = readConfig(values.config)
      .map((file) => file.text)
      .join('\n')
    const settings = readSettings(join(values['storage.path'] ?? defaultStoragePath(), 'stack'))
    const exported = exportStack(format, folder, text, settings)
    if (exported.kind === 'failed') {
      throw new WeirError(exported.problem.code, exported.problem.message, exported.problem.nextStep)
    }
    process.stdout.write(exported.files.map((file) => `${join(exported.folder, file)}\n`).join(''))
    return 0
  },
}
