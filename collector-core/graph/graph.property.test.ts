// Random configs with references to what is there, to themselves, in circles and to nothing: what the text says is what the
// graph, its order and its complaints say, and a plan between any two leads from the one to the other.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Catalog } from '../catalog.ts'
import { defineComponent } from '../schema/definition.ts'
import { receiver, receivers, targets } from '../schema/field.ts'
import type { Fields } from '../schema/field.ts'
import { checkConfig } from './check.ts'
import type { CheckedConfig } from './check.ts'
import { planChange } from './plan.ts'
import type { PlannedNode } from './plan.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0.0.0' }

const fields = { targets: targets('Read.', {}), forward_to: receivers('metrics', 'Out.') }
const kinds: Readonly<Record<Kind, { readonly reads: Fields; readonly gives: Fields }>> = {
  sink: { reads: {}, gives: { receiver: receiver('metrics', 'In.') } },
  pass: { reads: { forward_to: fields.forward_to }, gives: { receiver: receiver('metrics', 'In.') } },
  source: { reads: fields, gives: {} },
  finder: { reads: { targets: fields.targets }, gives: { targets: targets('Found.') } },
}
type Kind = 'sink' | 'pass' | 'source' | 'finder'

const catalog: Catalog = {
  components: new Map(
    Object.entries(kinds).map(([kind, { reads, gives }]) => {
      const name = `test.${kind}`
      const texts = { name, summary: 'For tests.', stage: 'process', example: '' } as const
      return [name, defineComponent({ ...texts, arguments: reads, exports: gives })]
    }),
  ),
  known: new Map(),
  configBlocks: new Map(),
  unsupportedBlocks: new Map(),
}

/** A component of the model; `names` are indexes of others, those behind the last one of components that do not exist. */
interface Wanted {
  readonly kind: Kind
  readonly names: readonly number[]
}
const mostComponents = 9
const wanted = fc.record<Wanted>({
  kind: fc.constantFrom('sink', 'pass', 'source', 'finder'),
  names: fc.array(fc.nat(mostComponents), { maxLength: 4 }),
})
const pipeline = fc.array(wanted, { maxLength: mostComponents })

/** What a component refers to, as the text has it: those of the right kind, and those that are not there. */
interface Mention {
  readonly from: string
  readonly to: string
  readonly argument: 'targets' | 'forward_to'
  readonly exists: boolean
}

const idOf = (components: readonly Wanted[], index: number): string => `test.${components[index].kind}.c${index}`

function mentionsOf(components: readonly Wanted[], index: number): readonly Mention[] {
  const { kind, names } = components[index]
  const from = idOf(components, index)
  return [...new Set(names)].flatMap((name): Mention[] => {
    const target = components.at(name)
    const exists = name < components.length
    const argument = exists && target?.kind === 'finder' ? 'targets' : 'forward_to'
    if (!Object.hasOwn(kinds[kind].reads, argument) || (exists && target?.kind === 'source')) return []
    return [{ from, to: exists ? idOf(components, name) : `test.sink.gone${name}`, argument, exists }]
  })
}

function textOf(components: readonly Wanted[]): string {
  const blocks = components.map((_, index) => {
    const mentions = mentionsOf(components, index)
    const lists = (['targets', 'forward_to'] as const).flatMap((argument) => {
      const named = mentions.filter((mention) => mention.argument === argument)
      if (named.length === 0) return []
      const values = named.map(({ to }) => `${to}.${argument === 'targets' ? 'targets' : 'receiver'}`)
      const list = argument === 'targets' ? `array.concat(${values.join(', ')})` : `[${values.join(', ')}]`
      return [`  ${argument} = ${list}\n`]
    })
    return `${idOf(components, index).replace(/\.(c\d+)$/, ' "$1"')} {\n${lists.join('')}}\n`
  })
  return blocks.join('\n')
}

const checked = (components: readonly Wanted[]): CheckedConfig =>
  checkConfig([{ file: 'c.alloy', text: textOf(components) }], catalog, environment)

/** Ids from which some way of references leads back to them. */
function inCircles(mentions: readonly Mention[]): Set<string> {
  const next = new Map<string, string[]>()
  for (const { from, to } of mentions) next.set(from, [...(next.get(from) ?? []), to])
  const leadsTo = (start: string): Set<string> => {
    const reached = new Set<string>()
    const open = [...(next.get(start) ?? [])]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (reached.has(id)) continue
      reached.add(id)
      open.push(...(next.get(id) ?? []))
    }
    return reached
  }
  return new Set([...next.keys()].filter((id) => leadsTo(id).has(id)))
}

