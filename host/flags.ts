import { parseArgs } from 'node:util'
import { WeirError } from '../collector-core/weir-error.ts'

/** The flags a command takes: the value a flag has when it is not given says whether it is a switch or takes text. */
export type FlagTable = Readonly<
  Record<string, { readonly default: boolean | string | undefined; readonly short?: string }>
>

/** Flag values by name, and the words that are no flags. */
export interface Flags<T extends FlagTable> {
  readonly values: {
    readonly [K in keyof T]: T[K]['default'] extends boolean ? boolean : string | (T[K]['default'] & undefined)
  }
  readonly paths: readonly string[]
}

/** Parses a command's flags; an unknown flag or a missing value is a `WeirError` that names the command's help. */
export function parseFlags<const T extends FlagTable>(command: string, args: readonly string[], table: T): Flags<T> {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { default: value, short }]) => [
      name,
      {
        type: typeof value === 'boolean' ? ('boolean' as const) : ('string' as const),
        ...(value !== undefined && { default: value }),
        ...(short !== undefined && { short }),
      },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: values as Flags<T>['values'], paths: positionals }
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new WeirError(
      'bad-flag',
      `weir ${command}: ${message}`,
      `Run "weir ${command} --help" for the flags it takes.`,
    )
  }
}
