import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileRegex } from '../regex.ts'
import { regexLiterals } from './regex-literals.ts'

test.each([
  ['error', ['error'], ['error']],
  ['.*error.*', ['error'], ['error']],
  ['level=(debug|trace)', ['level=debug', 'level=trace'], ['level=debug', 'level=trace']],
  ['ERROR|WARN', ['ERROR', 'WARN'], ['ERROR', 'WARN']],
  ['[Ee]rror', ['Error', 'error'], ['Error', 'error']],
  ['colou?r!', ['colour!', 'color!'], ['colour!', 'color!']],
  ['status=5\\d\\d', undefined, ['status=5']],
  ['^GET /health', undefined, ['GET /health']],
  ['a\\.b', ['a.b'], ['a.b']],
  ['\\Qa.b\\E', ['a.b'], ['a.b']],
  ['(?i)error', undefined, undefined],
  ['a*', [''], undefined],
  ['x|.', undefined, undefined],
  ['(?:ab)+c', undefined, ['ab']],
  ['foo.*longer.*x', undefined, ['longer']],
])('%s', (pattern, exact, required) => expect(regexLiterals(pattern)).toEqual({ exact, required }))

const piece = fc.constantFrom(
  'a',
  'b',
  'ab',
  '.',
  'a*',
  'b?',
  '[ab]',
  '[^a]',
  '(a|b)',
  '(?:ab|)',
  'b+',
  'a{2}',
  '\\.',
  '\\d',
  '^',
  '$',
  '\\b',
  '|',
  '(b.)*',
  'a??',
  '\\Qa.\\E',
)
const input = fc.string({ unit: fc.constantFrom('a', 'b', '.', '1', '\n'), maxLength: 12 })

test('never contradicts the real search', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.array(input, { minLength: 5, maxLength: 20 }),
      (pieces, inputs) => {
        const pattern = pieces.join('')
        const { regex } = compileRegex(pattern, { anchored: false })
        fc.pre(regex !== undefined)
        const { exact, required } = regexLiterals(pattern)
        for (const text of inputs) {
          const matches = regex.test(text)
          const has = (texts: readonly string[]): boolean => texts.some((wanted) => text.includes(wanted))
          if (exact !== undefined) expect([pattern, text, has(exact)]).toEqual([pattern, text, matches])
          if (matches && required !== undefined) expect([pattern, text, has(required)]).toEqual([pattern, text, true])
        }
      },
    ),
    { numRuns: 3000 },
  )
})
