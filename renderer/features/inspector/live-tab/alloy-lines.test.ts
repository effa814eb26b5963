import { expect, test } from 'vitest'
import type { AlloyStatement, AlloyValue } from '../../../../collector-core/http-api/contract.ts'
import { alloyLines } from './alloy-lines.ts'

const text = (statements: readonly AlloyStatement[]): string =>
  alloyLines(statements)
    .map(({ depth, name, text }) => `${'  '.repeat(depth)}${name}${text}`)
    .join('\n')
const string = (value: string): AlloyValue => ({ type: 'string', value })

test('arguments read as the config they come from, secrets masked', () => {
  expect(
    text([
      { name: 'scrape_interval', type: 'attr', value: string('5s') },
      {
        name: 'targets',
        type: 'attr',
        value: {
          type: 'array',
          value: [{ type: 'object', value: [{ key: '__address__', value: string('a:1') }] }],
        },
      },
      {
        name: 'basic_auth',
        type: 'block',
        body: [{ name: 'password', type: 'attr', value: { type: 'capsule', value: '(secret)' } }],
      },
      { name: 'tls_config', type: 'block', body: [] },
    ]),
  ).toBe(`scrape_interval = "5s"
targets = [
  {
    __address__ = "a:1",
  },
]
basic_auth {
  password = (secret)
}
tls_config {}`)
})

test('a short list stays on its line and a long one says how much it leaves out', () => {
  const list = (length: number): AlloyStatement[] => [
    {
      name: 'list',
      type: 'attr',
      value: { type: 'array', value: Array.from({ length }, (_, index) => string(`value ${index}`)) },
    },
  ]
  expect(text(list(2))).toBe('list = ["value 0", "value 1"]')
  expect(text(list(80)).split('\n').at(-2)).toBe('  … and 30 more')
})
