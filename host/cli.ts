// The `weir` command: picks the subcommand, prints what went wrong, sets the exit code.
import { WeirError } from '../collector-core/weir-error.ts'
import { backendCommand } from './commands/backend.ts'
import { checkCommand } from './commands/check.ts'
import { collectorCommand } from './commands/collector.ts'
import type { Command } from './commands/command.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exportCommand } from './commands/export.ts'
import { fmtCommand } from './commands/fmt.ts'
import { runCommand } from './commands/run.ts'
import { stackCommand } from './commands/stack.ts'
import { uiCommand } from './commands/ui.ts'
import { version } from './version.ts'

const commands: readonly Command[] = [
  uiCommand,
  runCommand,
  checkCommand,
  fmtCommand,
  stackCommand,
  doctorCommand,
  exportCommand,
  backendCommand,
  collectorCommand,
]

const usage = `Weir runs, checks and formats Grafana Alloy configuration.

Usage: weir <command> [flags] [paths]

Commands:
${commands
  .filter(({ hidden }) => !hidden)
  .map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n')}

Run "weir <command> --help" for the flags of a command.
`

async function main(args: readonly string[]): Promise<number> {
  const name = args.at(0)
  const rest = args.slice(1)
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage)
    return name === undefined ? 1 : 0
  }
  if (name === '--version' || name === 'version') {
    process.stdout.write(`weir ${version}\n`)
    return 0
  }
  const command = commands.find((candidate) => candidate.name === name || candidate.alias === name)
  if (command === undefined) {
    process.stderr.write(`weir: there is no command "${name}"\n\n${usage}`)
    return 1
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help)
    return 0
  }
  return command.run(rest)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof WeirError)) throw error
  process.stderr.write(`weir: ${error.message}\n${error.nextStep}\n`)
  process.exitCode = 1
}
