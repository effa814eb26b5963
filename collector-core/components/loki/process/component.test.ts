import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { definition } from './definition.ts'
import { lokiProcess } from './component.ts'
import { completeArguments } from './pure/stages/run-stages.ts'
import type { PlainStage } from './pure/stages/run-stages.ts'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import type { LogBatch, LogStream } from '../../../signal/log-batch.ts'
import { LogLinesBuilder } from '../../../signal/log-lines.ts'
import { Labels } from '../../../signal/labels.ts'
import { refused } from '../../../signal/receiver.ts'
import type { Acceptance, Receiver } from '../../../signal/receiver.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import type { RecordingContext } from '../../../testing/component-context.ts'
import { RecordingLogs } from '../../../testing/recording-receiver.ts'

const stream = (labels: Record<string, string>, ...lines: readonly string[]): LogStream => {
  const builder = new LogLinesBuilder()
  lines.forEach((line, i) => builder.addText(line, 1000 + i, i))
  return { labels: Labels.from(labels), lines: builder.build() }
}
const batch = (...streams: LogStream[]): LogBatch => ({ streams })

class Harness {
  readonly context: RecordingContext<typeof definition> = recordingContext<typeof definition>()
  readonly logs = new RecordingLogs()
  readonly batches: LogBatch[] = []
  readonly receiver: Receiver<'logs'>
  private readonly component: ReturnType<typeof lokiProcess.build>
  private readonly stopping = new AbortController()
  private readonly running: Promise<void>

  constructor(stages: readonly PlainStage[]) {
    this.component = lokiProcess.build(this.args(stages), this.context)
    this.receiver = (this.context.published[0] as { receiver: Receiver<'logs'> }).receiver
    this.running = this.component.run(this.stopping.signal)
  }

  args(stages: readonly PlainStage[]): DefinitionArguments<typeof definition> {
    const forward: Receiver<'logs'> = {
      signal: 'logs',
      accept: (given) => {
        this.batches.push(given)
        return this.logs.accept(given)
      },
    }
    return completeArguments(definition.arguments, {
      forward_to: [forward],
      stage: stages,
    }) as unknown as DefinitionArguments<typeof definition>
  }

  send(...streams: LogStream[]): Promise<Acceptance> {
    return this.receiver.accept(batch(...streams))
  }

