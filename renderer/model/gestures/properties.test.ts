// Random gestures on random configs: only what a gesture is about changes, the result can be read, and undo gives it all back.
import fc from 'fast-check'
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalog } from '../../../collector-core/catalog.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import { parse } from '../../../collector-core/language/parser.ts'
import type { Parsed } from '../../../collector-core/language/parser.ts'
import type { Span } from '../../../collector-core/language/position.ts'
import { attributeOf, blocksAt } from '../../../collector-core/language/walk.ts'
import { ConfigDocument } from '../config-document.ts'
import { drawScene } from '../scene.ts'
import type { Scene, SceneEdge, SceneNode } from '../scene.ts'
import { addAtWire, addComponent, insertOnEdge, planComponent } from './add.ts'
import { copyNodes, paste, readyToPaste } from './clipboard.ts'
import { connectPorts, disconnectEdges } from './connect.ts'
import { disableNodes, enableNodes } from './disable.ts'
import { removeSelected } from './remove.ts'
import { placeOf } from './rewire.ts'
import { renameNode } from './rename.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const examples = new URL('../../../assets/examples/', import.meta.url)
const files = readdirSync(examples).map((name) => readFileSync(new URL(name, examples), 'utf8'))

/** A chain of components of one signal with random gaps, comments and wires. */
const pipelines = fc.gen().map((generate): string => {
  const pick = <T>(pieces: readonly T[]): T => pieces[generate(fc.nat, { max: pieces.length - 1 })]
  const [signal, echo] = pick([
    ['prometheus.relabel', 'prometheus.echo'],
    ['loki.process', 'loki.echo'],
  ])
  const count = pick([1, 2, 3, 5])
  const names = Array.from({ length: count }, (_, at) => `${pick([signal, signal, echo])}|n${at}`)
  const blocks = names.map((name, at) => {
    const [kind, label] = name.split('|')
    if (kind === echo) return `${kind} "${label}" {${pick([' ', '\n', ' // c\n'])}}`
    const others = names.slice(at + 1).filter(() => pick([true, false]))
    const references = others.map((other) => `${other.replace('|', '.')}.receiver`)
    const list = pick([
      `[${references.join(', ')}]`,
      `[${references.map((one) => `\n    ${one},${pick(['', ' // to', ' /* x */'])}`).join('')}\n  ]`,
      `[ ${references.join(' , ')}${references.length > 0 ? pick(['', ',']) : ''} ]`,
    ])
    return `${kind} "${label}" {\n  forward_to   =  ${list}${pick(['', ' // why'])}\n${pick(['', '  // inside\n'])}}`
  })
  const gaps = ['\n', '\n\n', '\n\n// about the next\n', '\n// ====\n// Part\n// ====\n\n', ' // behind\n\n', '\n\n\n']
  return pick(['', '// license\n\n']) + blocks.map((block) => block + pick(gaps)).join('')
})
const plain = fc.oneof({ weight: 3, arbitrary: pipelines }, { weight: 1, arbitrary: fc.constantFrom(...files) })
const configs = fc.tuple(plain, fc.boolean()).map(([text, crlf]) => (crlf ? text.replaceAll(/\r?\n/g, '\r\n') : text))

interface Tried {
  readonly result: EditResult
  /** Where text may be taken away. */
  readonly about: readonly Span[]
}

type Chance = (below: number) => number
type Gesture = (scene: Scene, chance: Chance) => Tried | undefined

const oneOf = <T>(list: readonly T[], chance: Chance): T => list[chance(list.length)]

const gestures: Readonly<Record<string, Gesture>> = {
  add: (scene, chance) => {
    const component = planComponent(scene, oneOf([...catalog.components.keys()], chance))
    return { result: addComponent(scene, component, scene.nodes.at(chance(scene.nodes.length + 1))), about: [] }
  },
  addAtWire: (scene, chance) => {
    const node = oneOf(scene.nodes, chance)
    const ports = [...node.inputs, ...node.outputs]
    if (ports.length === 0) return undefined
    const port = oneOf(ports, chance)
    const component = planComponent(scene, oneOf([...catalog.components.keys()], chance), node)
    const own = port.argument && attributeSpan(scene.parsed, node, port.argument[0])
    return { result: addAtWire(scene, component, { node, port }), about: own ? [own] : [] }
  },
  connect: (scene, chance) => {
    const [node, to] = [oneOf(scene.nodes, chance), oneOf(scene.nodes, chance)]
    if (node.outputs.length === 0 || to.inputs.length === 0) return undefined
    const [port, into] = [oneOf(node.outputs, chance), oneOf(to.inputs, chance)]
    const holder = port.export === undefined ? { node, port } : { node: to, port: into }
    const own = attributeSpan(scene.parsed, holder.node, holder.port.argument?.[0] ?? '')
    return { result: connectPorts(scene, { node, port }, { node: to, port: into }), about: own ? [own] : [] }
  },
  disconnect: (scene, chance) => {
    if (scene.edges.length === 0) return undefined
    const edge = oneOf(scene.edges, chance)
    return { result: disconnectEdges(scene, [edge]), about: wiresOf(scene, [edge]) }
  },
  insert: (scene, chance) => {
    if (scene.edges.length === 0) return undefined
    const edge = oneOf(scene.edges, chance)
    const names = ['prometheus.relabel', 'loki.process', 'loki.relabel', 'otelcol.processor.batch', 'discovery.relabel']
    const fitting = names.map((name) => planComponent(scene, name, scene.byId.get(edge.from)))
    return { result: insertOnEdge(scene, edge, oneOf(fitting, chance)), about: wiresOf(scene, [edge]) }
  },
  remove: (scene, chance) => {
    const nodes = some(scene.nodes, chance)
    const ids = nodes.map(({ id }) => id)
    const edges = some(scene.edges, chance)
    return {
      result: removeSelected(
        scene,
        ids,
        edges.map(({ id }) => id),
        chance(2) === 0,
      ),
      about: [
        ...nodes.map((node) => withGaps(scene.parsed, node)),
        ...wiresOf(scene, [...edges, ...touching(scene, ids)]),
      ],
    }
  },
  rename: (scene, chance) => {
    const node = oneOf(scene.nodes, chance)
    return {
      result: renameNode(scene, node, 'renamed'),
      about: [node.span, ...wiresOf(scene, touching(scene, [node.id]))],
    }
  },
  duplicate: (scene, chance) => {
    const nodes = some(scene.nodes, chance)
    const ready = readyToPaste(
      scene,
      copyNodes(
        scene,
        nodes.map(({ id }) => id),
      ),
      nodes[0],
    )
    return ready.kind === 'refused' ? undefined : { result: paste(scene, ready, nodes[0]), about: [] }
  },
  disable: (scene, chance) => {
    const ids = some(scene.nodes, chance).map(({ id }) => id)
    return { result: disableNodes(scene, ids), about: wiresOf(scene, touching(scene, ids)) }
  },
}

