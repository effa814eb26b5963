// The `weir` command: picks the subcommand, prints what went wrong, sets the exit code.
import { WeirError } from '../collector-core/weir-error.ts'
import type { Command } from './commands/command.ts'
import { version } from './version.ts'

/** A command by its name. Only the one that is asked for is loaded: a collector carries nothing of the others in memory. */
interface CommandEntry {
  readonly name: string
  readonly alias?: string
  /** Undefined for one that Weir itself starts: it is not listed. */
  readonly summary?: string
  readonly load: () => Promise<Command>
}

const commands: readonly CommandEntry[] = [
  { name: 'ui', summary: 'open Weir in a browser', load: async () => (await import('./commands/ui.ts')).uiCommand },
  { name: 'run', summary: 'run a configuration', load: async () => (await import('./commands/run.ts')).runCommand },
  {
    name: 'check',
    alias: 'validate',
    summary: 'report everything that is wrong with configuration files',
    load: async () => (await import('./commands/check.ts')).checkCommand,
  },
  {
    name: 'fmt',
    alias: 'format',
    summary: 'format configuration files',
    load: async () => (await import('./commands/fmt.ts')).fmtCommand,
  },
  {
    name: 'stack',
    summary: 'run Loki, Tempo, Mimir and Grafana on this machine',
    load: async () => (await import('./commands/stack.ts')).stackCommand,
  },
  {
    name: 'doctor',
    summary: 'find out why a signal does not show',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  {
    name: 'export',
    summary: 'write a pipeline and its stack for Compose, Helm or Alloy',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'backend',
    summary: 'keep and answer logs, metrics and traces without Docker',
    load: async () => (await import('./commands/backend.ts')).backendCommand,
  },
  { name: 'collector', load: async () => (await import('./commands/collector.ts')).collectorCommand },
]

const usage = `Weir runs, checks and formats Grafana Alloy configuration.

Usage: weir <command> [flags] [paths]

Commands:
${commands.flatMap(({ name, summary }) => (summary === undefined ? [] : [`  ${name.padEnd(8)} ${summary}`])).join('\n')}

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
  const entry = commands.find((candidate) => candidate.name === name || candidate.alias === name)
  if (entry === undefined) {
    process.stderr.write(`weir: there is no command "${name}"\n\n${usage}`)
    return 1
  }
  const command = await entry.load()
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