  update(stages: readonly PlainStage[]): void | Promise<void> {
    return this.component.update(this.args(stages))
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  get lines(): string[] {
    return this.logs.lines.map(({ line }) => line)
  }
}

describe('what passes unchanged is not copied', () => {
  test('a stream that no stage touches is the object that came in', async () => {
    const harness = new Harness([
      ['static_labels', { values: { env: 'dev' } }],
      ['drop', { expression: 'nothing like this' }],
    ])
    const given = stream({ a: '1' }, 'one', 'two')
    await harness.send(given)
    expect(harness.batches[0].streams[0].lines).toBe(given.lines)
    expect(harness.batches[0].streams[0].labels.toJSON()).toEqual({ a: '1', env: 'dev' })
  })

  test('label stages alone never look at lines', async () => {
    const harness = new Harness([['label_drop', { values: ['a'] }]])
    const given = stream({ a: '1', b: '2' }, 'one')
    await harness.send(given)
    expect(harness.batches[0].streams).toEqual([{ labels: Labels.from({ b: '2' }), lines: given.lines }])
  })

  test('lines left over by a filter lie in the buffer they came in', async () => {
    const harness = new Harness([['drop', { expression: 'drop me' }]])
    const given = stream({ a: '1' }, 'one', 'drop me', 'two', 'drop me too', 'three')
    await harness.send(given)
    expect(harness.batches[0].streams[0].lines.bytes).toBe(given.lines.bytes)
    expect(harness.logs.lines.map(({ line, timestamp }) => [line, timestamp])).toEqual([
      ['one', '1000000000000'],
      ['two', '1002000000002'],
      ['three', '1004000000004'],
    ])
  })
})

describe('pipelines', () => {
  test('lines are regrouped by their new labels, in order', async () => {
    const harness = new Harness([
      ['logfmt', { mapping: { level: '' } }],
      ['labels', { values: { level: '' } }],
    ])
    await harness.send(stream({ app: 'x' }, 'level=a 1', 'level=b 2', 'level=a 3'), stream({ app: 'x' }, 'level=a 4'))
    expect(harness.batches[0].streams.map(({ labels, lines }) => [labels.toString(), lines.length])).toEqual([
      ['{app="x", level="a"}', 3],
      ['{app="x", level="b"}', 1],
    ])
    expect(harness.lines).toEqual(['level=a 1', 'level=a 3', 'level=a 4', 'level=b 2'])
  })

  test('rewritten, untouched and dropped lines mix', async () => {
    const harness = new Harness([
      [
        'match',
        {
          selector: '{app="x"} |= "json"',
          stage: [
            ['json', { expressions: { msg: '' } }],
            ['output', { source: 'msg' }],
          ],
        },
      ],
      ['drop', { expression: '^gone' }],
    ])
    await harness.send(stream({ app: 'x' }, 'plain', '{"json":1,"msg":"from json äö"}', 'gone', 'tail'))
    expect(harness.lines).toEqual(['plain', 'from json äö', 'tail'])
    expect(harness.context.drops).toEqual([{ count: 1, reason: 'drop_stage' }])
    expect(harness.context.values.get('loki_process_dropped_lines_total{drop_stage}')).toBe(1)
  })

  test('nothing left means nothing sent', async () => {
    const harness = new Harness([['drop', { expression: '.*' }]])
    expect(await harness.send(stream({ a: '1' }, 'x', 'y'))).toEqual({ kind: 'accepted' })
    expect(harness.batches).toEqual([])
    expect(harness.context.drops).toEqual([{ count: 2, reason: 'drop_stage' }])
  })

  test('only errors and warnings, as the guide filters them', async () => {
    const harness = new Harness([['match', { selector: '{level!~"ERROR|WARN"}', action: 'drop' }]])
    await harness.send(
      stream({ level: 'ERROR' }, 'e'),
      stream({ level: 'INFO' }, 'i'),
      stream({ level: 'WARN' }, 'w'),
      stream({}, 'none'),
    )
    expect(harness.lines).toEqual(['e', 'w'])
  })

  const stagesThatPass: PlainStage[] = [
    ['decolorize'],
    ['json', { expressions: { a: '' } }],
    ['labels', { values: { a: '' } }],
    ['static_labels', { values: { s: '1' } }],
    [
      'match',
      {
        selector: '{s="1"} |= "a"',
        stage: [
          ['logfmt', { mapping: { b: '' } }],
          ['labels', { values: { b: '' } }],
        ],
      },
    ],
    ['structured_metadata', { values: { a: '' } }],
    ['label_keep', { values: ['s'] }],
    ['template', { source: 'x', template: '{{ .Entry }}' }],
    ['output', { source: 'x' }],
  ]
  test('pass-through pipelines neither lose nor invent nor reorder lines of a stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(stagesThatPass),
        fc.array(
          fc.tuple(
            fc.constantFrom('1', '2', '3'),
            fc.array(fc.constantFrom('plain', '{"a":1}', '{"a":"x"}', 'a=1 b=2', 'é💩', ''), { maxLength: 8 }),
          ),
          { maxLength: 6 },
        ),
        async (stages, streams) => {
          const harness = new Harness(stages)
          let number = 0
          const given = streams.map(([id, lines]) =>
            stream({ id }, ...lines.map((line) => (line === '' ? '' : `${line} #${number++}`))),
          )
          await harness.send(...given)
          const expected = given.flatMap(({ lines }) =>
            Array.from({ length: lines.length }, (_, i) =>
              Buffer.from(lines.bytes.subarray(lines.starts[i], lines.ends[i])).toString(),
            ),
          )
          expect([...harness.lines].sort()).toEqual([...expected].sort())
          for (const { lines } of harness.batches.flatMap((sent) => sent.streams)) {
            const numbers = Array.from({ length: lines.length }, (_, i) =>
              Buffer.from(lines.bytes.subarray(lines.starts[i], lines.ends[i])).toString(),
            )
              .flatMap((line) => /#(\d+)$/.exec(line)?.[1] ?? [])
              .map(Number)
            expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('back-pressure', () => {
  test('settles when what follows has taken the lines', async () => {
    const harness = new Harness([['drop', { expression: 'x' }]])
    let take = (): void => undefined
    harness.logs.answer = () => new Promise((resolve) => (take = () => resolve({ kind: 'accepted' })))
    let settled = false
    const sent = harness.send(stream({}, 'a')).then(() => (settled = true))
    await harness.context.clock.advance(10)
    expect(settled).toBe(false)
    take()
    await sent
  })

  test('a refusal goes back to the sender', async () => {
    const harness = new Harness([['drop', { expression: 'x' }]])
    harness.logs.answer = () => refused('full')
    expect(await harness.send(stream({}, 'a'))).toEqual(refused('full'))
  })

  test('stages with a memory repeat the hand-over themselves, in order', async () => {
    const harness = new Harness([['metrics', { metric: [['counter', { name: 'n', action: 'inc', match_all: true }]] }]])
    let refusals = 2
    harness.logs.answer = () => (refusals-- > 0 ? refused('full') : { kind: 'accepted' })
    const first = harness.send(stream({}, 'a'))
    await harness.context.clock.advance(0)
    const second = harness.send(stream({}, 'b'))
    await harness.context.clock.advance(3000)
    expect(await Promise.all([first, second])).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }])
    expect(harness.lines).toEqual(['a', 'a', 'a', 'b'])
    expect(harness.context.values.get('loki_process_custom_n')).toBe(2)
  })

  test('a limit holds its batch and all behind it back', async () => {
    const harness = new Harness([['limit', { rate: 10, burst: 2 }]])
    const first = harness.send(stream({}, '1', '2', '3', '4', '5'))
    const second = harness.send(stream({}, '6'))
    await harness.context.clock.advance(50)
    expect(harness.lines).toEqual([])
    await harness.context.clock.advance(60)
    expect(harness.lines).toEqual(['1', '2', '3'])
    await harness.context.clock.advance(200)
    expect(harness.lines).toEqual(['1', '2', '3', '4', '5'])
    await harness.context.clock.advance(100)
    expect(harness.lines).toEqual(['1', '2', '3', '4', '5', '6'])
    await Promise.all([first, second])
  })

  test('an end does not wait for a limit and loses nothing', async () => {
    const harness = new Harness([['limit', { rate: 0.001, burst: 1 }]])
    const sent = [harness.send(stream({}, '1', '2', '3')), harness.send(stream({}, '4'))]
    await harness.stop()
    await Promise.all(sent)
    expect(harness.lines).toEqual(['1', '2', '3', '4'])
    expect(await harness.send(stream({}, 'late'))).toMatchObject({ kind: 'refused' })
  })
})

describe('lines that stages hold', () => {
  const multiline: PlainStage[] = [['multiline', { firstline: '^\\S' }]]
  test('go out when their time has come, without another batch', async () => {
    const harness = new Harness(multiline)
    await harness.send(stream({ a: '1' }, 'start', '  more'))
    expect(harness.lines).toEqual([])
    await harness.context.clock.advance(3000)
    expect(harness.lines).toEqual(['start\n  more'])
  })

  test('outlive the batch they came in', async () => {
    const harness = new Harness(multiline)
    const given = stream({ a: '1' }, 'start')
    await harness.send(given)
    given.lines.bytes.fill(0)
    await harness.stop()
    expect(harness.lines).toEqual(['start'])
  })

  test('are counted when nobody takes them any more', async () => {
    const harness = new Harness(multiline)
    await harness.send(stream({ a: '1' }, 'start'), stream({ a: '2' }, 'start'))
    harness.logs.answer = () => refused('never', false)
    await harness.stop()
    expect(harness.context.drops).toEqual([{ count: 2, reason: 'rejected' }])
    expect(harness.context.values.get('loki_process_dropped_lines_total{rejected}')).toBe(2)
  })

  test('go out before anything a changed pipeline processes', async () => {
    const harness = new Harness(multiline)
    await harness.send(stream({ a: '1' }, 'old', '  more'))
    void harness.update([
      ['template', { source: 'x', template: 'new {{ .Entry }}' }],
      ['output', { source: 'x' }],
    ])
    await harness.send(stream({ a: '1' }, 'line'))
    expect(harness.lines).toEqual(['old\n  more', 'new line'])
  })

  test('stay when only the receivers change', async () => {
    const harness = new Harness(multiline)
    await harness.send(stream({ a: '1' }, 'start'))
    void harness.update(multiline)
    await harness.send(stream({ a: '1' }, '  more'))
    await harness.stop()
    expect(harness.lines).toEqual(['start\n  more'])
  })
})
