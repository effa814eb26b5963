import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { disabledBlocks } from './edit-disable.ts'
import { format } from './format.ts'
import { parse } from './parser.ts'

const sample = readFileSync(new URL('./testdata/format/grafana-lgtm-pipeline.in', import.meta.url), 'utf8')

/** Shortest of a few runs, in milliseconds. */
function time(run: () => void): number {
  let best = Infinity
  for (let round = 0; round < 3; round++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** Eight times the text may take eight times as long, with room for a noisy machine, but not the square of it. */
function expectLinear(run: (text: string) => void, piece: string, times: number): void {
  const small = piece.repeat(times)
  run(small)
  const ratio = time(() => run(piece.repeat(times * 8))) / time(() => run(small))
  expect(ratio).toBeLessThan(30)
}

describe('time grows with the text, not with its square', () => {
  test.each<[string, string, number]>([
    ['real configs', sample, 20],
    ['comments on one line', 'a /**/ /**/ ', 1500],
    ['wrong quotes', "‘ x 'y ", 1500],
    ['errors', 'a = $ ] b\n', 1500],
    ['unclosed blocks', 'a "x" {\n  b = 1\n', 1000],
    ['unclosed brackets', 'a = [1,\n', 1500],
    ['own-line comments', '// a {\n// b\n', 1500],
    ['operators', '1 + 2 * ', 1500],
    ['strings that never end', 'a = "\n', 1500],
  ])('%s', { retry: 2 }, (_, piece, times) => {
    expectLinear((text) => void parse(text), piece, times)
  })

  test('looking for switched-off blocks', { retry: 2 }, () => {
    expectLinear((text) => void disabledBlocks(parse(text)), '// a {\n// b\n// c "`d" {\n', 500)
  })

  test('formatting', { retry: 2 }, () => {
    expectLinear((text) => void format(text), sample, 8)
  })
})
