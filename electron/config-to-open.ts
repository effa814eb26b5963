import { resolve } from 'node:path'

/** The config a command line names: its last argument that ends in `.alloy`, as an absolute path. */
export function configToOpen(argv: readonly string[], workingDirectory = process.cwd()): string | undefined {
  const named = argv.slice(1).findLast((argument) => argument.endsWith('.alloy') && !argument.startsWith('-'))
  return named === undefined ? undefined : resolve(workingDirectory, named)
}
