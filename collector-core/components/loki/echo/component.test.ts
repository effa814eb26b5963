import { expect, test } from 'vitest'
import { LogLinesBuilder } from '../../../signal/log-lines.ts'
import { Labels } from '../../../signal/labels.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { lokiEcho } from './component.ts'
import type { definition } from './definition.ts'

test('loki.echo logs one line per entry', async () => {
  const context = recordingContext<typeof definition>()
  lokiEcho.build({}, context)
  const { receiver } = context.published[0] as { receiver: Receiver<'logs'> }
  const builder = new LogLinesBuilder()
  builder.addText('hello "x"', 1_700_000_000, 120_000_000, [['trace', 'abc']])
  builder.addText('second', 1_700_000_000, 0)
  expect(await receiver.accept({ streams: [{ labels: Labels.from({ a: '1' }), lines: builder.build() }] })).toEqual({
    kind: 'accepted',
  })
  expect(context.logLines.map(({ level, fields }) => [level, fields])).toEqual([
    [
      'info',
      {
        entry: 'hello "x"',
        entry_timestamp: '2023-11-14T22:13:20.12Z',
        labels: '{a="1"}',
        structured_metadata: '{trace="abc"}',
      },
    ],
    [
      'info',
      { entry: 'second', entry_timestamp: '2023-11-14T22:13:20Z', labels: '{a="1"}', structured_metadata: '{}' },
    ],
  ])
})
