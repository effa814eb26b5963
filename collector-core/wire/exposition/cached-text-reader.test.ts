import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CachedTextReader } from './cached-text-reader.ts'
import { plainResult, seriesAsText } from './testing/plain-exposition.ts'
import { parseTextExposition } from './text-exposition.ts'
import type { TextFormat } from './text-exposition.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text)

/** Reads `bodies` with one reader and expects of each what the full parser says of it. */
function expectAgreement(format: TextFormat, bodies: readonly Uint8Array[]): void {
  const reader = new CachedTextReader(format, seriesAsText)
  for (const body of bodies) {
    const expected = parseTextExposition(body, format, seriesAsText)
    expect(plainResult(reader.read(body))).toEqual(plainResult(expected))
    outcomes[expected.ok ? 'read' : 'refused']++
  }
}
const outcomes = { read: 0, refused: 0 }

/** Both valid and invalid bodies must have been compared, or the properties say nothing. */
function expectBothKinds(): void {
  expect(outcomes.read).toBeGreaterThan(300)
  expect(outcomes.refused).toBeGreaterThan(300)
  outcomes.read = outcomes.refused = 0
}

const odd = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const name = odd('a', 'ab', 'a_bucket', 'http_requests_total', 'inf', 'x:y', 'a1', 'a_count')
const labelValue = fc.oneof(
  odd('', '1', '0.5', '+Inf', 'x', 'a b', '}', '{', ',', '# {', '\\\\', '\\"', '\\n', 'é', '\t', 'x\\', '\u0000'),
  fc.string({ maxLength: 6 }).map((text) => text.replace(/["\\\n]/g, '')),
)
const label = fc
  .tuple(odd('le', 'quantile', 'pod', '"my.label"'), labelValue)
  .map(([key, value]) => `${key}="${value}"`)
const labels = fc.array(label, { maxLength: 3 }).map((list) => (list.length === 0 ? '' : `{${list.join(',')}}`))
const value = fc.oneof(
  fc.integer().map(String),
  fc.double().map(String),
  odd(
    'NaN',
    '+Inf',
    '-Inf',
    'inf',
    '-0',
    '1e5',
    '1.5E-7',
    '5.',
    '.5',
    '+3',
    '0x1p3',
    '1_0',
    '',
    '1e999',
    '12345678901234567890',
  ),
)
const series = fc.tuple(name, labels).map(([n, l]) => n + l)

const classicRecord = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(series, odd(' ', ' ', ' ', '  ', '\t', ''), value).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc.tuple(series, value, odd('1000', '1', '-5', '9999999999999')).map((parts) => parts.join(' ')),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(name, odd('histogram', 'summary', 'counter', 'nonsense', 'untyped'))
      .map(([n, t]) => `# TYPE ${n} ${t}`),
  },
  odd(
    '# HELP a text',
    '# HELP a',
    '#',
    '# comment',
    '',
    ' ',
    '\ta 1',
    '{"q.name",le="1"} 2',
    'a{le="1" ,pod="2"} 3',
    'a 1\r',
    '# HELP a "x',
  ),
)
const metricsRecord = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(series, value).map((parts) => parts.join(' ')) },
  {
    weight: 2,
    arbitrary: fc.tuple(series, value, odd('1000', '1.5', '-5', '1e3', 'NaN')).map((parts) => parts.join(' ')),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(series, value, labels, value).map(([s, v, e, x]) => `${s} ${v} # ${e === '' ? '{}' : e} ${x}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(series, odd('1 5 # {a="b"} 2 3', '1 # {a="b"} 2 3.25', '1 # {"q"="b\\n"} 2'))
      .map((parts) => parts.join(' ')),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(name, odd('histogram', 'summary', 'gaugehistogram', 'nonsense'))
      .map(([n, t]) => `# TYPE ${n} ${t}`),
  },
  odd('# HELP a text', '# UNIT a_seconds seconds', '# UNIT a seconds', '', 'a  1', '# EOF', 'a 1\r'),
)

/** A first answer and changed ones: records dropped, repeated, inserted, moved, and values changed. */
const history = (record: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.array(record, { maxLength: 12 }),
      fc.array(fc.tuple(odd('keep', 'drop', 'insert', 'swap', 'double', 'value'), fc.nat(), record), { maxLength: 8 }),
    )
    .map(([first, edits]) => {
      const answers = [first, first]
      for (const [edit, place, other] of edits) {
        const lines = [...answers[answers.length - 1]]
        const at = lines.length === 0 ? 0 : place % lines.length
        if (edit === 'drop') lines.splice(at, 1)
        else if (edit === 'insert') lines.splice(at, 0, other)
        else if (edit === 'swap') lines.push(...lines.splice(at, 1))
        else if (edit === 'double' && lines.length > 0) lines.splice(at, 0, lines[at])
        else if (edit === 'value' && lines.length > 0) lines[at] = lines[at].replace(/ [\d.]+$/, ` ${place % 1000}.5`)
        answers.push(lines)
      }
      return answers
    })

