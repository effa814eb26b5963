import { parseFlags } from '../flags.ts'
import { examineStack } from '../stack/doctor/examine-stack.ts'
import type { DoctorReport } from '../contract/stack.ts'
import type { Command } from './command.ts'
import { openStack } from './stack.ts'
import { table } from './stack/print-state.ts'

const help = `Finds out why a signal does not show: walks from the receiver to Grafana and names the first broken hop.

Usage: weir doctor [flags] [SERVICE]

Without a service, a test trace, log line and exemplar are sent and followed. With one, the backends are asked what they
stored of it in the last hour. Exits 1 when a hop is broken.

Flags:
  --collector ADDR    the running pipeline (127.0.0.1:12345)
  --json              print the report as JSON
  --storage.path DIR  where the stack's settings are kept
  -h, --help          print this help
`

export const doctorCommand: Command = {
  help,
  async run(args) {
    const { values, paths } = parseFlags('doctor', args, {
      collector: { default: '127.0.0.1:12345' },
      json: { default: false },
      'storage.path': { default: undefined },
    })
    const stack = await openStack({ storagePath: values['storage.path'], config: undefined })
    try {
      const report = await examineStack(stack, values.collector, paths.at(0))
      process.stdout.write(`${values.json ? JSON.stringify(report, undefined, 2) : reportText(report)}\n`)
      return report.broken === undefined ? 0 : 1
    } finally {
      await stack.close()
    }
  },
}

function reportText({ hops, broken }: DoctorReport): string {
  const marks = { ok: '✓', broken: '✗', unknown: '?', skipped: '–' } as const
  const rows = table(hops.map(({ name, state, words }) => [`${marks[state]} ${name}`, words]))
  if (broken === undefined) return [...rows, 'Nothing is broken on this way.'].join('\n')
  return [...rows, `\nFirst broken: ${broken.name}. ${broken.fix ?? ''}`.trimEnd()].join('\n')
}
