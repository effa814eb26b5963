import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { Labels } from '../../../signal/labels.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { localFileMatch } from './component.ts'
import type { definition } from './definition.ts'

test('files that appear and disappear are published, and nothing when nothing changed', async () => {
  const root = mkdtempSync(join(tmpdir(), 'weir-match-'))
  const context = recordingContext<typeof definition>()
  const args = {
    path_targets: [Labels.from({ __path__: join(root, '*.log'), job: 'x' })],
    sync_period: 10_000,
    ignore_older_than: 0,
  }
  const component = localFileMatch.build(args, context)
  const stop = new AbortController()
  const finished = component.run(stop.signal)
  const paths = (): string[] =>
    (context.published.at(-1) as { targets: Labels[] }).targets.map((t) => t.get('__path__'))
  const settled = async (): Promise<void> => {
    const looked = (): Promise<void> => vi.waitFor(() => expect(context.clock.waiting).toBe(1))
    await looked()
    await context.clock.advance(10_000)
    await looked()
  }
  await settled()
  expect(context.published).toEqual([{ targets: [] }])
  writeFileSync(join(root, 'a.log'), '')
  await settled()
  expect(paths()).toEqual([join(root, 'a.log')])
  await settled()
  expect(context.published).toHaveLength(2)
  rmSync(join(root, 'a.log'))
  await settled()
  expect(paths()).toEqual([])
  writeFileSync(join(root, 'b.txt'), '')
  await component.update({ ...args, path_targets: [Labels.from({ __path__: join(root, 'b.*') })] })
  await settled()
  expect(paths()).toEqual([join(root, 'b.txt')])
  await component.update({ ...args, path_targets: [Labels.from({ __path__: join(root, '[') })] })
  await settled()
  expect(context.health.at(-1)).toMatchObject({
    state: 'unhealthy',
    message: expect.stringContaining('unclosed bracket') as string,
  })
  stop.abort()
  await finished
})
