import { ChangeSet, Text } from '@codemirror/state'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineEnds } from './line-ends.ts'

const pieces = fc.array(fc.constantFrom('\r\n', '\n', '\r', 'a', '\r\n', 'b = 1', '}'), { maxLength: 20 })
const texts = pieces.map((parts) => parts.join(''))

const docOf = (text: string): Text => Text.of(text.split('\n'))
const applied = (text: string, changes: ChangeSet): string => changes.apply(docOf(text)).toString()

test('a place that is shown leads back to itself', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const ends = new LineEnds(text)
      for (let at = 0; at <= ends.shownText.length; at++) expect(ends.shown(ends.real(at))).toBe(at)
    }),
  )
})

test('what is typed into the shown text arrives in the document, and only there', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), fc.constantFrom('', 'x', '\n', 'y\nz'), (text, a, b, insert) => {
      const ends = new LineEnds(text)
      const { length } = ends.shownText
      const [from, to] = [a % (length + 1), b % (length + 1)].sort((x, y) => x - y)
      const shown = ChangeSet.of({ from, to, insert }, length, '\n')
      const real = ChangeSet.of(ends.realChanges(shown), text.length, '\n')
      const next = applied(text, real)
      const at = ends.real(from)
      expect(next.slice(0, at)).toBe(text.slice(0, at))
      expect(next.endsWith(text.slice(ends.real(to)))).toBe(true)
      if (!next.slice(0, at).endsWith('\r') && !text.includes('\r\r'))
        expect(new LineEnds(next).shownText).toBe(applied(ends.shownText, shown))
    }),
  )
})

test('a change of the document shows as if the new text had been opened', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), texts, (text, a, b, insert) => {
      const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
      const changes = ChangeSet.of({ from, to, insert }, text.length, '\n')
      const [before, after] = [new LineEnds(text), new LineEnds(applied(text, changes))]
      expect(applied(before.shownText, before.shownChanges(changes, after))).toBe(after.shownText)
    }),
  )
})

test('a new line in a file with CRLF gets CRLF, and one character changes one line', () => {
  const text = 'a {\r\n\tb = 1\r\n}\r\n'
  const ends = new LineEnds(text)
  const typed = ChangeSet.of(
    { from: ends.shownText.indexOf('1') + 1, insert: '\n\tc = 2' },
    ends.shownText.length,
    '\n',
  )
  expect(applied(text, ChangeSet.of(ends.realChanges(typed), text.length, '\n'))).toBe(
    'a {\r\n\tb = 1\r\n\tc = 2\r\n}\r\n',
  )
})
