import { describe, expect, test } from 'vitest'
import { LineIndex } from './position.ts'

describe('LineIndex', () => {
  test.each<[string, number, number, number]>([
    ['', 0, 1, 1],
    ['ab\ncd', 0, 1, 1],
    ['ab\ncd', 2, 1, 3],
    ['ab\ncd', 3, 2, 1],
    ['ab\ncd', 99, 2, 3],
    ['ab\r\ncd', 4, 2, 1],
    ['é=1', 1, 1, 3],
    ['값=1', 1, 1, 4],
    ['😀=1', 2, 1, 5],
    ['a\n', 2, 2, 1],
  ])('%j at %i is %i:%i', (text, offset, line, column) => {
    expect(new LineIndex(text).position(offset)).toEqual({ line, column })
  })

  test('gives lines without their newlines', () => {
    const lines = new LineIndex('a\r\n\nb')
    expect([1, 2, 3].map((line) => lines.lineText(line))).toEqual(['a', '', 'b'])
    expect(lines.lineCount).toBe(3)
  })
})
