import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { WeirError } from '../collector-core/weir-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Parses a command's flags and the paths behind them; an unknown flag is a `WeirError` that names the command's help. */
export function parseFlags<const O extends Options>(command: string, args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new WeirError(
      'bad-flag',
      `weir ${command}: ${message}`,
      `Run "weir ${command} --help" for the flags it takes.`,
    )
  }
}
