import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { format } from './format.ts'

const folder = new URL('./testdata/format/', import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.in'))
  .map((name) => name.slice(0, -3))

function formatted(text: string): string {
  const result = format(text)
  if (result.kind === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join('\n'))
  return result.text
}

describe('golden pairs', () => {
  test.each(names)('%s', (name) => {
    const output = formatted(readFileSync(new URL(`${name}.in`, folder), 'utf8'))
    const golden = new URL(`${name}.expect`, folder)
    if (process.env['UPDATE'] === '1' || !existsSync(golden)) {
      if (process.env['UPDATE'] !== '1') throw new Error(`${name}.expect is missing; UPDATE=1 writes it`)
      writeFileSync(golden, output)
    }
    expect(output).toBe(readFileSync(golden, 'utf8'))
    expect(formatted(output)).toBe(output)
  })
})

test('a text with errors is refused with them', () => {
  const result = format('a = [1\n]\nb = (\n')
  expect(result.kind === 'refused' && result.diagnostics.map(({ code }) => code)).toEqual([
    'missing-comma',
    'expected-value',
  ])
})

test('says whether anything changed', () => {
  expect(format('a = 1\n')).toEqual({ kind: 'formatted', text: 'a = 1\n', changed: false })
  expect(format('a=1')).toEqual({ kind: 'formatted', text: 'a = 1\n', changed: true })
})
