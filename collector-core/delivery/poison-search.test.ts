import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutboxRequest } from '../outbox/outbox.ts'
import { requestFromJson } from '../wire/otlp/from-json.ts'
import { requestToJson } from '../wire/otlp/to-json.ts'
import { PoisonSearch } from './poison-search.ts'
import type { SendOutcome } from './poison-search.ts'

/** A request as it came, with spans of these names. */
function fragment(names: readonly string[]) {
  const json = { resourceSpans: [{ scopeSpans: [{ spans: names.map((name) => ({ name })) }] }] }
  const encoded = requestFromJson('traces', JSON.stringify(json))
  if ('problem' in encoded) throw new Error(encoded.problem)
  return { body: encoded.bytes, items: names.length, size: encoded.bytes.length }
}

const requestOf = (...fragments: string[][]): OutboxRequest => ({
  fragments: fragments.map(fragment),
  items: fragments.flat().length,
  attempt: 0,
})

function namesOf({ fragments }: OutboxRequest): string[] {
  return fragments.flatMap(({ body }) => {
    const json = requestToJson('traces', body) as { resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[] }
    return json.resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
    )
  })
}

/** Sends as an outbox does, without waiting; what became of each span, and how often was sent. */
function deliver(search: PoisonSearch, request: OutboxRequest, server: (names: string[]) => SendOutcome) {
  const result = { delivered: [] as string[], setAside: [] as string[], sends: 0, longest: 0 }
  const run = (part: OutboxRequest): void => {
    for (let attempt = 0; ; attempt++) {
      result.sends++
      result.longest = Math.max(result.longest, attempt + 1)
      const outcome = search.judge({ ...part, attempt }, server(namesOf(part)))
      if (outcome.kind === 'retry') continue
      if (outcome.kind === 'delivered') return void result.delivered.push(...namesOf(part))
      const halves = outcome.split && search.split({ ...part, attempt })
      if (halves === undefined) return void result.setAside.push(...namesOf(part))
      for (const half of halves) run(half)
      return
    }
  }
  run(request)
  return result
}

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `s${i}`)
const delivered: SendOutcome = { kind: 'delivered' }

describe.each<[string, SendOutcome]>([
  ['refuses', { kind: 'rejected', reason: 'bad', split: 'bisect' }],
  ['fails on', { kind: 'doubtful', reason: 'bad' }],
])('a server that %s some items', (_, answer) => {
  const against = (bad: ReadonlySet<string>) => (names: string[]) =>
    names.some((name) => bad.has(name)) ? answer : delivered

  it('gets all the others, in order', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(shape, fc.array(fc.nat(35), { maxLength: 3 }), (sizes, bad) => {
        const names = many(sizes.reduce((sum, size) => sum + size, 0))
        const spare = [...names]
        const request = requestOf(...sizes.map((size) => spare.splice(0, size)))
        const poison = new Set(bad.map((at) => names[at % names.length]))
        const result = deliver(new PoisonSearch('traces'), request, against(poison))
        expect(result.delivered).toEqual(names.filter((name) => !poison.has(name)))
        expect(result.setAside).toEqual(names.filter((name) => poison.has(name)))
      }),
    )
  })

  it('is not asked long: one bad span among 2,000', () => {
    const result = deliver(new PoisonSearch('traces'), requestOf(many(2000)), against(new Set(['s1234'])))
    expect(result).toMatchObject({ setAside: ['s1234'] })
    expect(result.delivered.length).toBe(1999)
    expect(result.sends).toBeLessThan(60)
  })
})

it('does not take a server that refuses everything apart item by item', () => {
  const search = new PoisonSearch('traces')
  const refuse = (): SendOutcome => ({ kind: 'rejected', reason: 'no', split: 'bisect' })
  const first = deliver(search, requestOf(many(2000)), refuse)
  expect(first.setAside.length).toBe(2000)
  expect(first.sends).toBeLessThan(100)
  expect(deliver(search, requestOf(many(2000)), refuse).sends).toBe(1)
  deliver(search, requestOf(['a']), () => delivered)
  expect(deliver(search, requestOf(many(8)), refuse).sends).toBe(15)
})

it('tries a whole request in doubt 24 times, counting only doubts', () => {
  const search = new PoisonSearch('traces')
  const outcomes: SendOutcome[] = [
    ...Array.from({ length: 50 }, (): SendOutcome => ({ kind: 'retry', reason: 'down' })),
    ...Array.from({ length: 23 }, (): SendOutcome => ({ kind: 'doubtful', reason: '500' })),
    delivered,
  ]
  const result = deliver(search, requestOf(['a']), () => outcomes.shift()!)
  expect(result).toMatchObject({ delivered: ['a'], sends: 74 })
  const doubt = deliver(search, requestOf(['a']), () => ({ kind: 'doubtful', reason: '500' }))
  expect(doubt).toMatchObject({ setAside: ['a'], sends: 24 })
})

it('keeps the delay a server asks for', () => {
  const judged = new PoisonSearch('traces').judge(requestOf(['a']), { kind: 'doubtful', reason: 'r', afterMs: 5 })
  expect(judged).toEqual({ kind: 'retry', reason: 'r', afterMs: 5 })
})

it('halves what is too large however often', () => {
  const search = new PoisonSearch('traces')
  const result = deliver(search, requestOf(many(300)), (names) =>
    names.length > 1 ? { kind: 'rejected', reason: 'large', split: 'half' } : delivered,
  )
  expect(result.delivered).toEqual(many(300))
})

it('leaves other outcomes alone', () => {
  const outcome = { kind: 'rejected', reason: 'who are you', unauthorized: true } as const
  expect(new PoisonSearch('logs').judge(requestOf(['a']), outcome)).toBe(outcome)
})