function some<T>(list: readonly T[], chance: Chance): readonly T[] {
  return list.filter(() => chance(3) === 0)
}

function touching(scene: Scene, ids: readonly string[]): readonly SceneEdge[] {
  return scene.edges.filter(({ from, to }) => ids.includes(from) || ids.includes(to))
}

function wiresOf({ parsed }: Scene, edges: readonly SceneEdge[]): readonly Span[] {
  return edges.flatMap(({ wires }) =>
    wires.flatMap(({ span }) => {
      const place = placeOf(parsed, span.start)
      const block = blocksAt(parsed.tree, span.start).at(-1)
      const attribute = place && block && attributeOf(block.body, place.attribute)
      return attribute ? [wholeLines(parsed.text, attribute.span)] : []
    }),
  )
}

function attributeSpan(parsed: Parsed, { span }: SceneNode, name: string): Span | undefined {
  const block = blocksAt(parsed.tree, span.start).at(-1)
  const attribute = block && attributeOf(block.body, name)
  return attribute?.span ?? block?.span
}

function wholeLines(text: string, { start, end }: Span): Span {
  const last = text.indexOf('\n', end)
  return { start: text.lastIndexOf('\n', start) + 1, end: last < 0 ? text.length : last + 1 }
}

/** A block with the comments and blank lines up to its neighbours. */
function withGaps({ tree, text }: Parsed, { span }: SceneNode): Span {
  const { statements } = tree.body
  return {
    start: statements.findLast((one) => one.span.end <= span.start)?.span.end ?? 0,
    end: statements.find((one) => one.span.start >= span.end)?.span.start ?? text.length,
  }
}

/** Whether each character of a span that is not blank lies in one of the others. */
function isAbout(text: string, { start, end }: Span, about: readonly Span[]): boolean {
  for (let at = start; at < end; at++) {
    if (text[at].trim() !== '' && !about.some((span) => span.start <= at && at < span.end)) return false
  }
  return true
}

test('any gesture is one step, changes only what it is about, can be read, and is undone byte by byte', () => {
  const done: Record<string, number> = {}
  fc.assert(
    fc.property(
      configs,
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(gestures)), fc.infiniteStream(fc.nat())), {
        minLength: 1,
        maxLength: 4,
      }),
      (text, tries) => {
        const document = new ConfigDocument(text, { file: 'config.alloy', environment })
        const states = [text]
        for (const [name, numbers] of tries) {
          const scene = drawScene(document.snapshot.get())
          if (scene.nodes.length === 0) break
          const chance: Chance = (below) => (numbers.next().value as number) % below
          const tried = gestures[name](scene, chance)
          if (tried === undefined || document.apply(tried.result) !== undefined) continue
          if (tried.result.kind === 'refused' || document.text === states.at(-1)) continue
          done[name] = (done[name] ?? 0) + 1
          for (const { span } of tried.result.edits) {
            expect(isAbout(states.at(-1)!, span, tried.about), `${name} takes away ${span.start} to ${span.end}`).toBe(
              true,
            )
          }
          expect(parse(document.text).diagnostics).toEqual([])
          states.push(document.text)
        }
        for (const before of states.slice(0, -1).reverse()) {
          document.undo()
          expect(document.text).toBe(before)
        }
      },
    ),
    { numRuns: 400 },
  )
  expect(Object.keys(gestures).filter((name) => !(name in done))).toEqual([])
}, 60_000)

test('switching off, then on again, gives the very same text', () => {
  let switched = 0
  fc.assert(
    fc.property(configs, fc.infiniteStream(fc.nat()), (text, numbers) => {
      const document = new ConfigDocument(text, { file: 'config.alloy', environment })
      const scene = drawScene(document.snapshot.get())
      const ids = scene.nodes.filter(() => (numbers.next().value as number) % 2 === 0).map(({ id }) => id)
      if (document.apply(disableNodes(scene, ids)) !== undefined) return
      switched += 1
      const off = drawScene(document.snapshot.get())
      expect(off.nodes.filter(({ standing }) => standing === 'disabled').map(({ id }) => id)).toEqual(
        expect.arrayContaining(ids),
      )
      expect(document.apply(enableNodes(off, ids))).toBeUndefined()
      expect(document.text).toBe(text)
    }),
    { numRuns: 100 },
  )
  expect(switched).toBeGreaterThan(20)
}, 60_000)
