import { expect, test } from 'vitest'
import { Labels } from '../../../signal/labels.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { relabelRule } from '../../../testing/relabel-rule.ts'
import { discoveryRelabel } from './component.ts'
import type { definition } from './definition.ts'

const keepWeb = relabelRule({ action: 'keep', source_labels: ['team'], regex: 'web' })

test('publishes the kept targets in order, again after each update', async () => {
  const context = recordingContext<typeof definition>()
  const web = Labels.from({ __address__: 'a:1', team: 'web' })
  const ops = Labels.from({ __address__: 'b:1', team: 'ops' })
  const other = Labels.from({ __address__: 'c:1', team: 'web' })
  const component = discoveryRelabel.build({ targets: [web, ops, other], rule: [keepWeb] }, context)
  await component.update({ targets: [ops], rule: [] })
  expect(context.published).toEqual([
    { output: [web, other], rules: [keepWeb] },
    { output: [ops], rules: [] },
  ])
})
