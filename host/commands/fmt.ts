import { readFileSync } from 'node:fs'
import { catalog } from '../../collector-core/catalog.ts'
import { maskSecrets, withoutSecrets } from '../../collector-core/graph/mask-secrets.ts'
import { format } from '../../collector-core/language/format.ts'
import { renderDiagnostic } from '../../collector-core/language/render-diagnostic.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { readConfig } from '../config-files.ts'
import { writeFileAtomically } from '../project/atomic-write.ts'
import { parseFlags } from '../flags.ts'
import type { Command } from './command.ts'

const help = `Formats configuration the way Alloy does.

Usage: weir fmt [flags] [FILE…]

Without a file, or with "-", reads standard input and writes the result to standard output.

Flags:
  -w, --write   rewrite the files in place
  --check       write nothing; exit 1 and name the files that would change
  -h, --help    print this help
`

export const fmtCommand: Command = {
  help,
  async run(args) {
    const { values, paths: named } = parseFlags('fmt', args, {
      write: { default: false, short: 'w' },
      check: { default: false, short: 't' },
    })
    if (values.write && values.check) {
      throw new WeirError('bad-flag', 'weir fmt: --write and --check exclude each other', 'Use one of them.')
    }
    let code = 0
    for (const path of named.length === 0 ? ['-'] : named) code = Math.max(code, await formatOne(path, values))
    return code
  },
}

async function formatOne(path: string, flags: { write: boolean; check: boolean }): Promise<number> {
  if (path === '-' && flags.write) {
    throw new WeirError('bad-flag', 'weir fmt: standard input cannot be rewritten', 'Name a file with --write.')
  }
  const [{ file, text }] = path === '-' ? [{ file: '<stdin>', text: readFileSync(0, 'utf8') }] : readConfig(path)
  const formatted = format(text)
  if (formatted.kind === 'refused') {
    const shown = maskSecrets(text, catalog)
    for (const diagnostic of withoutSecrets(formatted.diagnostics, text, catalog)) {
      process.stderr.write(`${renderDiagnostic({ ...diagnostic, file }, shown)}\n`)
    }
    return 1
  }
  if (flags.check) {
    if (!formatted.changed) return 0
    process.stdout.write(`${file}\n`)
    return 1
  }
  if (!flags.write) process.stdout.write(formatted.text)
  else if (formatted.changed) await rewrite(file, formatted.text)
  return 0
}

async function rewrite(file: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(file, Buffer.from(text))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new WeirError(
      'cannot-write',
      `${file} cannot be written: ${reason}`,
      'It is as it was. Check its permissions.',
      {
        cause: error,
      },
    )
  }
}
