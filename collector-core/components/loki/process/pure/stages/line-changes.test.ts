import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemsOf, runStages } from './run-stages.ts'

describe('stage.output', () => {
  const run = (line: string): string =>
    runStages(
      [
        ['json', { expressions: { msg: '' } }],
        ['output', { source: 'msg' }],
      ],
      line,
    ).lines[0]
  test.each([
    ['{"msg":"hi"}', 'hi'],
    ['{"msg":12.50}', '12.5'],
    ['{"msg":null}', '{"msg":null}'],
    ['{"msg":{"a":1}}', '{"a":1}'],
    ['plain', 'plain'],
    ['{"msg":""}', ''],
  ])('%s', (line, expected) => expect(run(line)).toBe(expected))
})

describe('stage.decolorize', () => {
  test.each([
    ['\u001b[2022-11-04 22:17:57.811\u001b[0m x', '-11-04 22:17:57.811 x'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b[1;32;40mx\u001b[K', 'x'],
    ['\u009b31mred', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['plain', 'plain'],
    ['äö \u001b[0mü', 'äö ü'],
  ])('%j', (line, expected) => expect(runStages([['decolorize']], line).lines[0]).toBe(expected))
})

describe('stage.pack', () => {
  const entry = { line: 'a "line"', labels: { app: 'web', env: 'dev', x: 'y' }, time: '1000000000' }
  test('packs labels and extracted values, keys ascending, and takes the labels away', () => {
    const { out } = runStages(
      [
        ['regex', { expression: '"(?P<q>\\w+)"' }],
        ['pack', { labels: ['q', 'env', 'app', 'nope'] }],
      ],
      entry,
    )
    expect(out[0].line).toBe('{"app":"web","env":"dev","q":"line","_entry":"a \\"line\\""}')
    expect(out[0].labels).toEqual({ x: 'y' })
    expect(out[0].time).toBe('1700000000000000000')
  })
  test('keeps the time when told to', () =>
    expect(runStages([['pack', { labels: ['app'], ingest_timestamp: false }]], entry).out[0].time).toBe('1000000000'))
  test('packs the line alone when nothing is found', () =>
    expect(runStages([['pack', { labels: ['nope'] }]], entry).lines[0]).toBe('{"_entry":"a \\"line\\""}'))
})

describe('stage.structured_metadata', () => {
  const entry = {
    line: '{"trace":"t1","n":2,"z":null}',
    labels: { app: 'web', pod: 'p1' },
    metadata: { old: 'x', pod: 'before' },
  }
  const json = ['json', { expressions: { trace: '', n: '', z: '' } }] as const
  test.each<[string, Record<string, unknown>, Record<string, string>, Record<string, string>]>([
    [
      'extracted values',
      { values: { trace: '', count: 'n', z: '' } },
      { old: 'x', pod: 'before', trace: 't1', count: '2' },
      { app: 'web', pod: 'p1' },
    ],
    ['labels move', { values: { pod: '', application: 'app' } }, { old: 'x', pod: 'p1', application: 'web' }, {}],
    ['regex', { regex: '^(po|tr)' }, { old: 'x', pod: 'p1', trace: 't1' }, { app: 'web' }],
    ['nothing found', { values: { nope: '' } }, { old: 'x', pod: 'before' }, { app: 'web', pod: 'p1' }],
  ])('%s', (_, args, metadata, labels) => {
    expect(runStages([json, ['structured_metadata', args]], entry).out[0]).toMatchObject({ metadata, labels })
  })
  test('drops by name', () => {
    expect(runStages([['structured_metadata_drop', { values: ['old', 'nope'] }]], entry).out[0].metadata).toEqual({
      pod: 'before',
    })
  })
  test('refuses to do nothing', () => {
    expect(problemsOf([['structured_metadata']])[0]).toContain('set values, regex or both')
    expect(problemsOf([['structured_metadata', { values: { 'a b': '' } }]])[0]).toContain('cannot be a label name')
    expect(problemsOf([['structured_metadata_drop', { values: [] }]])).toHaveLength(1)
  })
})

describe('stage.truncate', () => {
  const run = (
    rule: Record<string, unknown>[],
    entry = { line: 'abcdefgh', labels: { app: 'abcdef', b: 'x' }, metadata: { m: 'abcdef' } },
  ) =>
    runStages(
      [
        ['json', { expressions: { long: '' } }],
        ['truncate', { rule }],
      ],
      entry,
    )
  test.each<[string, Record<string, unknown>[], Record<string, unknown>]>([
    ['line', [{ limit: 3 }], { line: 'abc', extracted: { truncated: 'line' } }],
    ['line with suffix', [{ limit: 5, suffix: '..' }], { line: 'abc..' }],
    ['short enough', [{ limit: 8 }], { line: 'abcdefgh' }],
    [
      'labels',
      [{ limit: 3, source_type: 'label' }],
      { labels: { app: 'abc', b: 'x' }, extracted: { truncated: 'label' } },
    ],
    ['one label', [{ limit: 3, source_type: 'label', sources: ['b', 'nope'] }], { labels: { app: 'abcdef' } }],
    ['metadata', [{ limit: 4, suffix: '!', source_type: 'structured_metadata' }], { metadata: { m: 'abc!' } }],
    ['several kinds', [{ limit: 3 }, { limit: 3, source_type: 'label' }], { extracted: { truncated: 'label,line' } }],
  ])('%s', (_, rule, expected) => expect(run(rule).out[0]).toMatchObject(expected))

  test('extracted values, and counts', () => {
    const entry = { line: '{"long":"abcdef"}', labels: { app: 'w', b: 'x' }, metadata: { m: '' } }
    const processed = run([{ limit: 3, source_type: 'extracted', sources: ['long', 'nope'] }], entry)
    expect(processed.out[0].extracted).toMatchObject({ long: 'abc', truncated: 'extracted' })
    expect(processed.metrics.get('loki_process_truncated_fields_total{field=extracted}')).toBe(1)
  })

  test('never cuts inside a character, never exceeds the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 2, max: 20 }),
        fc.constantFrom('', '~'),
        (line, limit, suffix) => {
          // The mark of a broken character must not be there from the start.
          fc.pre(!line.includes('\ufffd'))
          const cut = runStages([['truncate', { rule: [{ limit, suffix }] }]], line).lines[0]
          const bytes = new TextEncoder()
          if (bytes.encode(line).length <= limit - suffix.length) expect(cut).toBe(line)
          else {
            expect(bytes.encode(cut).length).toBeLessThanOrEqual(limit)
            expect(cut).not.toContain('\ufffd')
            expect(line.startsWith(cut.slice(0, cut.length - suffix.length))).toBe(true)
          }
        },
      ),
    )
  })

  test.each<[Record<string, unknown>, string]>([
    [{ limit: 0 }, 'rule.0.limit: limit has to be above 0'],
    [{ limit: 2, suffix: '..' }, 'suffix has to be shorter'],
    [{ limit: 2, sources: ['a'] }, 'sources has no meaning'],
  ])('refuses %j', (rule, reason) => expect(problemsOf([['truncate', { rule: [rule] }]])[0]).toContain(reason))
})

describe('stage.luhn', () => {
  const luhn = (line: string, args = {}): string => runStages([['luhn', args]], line).lines[0]
  test.each<[string, Record<string, unknown>, string]>([
    ['card 4032032513548443 ok', {}, 'card **REDACTED** ok'],
    ['card 4032032513548444 ok', {}, 'card 4032032513548444 ok'],
    ['4032-0325-1354-8443 ok', {}, '4032-0325-1354-8443 ok'],
    ['4032-0325-1354-8443 ok', { delimiters: '-' }, '**REDACTED** ok'],
    ['4032 0325 1354 8443 ok', { delimiters: ' -', replacement: 'X' }, 'X ok'],
    ['79927398713', { min_length: 11 }, '**REDACTED**'],
    ['79927398713', {}, '79927398713'],
    ['x4032032513548443', { replacement: '' }, 'x**REDACTED**'],
    ['id 4032032513548443 card 4032032513548443', { skip_regex: 'id \\d+' }, 'id 4032032513548443 card **REDACTED**'],
    ['99999999999999999999999', {}, '99999999999999999999999'],
    ['no digits', {}, 'no digits'],
  ])('%s %j', (line, args, expected) => expect(luhn(line, args)).toBe(expected))
  test('looks at a source, the result becomes the line', () => {
    expect(
      runStages([['luhn', { source: 'card' }]], { line: 'x', labels: { card: 'n 4032032513548443' } }).lines,
    ).toEqual(['n **REDACTED**'])
    expect(runStages([['luhn', { source: 'nope' }]], 'x').lines).toEqual(['x'])
  })
})

describe('stages for Windows events', () => {
  const json = ['json', { expressions: { message: '', Key: '' } }] as const
  const extracted = (stage: string, message: string, args = {}): Record<string, unknown> => {
    const all = runStages([json, [stage, args]], JSON.stringify({ message, Key: 'there' })).out[0].extracted
    return Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'message' && name !== 'Key'))
  }
  test('eventlogmessage reads lines', () => {
    const message = 'Title\r\nUser Name: bob \r\nKey: new\r\nPath: C:\\x\r\nno colon'
    expect(extracted('eventlogmessage', message)).toEqual({ User_Name: 'bob', Key_extracted: 'new', Path: 'C:\\x' })
    expect(extracted('eventlogmessage', message, { drop_invalid_labels: true })).toEqual({
      Key_extracted: 'new',
      Path: 'C:\\x',
    })
    const { extracted: all } = runStages(
      [json, ['eventlogmessage', { overwrite_existing: true }]],
      JSON.stringify({ message, Key: 'there' }),
    ).out[0]
    expect(all.Key).toBe('new')
  })
  test('windowsevent reads sections', () => {
    const message =
      'An account\tlogged on.\r\n\r\nSubject:\r\n\tSecurity ID: S-1\r\n\tPrivileges: A\r\n\t\tB\r\n\t\tC\r\n\r\nPlain: 1\r\nEmpty:\r\nother'
    expect(extracted('windowsevent', message)).toEqual({
      Description: 'An accountlogged on.',
      Subject_SecurityID: 'S-1',
      Subject_Privileges: 'A,B,C',
      Plain: '1',
    })
  })
  test.each(['eventlogmessage', 'windowsevent'])('%s without its source changes nothing', (stage) => {
    expect(runStages([[stage]], 'x').out[0].extracted).toEqual({})
    expect(problemsOf([[stage, { source: 'a b' }]])[0]).toContain('cannot be the name of an extracted value')
  })
})
