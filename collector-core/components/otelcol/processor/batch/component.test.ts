import { expect, it } from 'vitest'
import type { DefinitionExports } from '../../../../schema/definition.ts'
import { refused } from '../../../../signal/receiver.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import { RecordingOtlp } from '../../../../testing/recording-receiver.ts'
import { otelcolProcessorBatch } from './component.ts'
import { definition } from './definition.ts'

// One span, nameless: {1: {2: {2: {}}}}.
const oneSpan = new Uint8Array([0x0a, 4, 0x12, 2, 0x12, 0])
const batch = { kind: 'traces', bytes: oneSpan, items: 1 } as const

function start(body = '') {
  const context = recordingContext<typeof definition>()
  const next = new RecordingOtlp()
  const args = {
    ...argumentsFrom(definition, `${body}\noutput { }`),
    output: { traces: [next], metrics: [], logs: [] },
  }
  const component = otelcolProcessorBatch.build(args, context)
  const { input } = context.published[0] as DefinitionExports<typeof definition>
  return { context, next, args, component, input }
}

it('merges requests and answers once the merged one was taken', async () => {
  const { context, next, input } = start()
  const answers = [input.accept(batch), input.accept(batch)]
  await context.clock.advance(199)
  expect(next.batches).toEqual([])
  await context.clock.advance(1)
  expect(next.batches).toEqual([{ kind: 'traces', bytes: Buffer.from([...oneSpan, ...oneSpan]), items: 2 }])
  expect((await Promise.all(answers)).map(({ kind }) => kind)).toEqual(['accepted', 'accepted'])
  expect(Object.fromEntries(context.values)).toMatchObject({
    otelcol_processor_batch_batch_send_size_sum: 2,
    otelcol_processor_batch_batch_send_size_bytes_sum: 12,
    otelcol_processor_batch_timeout_trigger_send_total: 1,
  })
})

it('passes refusals back to the senders', async () => {
  const { next, input } = start('timeout = "0s"')
  next.answer = () => refused('full', true)
  expect(await input.accept(batch)).toEqual(refused('full', true))
})

it('refuses kinds that go nowhere, for good', async () => {
  const { input } = start()
  expect(await input.accept({ ...batch, kind: 'logs' })).toMatchObject({ kind: 'refused', retryable: false })
})

it('hands on what it holds when the arguments change and when it stops', async () => {
  const { context, next, args, component, input } = start()
  void input.accept(batch)
  await component.update({ ...args, send_batch_size: 1 })
  expect(next.batches.length).toBe(1)
  await input.accept(batch)
  expect(next.batches.length).toBe(2)
  expect(context.values.get('otelcol_processor_batch_batch_size_trigger_send_total')).toBe(1)
  await component.update(args)
  void input.accept(batch)
  const stop = new AbortController()
  const run = component.run(stop.signal)
  stop.abort()
  await run
  expect(next.batches.length).toBe(3)
})

it('keeps the batches of different senders apart by metadata_keys', async () => {
  const { context, next, input } = start('metadata_keys = ["X-Scope-OrgID"]\nmetadata_cardinality_limit = 2')
  const from = (tenant?: string) => {
    const metadata = new Map([
      ['user-agent', ['sdk']],
      ...(tenant === undefined ? [] : [['x-scope-orgid', [tenant]] as const]),
    ])
    return input.accept({ ...batch, metadata })
  }
  const answers = [from('a'), from('b'), from('a')]
  context.readValues()
  expect(context.values.get('otelcol_processor_batch_metadata_cardinality')).toBe(2)
  expect(await from('c')).toMatchObject({ kind: 'refused', retryable: false })
  await context.clock.advance(200)
  await Promise.all(answers)
  const sent = next.batches.map(({ items, metadata }) => [items, metadata && [...metadata]])
  expect(sent).toEqual([
    [2, [['x-scope-orgid', ['a']]]],
    [1, [['x-scope-orgid', ['b']]]],
  ])
  // Who has nothing under way does not count any more.
  const later = [from('c'), from()]
  await context.clock.advance(200)
  expect((await Promise.all(later)).map(({ kind }) => kind)).toEqual(['accepted', 'accepted'])
  expect(next.batches.map(({ metadata }) => metadata?.get('x-scope-orgid'))).toEqual([['a'], ['b'], ['c'], []])
})

it('refuses a metadata key that stands twice', () => {
  const body = 'metadata_keys = ["X-Tenant", "x-tenant"]\noutput { }'
  expect(definition.check!(argumentsFrom(definition, body)).map(({ path }) => path)).toEqual([['metadata_keys', 1]])
})

it('checks that a batch fits into its bound', () => {
  const check = (body: string) => definition.check!(argumentsFrom(definition, `${body}\noutput { }`)).length
  expect(check('send_batch_max_size = 10')).toBe(1)
  expect(check('send_batch_max_size = 0')).toBe(0)
  expect(check('send_batch_size = 10\nsend_batch_max_size = 10')).toBe(0)
})
