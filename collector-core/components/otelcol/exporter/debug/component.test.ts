import { expect, it } from 'vitest'
import type { DefinitionExports } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import { requestFromJson } from '../../../../wire/otlp/from-json.ts'
import { otelcolExporterDebug } from './component.ts'
import { definition } from './definition.ts'

function start(body: string) {
  const context = recordingContext<typeof definition>()
  const component = otelcolExporterDebug.build(argumentsFrom(definition, body), context)
  const { input } = context.published[0] as DefinitionExports<typeof definition>
  const send = (kind: OtlpKind, json: unknown, items: number) => {
    const encoded = requestFromJson(kind, JSON.stringify(json))
    if ('problem' in encoded) throw new Error(encoded.problem)
    return input.accept({ kind, bytes: encoded.bytes, items })
  }
  return { context, component, input, send }
}

const spans = (...names: string[]) => ({
  resourceSpans: [{ scopeSpans: [{ spans: names.map((name) => ({ name })) }] }],
})

it('writes a line with counts for each kind', async () => {
  const { context, send } = start('')
  await send('traces', spans('a', 'b'), 2)
  const gauge = { name: 'a', gauge: { dataPoints: [{}, {}] } }
  await send('metrics', { resourceMetrics: [{}, { scopeMetrics: [{ metrics: [gauge, gauge] }] }] }, 4)
  await context.clock.advance(1000)
  await send('logs', { resourceLogs: [{}] }, 0)
  expect(context.logLines).toEqual([
    { level: 'info', message: 'traces', fields: { resource_spans: 1, spans: 2 } },
    { level: 'info', message: 'metrics', fields: { resource_metrics: 2, metrics: 2, data_points: 4 } },
    { level: 'info', message: 'logs', fields: { resource_logs: 1, log_records: 0 } },
  ])
})

it('writes the content on one line, or indented', async () => {
  const { context, component, send } = start('verbosity = "normal"')
  await send('traces', spans('a'), 1)
  expect(context.logLines[0].fields).toMatchObject({
    content: '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a"}]}]}]}',
  })
  await component.update(argumentsFrom(definition, 'verbosity = "detailed"'))
  await send('traces', spans('b'), 1)
  expect(JSON.parse(context.logLines[1].fields?.content as string)).toEqual(spans('b'))
  expect(context.logLines[1].fields?.content).toContain('\n')
})

it('cuts what is long', async () => {
  const { context, send } = start('verbosity = "normal"')
  await send('traces', spans(...Array.from({ length: 300 }, (_, i) => `span${i}`)), 300)
  const many = context.logLines[0].fields?.content as string
  expect(many).toContain('span199')
  expect(many).not.toContain('span200')
  expect(many).toMatch(/… \(100 more\)$/)
  await send('traces', spans('x'.repeat(100_000)), 1)
  const long = context.logLines[1].fields?.content as string
  expect(long.length).toBeLessThan(66_000)
  expect(long).toMatch(/… \(cut\)$/)
})

it('says so when the inside of an item is malformed', async () => {
  const { context, input } = start('verbosity = "normal"')
  await input.accept({ kind: 'traces', bytes: new Uint8Array([0x0a, 5, 0x12, 3, 0x12, 1, 0xff]), items: 1 })
  expect(context.logLines[0].fields?.content).toBe('the content is malformed')
})

it('thins out after the first batches of a second', async () => {
  const { context, send } = start('sampling_initial = 2\nsampling_thereafter = 3')
  for (let i = 0; i < 11; i++) await send('traces', spans('a'), 1)
  expect(context.logLines.length).toBe(2 + 3)
  await context.clock.advance(1000)
  await send('traces', spans('a'), 1)
  expect(context.logLines.length).toBe(6)
})

it('is silent after the first batches with sampling_thereafter = 0', async () => {
  const { context, send } = start('sampling_initial = 1\nsampling_thereafter = 0')
  for (let i = 0; i < 5; i++) await send('traces', spans('a'), 1)
  expect(context.logLines.length).toBe(1)
})