describe('the cached reader agrees with the full parser', () => {
  it('on changing classic text', () => {
    fc.assert(
      fc.property(history(classicRecord), odd('\n', '\n', ''), (answers, last) => {
        expectAgreement(
          'text',
          answers.map((lines) => bytes(lines.join('\n') + last)),
        )
      }),
      { numRuns: 500 },
    )
    expectBothKinds()
  })

  it('on changing OpenMetrics text', () => {
    fc.assert(
      fc.property(
        history(metricsRecord),
        odd('\n# EOF\n', '\n# EOF\n', '\n# EOF', '\n', '\n# EOF\n\n'),
        (answers, last) => {
          expectAgreement(
            'openmetrics',
            answers.map((lines) => bytes(lines.join('\n') + last)),
          )
        },
      ),
      { numRuns: 500 },
    )
    expectBothKinds()
  })

  it('on valid pages whose bytes are damaged anywhere', () => {
    const page =
      '# HELP a t\n# TYPE a histogram\na_bucket{le="1"} 2 # {t="x"} 1 5\na_sum 3.25\nb{x="y\\n"} 1e3 77\n# EOF\n'
    const damage = fc.array(fc.tuple(fc.nat(page.length - 1), odd(...Array.from('\n \t"{}\\#,=1aé\r\u0000'))), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(odd<TextFormat>('text', 'openmetrics'), fc.array(damage, { maxLength: 4 }), (format, damages) => {
        const bodies = damages.map((list) => {
          const body = Uint8Array.from(bytes(page))
          for (const [at, character] of list) body[at] = character.charCodeAt(0)
          return body
        })
        expectAgreement(format, [bytes(page), ...bodies, bytes(page)])
      }),
      { numRuns: 1000 },
    )
    expectBothKinds()
  })

  it('on any bytes at all, without crashing', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 3 }), (bodies) => {
        expectAgreement('text', bodies)
        expectAgreement('openmetrics', bodies)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['a head without a blank after it that begins a longer one', ['foo+5\n', 'fooinf 7\n', 'foo5 3\n']],
    ['a name that turns out to have labels after a blank', ['foo 1\n', 'foo {a="b"} 2\n', 'foo 1\n']],
    ['a comment without newline that begins a longer one', ['a 1\n# x', '# x 1\na 1\n', 'a 1\n# x']],
    ['the same series under another type', ['# TYPE a histogram\na{le="1"} 1\n', '# TYPE a gauge\na{le="1"} 1\n']],
    ['windows line ends', ['a 1\r\n', 'a 1\n', '# TYPE a counter\r\n']],
  ])('%s', (_, bodies) => {
    expectAgreement('text', bodies.map(bytes))
  })
})

describe('in steady state', () => {
  const page = (values: readonly number[]): Uint8Array =>
    bytes(`# TYPE a counter\na{x="1"} ${values[0]}\na{x="2"} ${values[1]}\n# EOF\n`)

  it('hands out the same series array and asks for no series again', () => {
    let made = 0
    const reader = new CachedTextReader('openmetrics', {
      series: (name, labels) => {
        made++
        return `${name}${labels.join()}`
      },
    })
    const first = reader.read(page([1, 2]))
    const second = reader.read(page([3, 4]))
    if (!first.ok || !second.ok) throw new Error('the page is valid')
    expect(second.exposition.series).toBe(first.exposition.series)
    expect([...second.exposition.values.subarray(0, 2)]).toEqual([3, 4])
    expect(made).toBe(2)
    const failed = reader.read(bytes('a{x="1"} 1\nnonsense\n'))
    const third = reader.read(page([5, 6]))
    expect(failed.ok).toBe(false)
    expect(third.ok && third.exposition.series).toBe(first.exposition.series)
  })

  it('reports a family when its line is new, not while it stays', () => {
    let seen: string[] = []
    const reader = new CachedTextReader('text', {
      series: (name) => name,
      metadata: (field, family, text) => void seen.push(`${field} ${family} ${text}`),
    })
    reader.read(bytes('# HELP a old\n# TYPE a untyped\na 1\n'))
    expect(seen).toEqual(['help a old', 'type a unknown'])
    seen = []
    reader.read(bytes('# HELP a old\n# TYPE a untyped\na 2\n'))
    expect(seen).toEqual([])
    reader.read(bytes('# HELP a new\\nline\n# TYPE a untyped\na 2\n'))
    expect(seen).toContain('help a new\nline')
  })

  it('forgets series that are gone', () => {
    const reader = new CachedTextReader('text', seriesAsText)
    for (let round = 0; round < 50; round++) {
      const lines = Array.from({ length: 200 }, (_, i) => `a{x="${round}-${i}"} 1\n`)
      expect(reader.read(bytes(lines.join(''))).ok).toBe(true)
      expect(reader.size).toBeLessThan(2000)
    }
    const talkative = new CachedTextReader('text', seriesAsText)
    for (let round = 0; round < 20; round++) {
      expect(talkative.read(bytes(`# HELP a ${round}${'x'.repeat(100_000)}\na 1\n`)).ok).toBe(true)
      expect(talkative.size).toBeLessThan(10)
    }
  })
})
