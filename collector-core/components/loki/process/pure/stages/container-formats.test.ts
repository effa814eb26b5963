import { describe, expect, test } from 'vitest'
import { problemsOf, runStages, StageRun } from './run-stages.ts'

describe('stage.docker', () => {
  test('reads line, stream and time', () => {
    const { out } = runStages(
      [['docker']],
      '{"log":"hello\\n","stream":"stderr","time":"1970-01-01T00:00:01.5Z","attrs":{}}',
    )
    expect(out[0]).toEqual({
      line: 'hello\n',
      labels: { stream: 'stderr' },
      time: '1500000000',
      metadata: {},
      extracted: { output: 'hello\n', stream: 'stderr', timestamp: '1970-01-01T00:00:01.5Z' },
    })
  })
  test.each(['plain', '{"stream":"stdout"}', '{"log":1}', '{"log":"x"', '[1]', '{"log":"x","stream":1}'])(
    '%s passes unchanged',
    (line) => {
      const { out } = runStages([['docker']], { line, time: '7000000000' })
      expect(out[0]).toMatchObject({ line, labels: {}, time: '7000000000' })
    },
  )
  test('a bad time keeps the time', () =>
    expect(
      runStages([['docker']], { line: '{"log":"x","stream":"stdout","time":"yesterday"}', time: '7000000000' }).out[0]
        .time,
    ).toBe('7000000000'))
})

describe('stage.cri', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      '1970-01-01T00:00:01Z stdout F the content',
      {
        line: 'the content',
        labels: { stream: 'stdout' },
        time: '1000000000',
        extracted: { flags: '', stream: 'stdout', content: 'the content', time: '1970-01-01T00:00:01Z' },
      },
    ],
    ['1970-01-01T00:00:01Z stderr F  äö', { line: 'äö', labels: { stream: 'stderr' } }],
    ['bad stdout F x', { line: 'x', labels: { stream: 'stdout' }, time: '7000000000' }],
    ['1970-01-01T00:00:01Z stdout no flag', { line: 'no flag', labels: { stream: 'stdout' } }],
    ['1970-01-01T00:00:01Z stdout F', { line: '' }],
    ['1970-01-01T00:00:01Z stdlog F x', { line: '1970-01-01T00:00:01Z stdlog F x', labels: {}, extracted: {} }],
    ['short', { line: 'short', labels: {} }],
  ])('%s', (line, expected) =>
    expect(runStages([['cri']], { line, time: '7000000000' }).out[0]).toMatchObject(expected),
  )

  const at = '1970-01-01T00:00:0'
  test('joins partial lines per stream', () => {
    const run = new StageRun([['cri']]).send(
      `${at}1Z stdout P one `,
      `${at}2Z stderr F other`,
      `${at}3Z stdout P two `,
      `${at}4Z stdout F end`,
      `${at}5Z stdout F next`,
    )
    expect(run.out.map(({ line, time }) => [line, time])).toEqual([
      ['other', '2000000000'],
      ['one two end', '4000000000'],
      ['next', '5000000000'],
    ])
  })

  test('passes on what is held when too much is, and at the end', () => {
    const run = new StageRun([['cri', { max_partial_lines: 1 }]])
    run.send({ line: `${at}1Z stdout P a`, labels: { c: '1' } }, { line: `${at}2Z stdout P b`, labels: { c: '2' } })
    expect(run.lines).toEqual(['a'])
    expect(run.metrics.get('loki_process_cri_partial_lines_flushed_total')).toBe(1)
    expect(run.stop().lines).toEqual(['a', 'b'])
  })

  test('cuts joined lines', () => {
    const run = new StageRun([['cri', { max_partial_line_size: 5, max_partial_line_size_truncate: true }]])
    run.send(`${at}1Z stdout P abcé`, `${at}1Z stdout F defgh`)
    expect(run.lines).toEqual(['abcé'])
    expect(run.metrics.get('loki_process_cri_lines_truncated_total')).toBe(1)
  })

  test('refuses to hold nothing', () => expect(problemsOf([['cri', { max_partial_lines: 0 }]])).toHaveLength(1))
})

describe('stage.multiline', () => {
  const stages = [['multiline', { firstline: '^\\d', max_lines: 3 }]] as const
  test('joins up to the next first line, per stream', () => {
    const run = new StageRun(stages).send(
      'stray',
      '1 start',
      ' at x',
      { line: '5 other', labels: { a: '1' } },
      '2 start',
      ' at y',
    )
    expect(run.lines).toEqual(['stray', '1 start\n at x'])
    expect(run.stop().lines).toEqual(['stray', '1 start\n at x', '5 other', '2 start\n at y'])
  })

  test('the block takes everything from its first line', () => {
    const run = new StageRun([
      ['json', { expressions: { k: '' } }],
      ['multiline', { firstline: '^\\{' }],
    ])
    run
      .send(
        { line: '{"k":"first"}', time: '1000000000', metadata: { m: '1' } },
        { line: 'x', time: '2000000000', metadata: { m: '2' } },
      )
      .stop()
    expect(run.out[0]).toMatchObject({
      line: '{"k":"first"}\nx',
      time: '1000000000',
      metadata: { m: '1' },
      extracted: { k: 'first' },
    })
  })

  test('a block of max_lines is passed on, its rest follows under the same first line', () => {
    const run = new StageRun(stages)
      .send({ line: '1 a', time: '1000000000' }, 'b', 'c', { line: 'd', time: '9000000000' })
      .stop()
    expect(run.out.map(({ line, time }) => [line, time])).toEqual([
      ['1 a\nb\nc', '1000000000'],
      ['d', '1000000000'],
    ])
  })

  test('an idle block is passed on, and its stream forgotten', () => {
    const run = new StageRun(stages).send('1 a').advance(2999).send('b').advance(2999)
    expect(run.lines).toEqual([])
    run.advance(1)
    expect(run.lines).toEqual(['1 a\nb'])
    run.send('stray')
    expect(run.lines).toEqual(['1 a\nb', 'stray'])
  })

  test('takes line ends off unless told not to', () => {
    expect(runStages([['multiline', { firstline: '^1' }]], '1\r\n', 'b\n').lines).toEqual(['1\nb'])
    expect(runStages([['multiline', { firstline: '^1', trim_newlines: false }]], '1\n', 'b\n').lines).toEqual([
      '1\n\nb\n',
    ])
  })

  test('empty lines belong to the block', () => expect(runStages(stages, '1', '', 'x').lines).toEqual(['1\n\nx']))

  test.each<[Record<string, unknown>, string]>([
    [{ firstline: '' }, 'firstline must not be empty'],
    [{ firstline: 'x', max_wait_time: 0 }, 'max_wait_time has to be above 0'],
  ])('refuses %j', (args, reason) => expect(problemsOf([['multiline', args]])[0]).toContain(reason))
})
