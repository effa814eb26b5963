import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '../../../collector-core/language/text-edit.ts'
import { lineEdits } from './line-edits.ts'
import { mergeTexts } from './merge-texts.ts'
import { linesOf } from './text-lines.ts'

const line = fc.constantFrom('a {\n', '}\n', '\n', 'x = 1\n', 'y = 2\r\n', '// é\n', 'last')
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join(''))

test('the edits between two texts lead from one to the other, and from a text to itself there are none', () => {
  fc.assert(
    fc.property(text, text, (from, to) => {
      const edits = lineEdits(from, to)
      expect(applyEdits(from, edits)).toBe(to)
      if (from === to) expect(edits).toEqual([])
    }),
  )
})

test('a line that stays is not touched by the edits', () => {
  expect(lineEdits('a\nb\nc\nd\n', 'a\nB\nc\nD\n')).toEqual([
    { span: { start: 2, end: 4 }, text: 'B\n' },
    { span: { start: 6, end: 8 }, text: 'D\n' },
  ])
})

const base = 'a = 1\nb = 2\nc = 3\nd = 4\ne = 5\n'

test('changes of different lines come together', () => {
  const merge = mergeTexts(base, base.replace('a = 1', 'a = 10'), base.replace('e = 5\n', 'e = 50\nf = 6\n'))
  expect(merge).toEqual({ kind: 'merged', text: 'a = 10\nb = 2\nc = 3\nd = 4\ne = 50\nf = 6\n' })
})

test('different changes of one line are left to a person', () => {
  expect(mergeTexts(base, base.replace('c = 3', 'c = 30'), base.replace('c = 3', 'c = 31'))).toEqual({
    kind: 'conflict',
  })
})

test('the same change on both sides is no conflict', () => {
  const both = base.replace('c = 3', 'c = 30')
  expect(mergeTexts(base, both, both)).toEqual({ kind: 'merged', text: both })
})

const edited = fc.record({
  base: fc.array(fc.nat(999), { minLength: 1, maxLength: 30 }),
  mine: fc.array(fc.record({ at: fc.nat(30), line: fc.option(fc.nat(999)) }), { maxLength: 4 }),
  theirs: fc.array(fc.record({ at: fc.nat(30), line: fc.option(fc.nat(999)) }), { maxLength: 4 }),
})

test('a merge loses no line either side wrote, and keeps every line neither side took away', () => {
  let merged = 0
  fc.assert(
    fc.property(edited, ({ base, mine, theirs }) => {
      const start = base.map((number, index) => `line ${index}: ${number}\n`)
      const change = (who: string, edits: typeof mine): string[] => {
        const lines = [...start]
        edits.forEach(({ at, line }, index) => {
          if (line === null) lines.splice(at % (lines.length + 1), 1)
          else lines.splice(at % (lines.length + 1), 0, `${who} ${index}: ${line}\n`)
        })
        return lines
      }
      const [a, b] = [change('mine', mine), change('theirs', theirs)]
      const merge = mergeTexts(start.join(''), a.join(''), b.join(''))
      if (merge.kind === 'conflict') return
      merged++
      const result = new Set(linesOf(merge.text))
      for (const line of [...a, ...b]) if (!start.includes(line)) expect(result).toContain(line)
      for (const line of start) expect(result.has(line)).toBe(a.includes(line) && b.includes(line))
    }),
  )
  expect(merged).toBeGreaterThan(20)
})

test('a megabyte with one changed line on each side is merged in time, and one rewritten on both sides is asked about', () => {
  const lines = Array.from({ length: 40_000 }, (_, index) => (index % 3 === 0 ? '}\n' : `attribute_${index} = 1\n`))
  const with_ = (at: number, line: string): string => lines.with(at, line).join('')
  const started = performance.now()
  expect(mergeTexts(lines.join(''), with_(100, 'mine\n'), with_(2_000, 'theirs\n')).kind).toBe('merged')
  expect(mergeTexts(lines.join(''), lines.map((line) => `a${line}`).join(''), 'theirs\n').kind).toBe('conflict')
  expect(performance.now() - started).toBeLessThan(3_000)
})
