// Pipelines as people write them: `testdata/<case>.alloy` and `.input.txt` give `.expected.json`. UPDATE=1 writes it anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LogLinesBuilder } from '../../../signal/log-lines.ts'
import { Labels } from '../../../signal/labels.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { RecordingLogs } from '../../../testing/recording-receiver.ts'
import { lokiProcess } from './component.ts'
import { definition } from './definition.ts'

const directory = join(import.meta.dirname, 'testdata')
const cases = readdirSync(directory).flatMap((name) =>
  name.endsWith('.alloy') ? [name.slice(0, -'.alloy'.length)] : [],
)

test.each(cases)('%s', async (name) => {
  const read = (ending: string): string => readFileSync(join(directory, `${name}${ending}`), 'utf8')
  const args = { ...argumentsFrom(definition, `forward_to = []\n${read('.alloy')}`) }
  expect(definition.check?.(args)).toEqual([])
  const context = recordingContext<typeof definition>()
  const logs = new RecordingLogs()
  const component = lokiProcess.build({ ...args, forward_to: [logs] }, context)
  const stopping = new AbortController()
  const ended = component.run(stopping.signal)
  const builder = new LogLinesBuilder()
  for (const line of read('.input.txt').trimEnd().split('\n')) builder.addText(line, 1_700_000_000, 0)
  const { receiver } = context.published[0] as { receiver: Receiver<'logs'> }
  await receiver.accept({ streams: [{ labels: Labels.from({ filename: '/var/log/x' }), lines: builder.build() }] })
  stopping.abort()
  await ended
  const result = `${JSON.stringify({ lines: logs.lines, drops: context.drops }, undefined, 2)}\n`
  if (process.env.UPDATE === '1') writeFileSync(join(directory, `${name}.expected.json`), result)
  expect(result).toBe(read('.expected.json'))
})
