import { compileRegex } from '../../../../../signal/regex.ts'
import type { Regex } from '../../../../../signal/regex.ts'
import type { FunctionTable } from './template-function.ts'
import { TemplateError } from './template-value.ts'
import type { TemplateValue } from './template-value.ts'

function patternOf(text: TemplateValue): Regex {
  const { regex, error } = compileRegex(text as string, { anchored: false })
  if (regex === undefined) throw new TemplateError(error)
  return regex
}

function literally(regex: Regex, text: string, replacement: string): string {
  return regex.replaceAll(text, replacement.replaceAll('$', '$$$$'))
}

function split(regex: Regex, text: string, count: number): string[] {
  if (count === 0) return []
  const pieces: string[] = []
  let from = 0
  for (const { starts, ends } of regex.execAll(text)) {
    if (count > 0 && pieces.length === count - 1) break
    if (ends[0] === 0) continue
    pieces.push(text.slice(from, starts[0]))
    from = ends[0]
  }
  return [...pieces, text.slice(from)]
}

const replaceAll = {
  takes: ['string', 'string', 'string'],
  call: ([pattern, text, replacement]: readonly TemplateValue[]) =>
    patternOf(pattern).replaceAll(text as string, replacement as string),
} as const
const replaceLiterally = {
  takes: ['string', 'string', 'string'],
  call: ([pattern, text, replacement]: readonly TemplateValue[]) =>
    literally(patternOf(pattern), text as string, replacement as string),
} as const

/** Functions whose first argument is an RE2 pattern. */
export const patternFunctions: FunctionTable = {
  regexReplaceAll: replaceAll,
  mustRegexReplaceAll: replaceAll,
  regexReplaceAllLiteral: replaceLiterally,
  mustRegexReplaceAllLiteral: replaceLiterally,
  regexMatch: { takes: ['string', 'string'], call: ([pattern, text]) => patternOf(pattern).test(text as string) },
  regexFind: {
    takes: ['string', 'string'],
    call: ([pattern, text]) => patternOf(pattern).exec(text as string)?.groups[0] ?? '',
  },
  regexFindAll: {
    takes: ['string', 'string', 'int'],
    call([pattern, text, count]) {
      const found = patternOf(pattern)
        .execAll(text as string)
        .map(({ groups }) => groups[0])
      return (count as number) < 0 ? found : found.slice(0, count as number)
    },
  },
  regexSplit: {
    takes: ['string', 'string', 'int'],
    call: ([pattern, text, count]) => split(patternOf(pattern), text as string, count as number),
  },
  regexQuoteMeta: { takes: ['string'], call: ([text]) => (text as string).replace(/[\\.+*?()|[\]{}^$]/g, '\\$&') },
}

/** What is wrong with a pattern known when the template is parsed, if anything. */
export function patternProblem(name: string, pattern: string): string | undefined {
  return name === 'regexQuoteMeta' ? undefined : compileRegex(pattern, { anchored: false }).error
}
