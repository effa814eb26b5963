import type { AlloyStatement, AlloyValue } from '../../../../collector-core/http-api/contract.ts'

/** One line of Alloy text, cut where its parts get different colours. */
export interface AlloyLine {
  readonly depth: number
  readonly name: string
  readonly text: string
}

const mostEntries = 50

/** Statements as Alloy text; secrets are as the collector masked them, long lists are cut with a word. */
export function alloyLines(statements: readonly AlloyStatement[], depth = 0): AlloyLine[] {
  return statements.flatMap((statement) => {
    const { name } = statement
    if (statement.type === 'attr') return valueLines(statement.value, depth, name, ' = ', '')
    const label = statement.label === undefined ? '' : ` ${JSON.stringify(statement.label)}`
    if (statement.body.length === 0) return [{ depth, name: `${name}${label}`, text: ' {}' }]
    return [
      { depth, name: `${name}${label}`, text: ' {' },
      ...alloyLines(statement.body, depth + 1),
      { depth, name: '', text: '}' },
    ]
  })
}

function valueLines(value: AlloyValue, depth: number, name: string, join: string, end: string): AlloyLine[] {
  const flat = plainText(value)
  if (flat !== undefined) return [{ depth, name, text: `${join}${flat}${end}` }]
  const [open, close] = value.type === 'array' ? ['[', ']'] : ['{', '}']
  const entries: readonly { readonly key: string; readonly value: AlloyValue }[] =
    value.type === 'array'
      ? (value.value as readonly AlloyValue[]).map((item) => ({ key: '', value: item }))
      : (value.value as readonly { key: string; value: AlloyValue }[])
  const shown = entries.slice(0, mostEntries)
  const left = entries.length - shown.length
  return [
    { depth, name, text: `${join}${open}` },
    ...shown.flatMap((entry) => valueLines(entry.value, depth + 1, entry.key, entry.key === '' ? '' : ' = ', ',')),
    ...(left > 0 ? [{ depth: depth + 1, name: '', text: `… and ${left} more` }] : []),
    { depth, name: '', text: `${close}${end}` },
  ]
}

/** The value on one line; undefined when it needs several. */
function plainText({ type, value }: AlloyValue): string | undefined {
  if (type === 'string') return JSON.stringify(value)
  if (type === 'array') {
    const items = (value as readonly AlloyValue[]).map((item) => (item.type === 'array' ? undefined : plainText(item)))
    const line = items.includes(undefined) ? undefined : `[${items.join(', ')}]`
    return line !== undefined && line.length <= 40 ? line : undefined
  }
  if (type === 'object') return (value as readonly unknown[]).length === 0 ? '{}' : undefined
  return String(value)
}
