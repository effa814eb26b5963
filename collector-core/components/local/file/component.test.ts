import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Secret } from '../../../language/secret.ts'
import { systemClock } from '../../../runtime/clock.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { localFile } from './component.ts'
import type { definition } from './definition.ts'

const path = (): string => join(mkdtempSync(join(tmpdir(), 'weir-file-')), 'content')
const argumentsFor = (filename: string) =>
  ({ filename, detector: 'poll', poll_frequency: 60_000, is_secret: false }) as const

test.each(['poll', 'fsnotify'] as const)(
  'changes are published once, and a lost file keeps its content: %s',
  async (detector) => {
    const filename = path()
    writeFileSync(filename, 'one')
    const context = recordingContext<typeof definition>({ clock: systemClock })
    const component = localFile.build(
      { ...argumentsFor(filename), detector, poll_frequency: detector === 'poll' ? 20 : 200 },
      context,
    )
    const contents = (): string[] =>
      context.published.map((exports) => (exports as { content: Secret }).content.reveal())
    expect(contents()).toEqual(['one'])
    const stop = new AbortController()
    const finished = component.run(stop.signal)
    await systemClock.sleep(60)
    writeFileSync(filename, 'two')
    await expect.poll(contents).toEqual(['one', 'two'])
    writeFileSync(`${filename}.new`, 'three')
    renameSync(`${filename}.new`, filename)
    await expect.poll(contents).toEqual(['one', 'two', 'three'])
    rmSync(filename)
    await expect.poll(() => context.health.at(-1)?.state).toBe('unhealthy')
    writeFileSync(filename, 'three')
    await expect.poll(() => context.health.at(-1)?.state).toBe('healthy')
    expect(contents()).toEqual(['one', 'two', 'three'])
    stop.abort()
    await finished
  },
)

test('a secret content is masked, and a file that is missing is refused', () => {
  const filename = path()
  expect(() => localFile.build(argumentsFor(filename), recordingContext())).toThrow('cannot be read')
  writeFileSync(filename, 'token')
  const context = recordingContext<typeof definition>()
  const component = localFile.build({ ...argumentsFor(filename), is_secret: true }, context)
  expect(String((context.published[0] as { content: Secret }).content)).toBe('(secret)')
  expect(() => component.update(argumentsFor(`${filename}-gone`))).toThrow('cannot be read')
  expect(context.values.get('local_file_timestamp_last_accessed_unix_seconds')).toBe(1_700_000_000)
})
