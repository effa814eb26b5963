import { expect, it } from 'vitest'
import type { DefinitionExports } from '../../../schema/definition.ts'
import { Labels } from '../../../signal/labels.ts'
import { metricBatch } from '../../../signal/metric-batch.ts'
import { accepted } from '../../../signal/receiver.ts'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { prometheusEcho } from './component.ts'
import { definition } from './definition.ts'

function start(config = '') {
  const context = recordingContext<typeof definition>()
  const component = prometheusEcho.build(argumentsFrom(definition, config), context)
  const { receiver } = context.published[0] as DefinitionExports<typeof definition>
  return { context, component, receiver }
}
const batch = metricBatch([Labels.from({ __name__: 'a', x: '1' })], Float64Array.of(2.5), 1500)

it('logs each batch as text, and as OpenMetrics when asked to', async () => {
  const { context, component, receiver } = start()
  expect(await receiver.accept(batch)).toBe(accepted)
  await component.update(argumentsFrom(definition, 'format = "openmetrics"'))
  await receiver.accept(batch)
  expect(context.logLines).toEqual([
    { level: 'info', message: 'received metrics', fields: { metrics: 'a{x="1"} 2.5 1500\n' } },
    { level: 'info', message: 'received metrics', fields: { metrics: 'a{x="1"} 2.5 1.5\n# EOF\n' } },
  ])
})

it('writes out the beginning of a large batch and counts the rest', async () => {
  const { context, receiver } = start()
  const series = Array.from({ length: 1500 }, (_, i) => Labels.from({ __name__: 'a', i: String(i) }))
  await receiver.accept(metricBatch(series, new Float64Array(1500), 1))
  const [{ fields }] = context.logLines
  expect(String(fields?.metrics).trim().split('\n')).toHaveLength(1000)
  expect(fields?.not_shown).toBe(500)
})
