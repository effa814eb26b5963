import { expect, it } from 'vitest'
import type { DefinitionExports } from '../../../../schema/definition.ts'
import { refused } from '../../../../signal/receiver.ts'
import { argumentsFrom } from '../../../../testing/arguments-from.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import { RecordingOtlp } from '../../../../testing/recording-receiver.ts'
import { countItems } from '../../../../wire/otlp/count-items.ts'
import { requestFromJson } from '../../../../wire/otlp/from-json.ts'
import { otelcolProcessorProbabilisticSampler } from './component.ts'
import { definition } from './definition.ts'

const args = (percentage: number, next: RecordingOtlp) => ({
  ...argumentsFrom(definition, `sampling_percentage = ${percentage}\noutput { }`),
  output: { traces: [next], logs: [], metrics: [] },
})

/** Spans of as many traces. */
function request(traces: number): Uint8Array {
  const spans = Array.from({ length: traces }, (_, i) => ({
    traceId: (i * 2654435761 + 1).toString(16).padStart(32, '0'),
  }))
  const encoded = requestFromJson('traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
  if ('problem' in encoded) throw new Error(encoded.problem)
  return encoded.bytes
}

function start(percentage: number) {
  const context = recordingContext<typeof definition>()
  const next = new RecordingOtlp()
  const component = otelcolProcessorProbabilisticSampler.build(args(percentage, next), context)
  const { input } = context.published[0] as DefinitionExports<typeof definition>
  return { context, next, component, input }
}

it('hands on a share and counts all decisions', async () => {
  const { context, next, input } = start(25)
  for (let i = 0; i < 3; i++) await input.accept({ kind: 'traces', bytes: request(1000), items: 1000 })
  const kept = next.batches.reduce((sum, { items }) => sum + items, 0)
  expect(kept).toBeGreaterThan(500)
  expect(kept).toBeLessThan(1000)
  for (const { bytes, items } of next.batches) expect(countItems('traces', bytes)).toBe(items)
  const counted = 'otelcol_processor_probabilistic_sampler_count_traces_sampled_total'
  expect(context.values.get(`${counted}{true,trace_id_hash}`)).toBe(kept)
  expect(context.values.get(`${counted}{false,trace_id_hash}`)).toBe(3000 - kept)
  expect(context.values.get('otelcol_processor_incoming_items_total{traces}')).toBe(3000)
  expect(context.values.get('otelcol_processor_outgoing_items_total{traces}')).toBe(kept)
  expect(context.drops.reduce((sum, { count }) => sum + count, 0)).toBe(3000 - kept)
})

it('gives each batch memory of its own until it is accepted', async () => {
  const { next, input } = start(50)
  const seen: { before: Uint8Array; bytes: Uint8Array }[] = []
  const releases: (() => void)[] = []
  next.accept = async ({ bytes }) => {
    seen.push({ before: bytes.slice(), bytes })
    await new Promise<void>((resolve) => releases.push(resolve))
    return { kind: 'accepted' }
  }
  const calls = [10, 500, 30, 400, 20, 60].map((traces) =>
    input.accept({ kind: 'traces', bytes: request(traces), items: traces }),
  )
  await new Promise((resolve) => setImmediate(resolve))
  expect(seen.length).toBe(6)
  for (const { before, bytes } of seen) expect(Buffer.compare(before, bytes)).toBe(0)
  for (const release of releases) release()
  await Promise.all(calls)
})

it('passes a refusal on, and counts what it left out only when the rest was taken', async () => {
  const { context, next, input } = start(50)
  next.answer = () => refused('full', true, 5)
  expect(await input.accept({ kind: 'traces', bytes: request(100), items: 100 })).toEqual(refused('full', true, 5))
  expect(context.drops).toEqual([])
  next.answer = () => ({ kind: 'accepted' })
  expect((await input.accept({ kind: 'traces', bytes: request(100), items: 100 })).kind).toBe('accepted')
  expect(context.drops.length).toBe(1)
})

it('accepts what it drops whole, and follows new arguments', async () => {
  const { context, next, input, component } = start(0)
  expect((await input.accept({ kind: 'traces', bytes: request(5), items: 5 })).kind).toBe('accepted')
  expect(next.batches).toEqual([])
  expect(context.drops).toEqual([{ count: 5, reason: 'sampled_out' }])
  await component.update(args(100, next))
  await input.accept({ kind: 'traces', bytes: request(5), items: 5 })
  expect(next.batches.map(({ items }) => items)).toEqual([5])
})

it('refuses kinds it is not connected for', async () => {
  const { input } = start(50)
  expect(await input.accept({ kind: 'logs', bytes: new Uint8Array(0), items: 0 })).toMatchObject({ retryable: false })
  expect(await input.accept({ kind: 'metrics', bytes: new Uint8Array(0), items: 0 })).toMatchObject({
    retryable: false,
  })
})

it.each([
  ['sampling_percentage = -1', 'must not be negative'],
  ['sampling_percentage = 1e-20', 'too small'],
])('its check refuses %s', (body, message) => {
  const problems = definition.check!(argumentsFrom(definition, `${body}\noutput { }`))
  expect(problems.map((problem) => problem.message).join()).toContain(message)
})