test('the graph has the components and references of the text, an order, and a complaint for each that cannot be', () => {
  fc.assert(
    fc.property(pipeline, (components) => {
      const text = textOf(components)
      const { graph, order, diagnostics } = checked(components)
      const ids = components.map((_, index) => idOf(components, index))
      const mentions = components.flatMap((_, index) => mentionsOf(components, index))
      const existing = mentions.filter(({ exists }) => exists)

      expect(graph.components.map(({ id }) => id)).toEqual(ids)
      expect([...graph.byId.keys()]).toEqual(ids)
      const edges = graph.edges.map(({ from, to, port }) => `${from} ${port} ${to}`)
      const expected = existing.map(({ from, to, argument }) =>
        argument === 'targets' ? `${to} targets ${from}` : `${from} metrics ${to}`,
      )
      expect(edges.sort()).toEqual(expected.sort())

      const complaints = (code: string): string[] =>
        diagnostics.filter((diagnostic) => diagnostic.code === code).map(({ span }) => text.slice(span.start, span.end))
      const missing = mentions.filter(({ exists }) => !exists).map(({ to }) => `${to}.receiver`)
      expect(complaints('unresolved-reference').sort()).toEqual(missing.sort())
      const circles = inCircles(existing)
      expect(complaints('cycle')).toHaveLength(circles.size)
      expect(diagnostics).toHaveLength(missing.length + circles.size)

      expect([...order].sort()).toEqual([...ids].sort())
      for (const { from, to } of existing) {
        if (!circles.has(from)) expect(order.indexOf(to), `${from} refers to ${to}`).toBeLessThan(order.indexOf(from))
      }
    }),
    { numRuns: 250 },
  )
})

test('the graph of a config cut off anywhere joins only components that are in it', () => {
  fc.assert(
    fc.property(pipeline, fc.nat(2_000), fc.nat(40), (components, from, length) => {
      const whole = textOf(components)
      const text = whole.slice(0, from) + whole.slice(from + length)
      const { graph, order, diagnostics } = checkConfig([{ file: 'c.alloy', text }], catalog, environment)
      const ids = graph.components.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect([...order].sort()).toEqual([...ids].sort())
      for (const { from: source, to, reference } of graph.edges) {
        expect(graph.byId.has(source) && graph.byId.has(to)).toBe(true)
        expect(text.slice(reference.span.start, reference.span.end)).toContain(reference.target.split('.')[1])
      }
      for (const { span } of diagnostics) expect(0 <= span.start && span.end <= text.length).toBe(true)
    }),
    { numRuns: 250 },
  )
})

/** Two pipelines of which the second is mostly the first, and which of the first have ended by themselves. */
const change = fc
  .tuple(pipeline, fc.array(fc.option(wanted, { freq: 2 }), { maxLength: mostComponents }), fc.nat(mostComponents))
  .map(([before, edits, length]) => {
    const after = edits.map((edit, index) => edit ?? before.at(index)).filter((component) => component !== undefined)
    return { before, after: [...after, ...before.slice(after.length)].slice(0, length) }
  })

/** The components of a config in dependency order, as the engine plans them. */
function plannedNodes({ graph, order }: CheckedConfig, exited: ReadonlySet<string> = new Set()): PlannedNode[] {
  return order.map((id) => {
    const { name, references } = graph.byId.get(id)!
    return { id, name, references: references.map(({ target }) => target), exited: exited.has(id) }
  })
}

test('a plan leads from what runs to what is wanted, receivers first, and leaves alone what stays', () => {
  fc.assert(
    fc.property(change, fc.array(fc.nat(mostComponents)), ({ before, after }, ends) => {
      const exited = new Set(ends.filter((end) => end < before.length).map((end) => idOf(before, end)))
      const running = plannedNodes(checked(before), exited)
      const target = plannedNodes(checked(after))
      const { stop, start, update } = planChange(running, target)

      const left = running.map(({ id }) => id).filter((id) => !stop.includes(id))
      expect([...left, ...start].sort()).toEqual(target.map(({ id }) => id).sort())
      expect([...update].sort()).toEqual([...left].sort())
      const staying = running.filter(({ id }) => !exited.has(id) && target.some((node) => node.id === id))
      expect([...left].sort()).toEqual(staying.map(({ id }) => id).sort())

      const inOrderOf = (nodes: readonly PlannedNode[], ids: readonly string[]): string[] =>
        nodes.map(({ id }) => id).filter((id) => ids.includes(id))
      expect(start).toEqual(inOrderOf(target, start))
      expect(update).toEqual(inOrderOf(target, update))
      expect(stop).toEqual(inOrderOf(running, stop).reverse())
    }),
    { numRuns: 250 },
  )
})

test('a plan to the same config starts and stops nothing, but anew what has ended', () => {
  fc.assert(
    fc.property(pipeline, fc.array(fc.nat(mostComponents)), (components, ends) => {
      const exited = new Set(ends.filter((end) => end < components.length).map((end) => idOf(components, end)))
      const config = checked(components)
      const { stop, start, update } = planChange(plannedNodes(config, exited), plannedNodes(config))
      expect(new Set(start)).toEqual(exited)
      expect(new Set(stop)).toEqual(exited)
      expect(update.length).toBe(config.order.length - exited.size)
    }),
  )
})
