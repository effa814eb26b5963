import { catalog } from '../../collector-core/catalog.ts'
import { checkConfig } from '../../collector-core/graph/check.ts'
import { maskSecrets } from '../../collector-core/graph/mask-secrets.ts'
import { hasErrors } from '../../collector-core/language/diagnostic.ts'
import type { Diagnostic } from '../../collector-core/language/diagnostic.ts'
import { LineIndex } from '../../collector-core/language/position.ts'
import { renderDiagnostic } from '../../collector-core/language/render-diagnostic.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { readConfig } from '../config-files.ts'
import type { ConfigFile } from '../config-files.ts'
import { parseFlags } from '../flags.ts'
import { systemFacts } from '../system-facts.ts'
import type { Command } from './command.ts'

const help = `Checks configuration without running it.

Usage: weir check [flags] FILE…

A directory stands for all *.alloy files directly inside it, taken as one configuration.
Exits 1 when there is an error; warnings do not count.

Flags:
  --json        print the diagnostics as a JSON array
  -h, --help    print this help
`

export const checkCommand: Command = {
  help,
  async run(args) {
    const { values, paths } = parseFlags('check', args, { json: { default: false } })
    if (paths.length === 0) {
      throw new WeirError(
        'no-config',
        'weir check: no configuration named',
        'Name a file, as in "weir check config.alloy".',
      )
    }
    const located: { diagnostic: Diagnostic; source: ConfigFile }[] = []
    for (const path of paths) {
      const sources = readConfig(path)
      for (const diagnostic of checkConfig(sources, catalog, systemFacts()).diagnostics) {
        located.push({ diagnostic, source: sources.find(({ file }) => file === diagnostic.file) ?? sources[0] })
      }
    }
    const diagnostics = located.map(({ diagnostic }) => diagnostic)
    if (values.json) process.stdout.write(`${JSON.stringify(located.map(asJson), undefined, 2)}\n`)
    else {
      for (const { diagnostic, source } of located) {
        process.stderr.write(`${renderDiagnostic(diagnostic, maskSecrets(source.text, catalog))}\n\n`)
      }
      process.stderr.write(`${paths.join(', ')}: ${summaryOf(diagnostics)}\n`)
    }
    return hasErrors(diagnostics) ? 1 : 0
  },
}

function summaryOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`
  if (diagnostics.length === 0) return 'no problems'
  return [...(errors > 0 ? [count(errors, 'error')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])].join(
    ', ',
  )
}

function asJson({ diagnostic, source }: { diagnostic: Diagnostic; source: ConfigFile }): unknown {
  const lines = new LineIndex(source.text)
  const { severity, code, message, span, suggestion } = diagnostic
  return {
    file: source.file,
    severity,
    code,
    message,
    start: lines.position(span.start),
    end: lines.position(span.end),
    ...(suggestion && { suggestion: suggestion.text }),
  }
}
