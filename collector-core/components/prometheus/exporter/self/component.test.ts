import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import type { Labels } from '../../../../signal/labels.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import { prometheusExporterSelf } from './component.ts'
import { definition } from './definition.ts'

const build = (exposition?: () => string) => {
  const context = recordingContext<typeof definition>({ id: 'prometheus.exporter.self.default', exposition })
  return { context, component: prometheusExporterSelf.build(argumentsFrom(definition, ''), context) }
}

it('publishes one target that leads to its own page', () => {
  const { context } = build()
  const [{ targets }] = context.published as { targets: readonly Labels[] }[]
  expect(targets.map((target) => target.toJSON())).toEqual([
    {
      __address__: 'alloy.internal:12345',
      __scheme__: 'http',
      __metrics_path__: '/api/v0/component/prometheus.exporter.self.default/metrics',
      __meta_component_id: 'prometheus.exporter.self.default',
      __meta_component_name: 'prometheus.exporter.self',
      job: 'integrations/self',
      instance: hostname(),
    },
  ])
})

it('serves what the process exposes at the moment, at its path only', () => {
  let value = 1
  const { component } = build(() => `a ${value++}\n`)
  const contentType = 'text/plain; version=0.0.4; charset=utf-8'
  expect(component.handle?.('metrics')).toEqual({ contentType, body: 'a 1\n' })
  expect(component.handle?.('metrics')).toEqual({ contentType, body: 'a 2\n' })
  expect(component.handle?.('')).toBeUndefined()
  expect(build().component.handle?.('metrics')).toBeUndefined()
})

it('runs until it is stopped', async () => {
  const stopping = new AbortController()
  const ended = build().component.run(stopping.signal)
  stopping.abort()
  await expect(ended).resolves.toBeUndefined()
})
