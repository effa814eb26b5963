import { expect, test } from 'vitest'
import { ConfigDocument } from './config-document.ts'
import { nodeSize } from './layout.ts'
import type { Position } from './layout.ts'
import { removedParts } from './removed-parts.ts'
import { drawScene } from './scene.ts'
import type { Scene } from './scene.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const sceneOf = (text: string): Scene =>
  drawScene(new ConfigDocument(text, { file: 'config.alloy', environment }).snapshot.get())

const head = 'loki.process "a" {\n  forward_to = [loki.process.b.receiver, loki.echo.c.receiver]\n}\n'
const before = sceneOf(`${head}loki.process "b" {\n  forward_to = [loki.echo.c.receiver]\n}\nloki.echo "c" { }\n`)
const now = sceneOf('loki.process "a" {\n  forward_to = [loki.echo.c.receiver]\n}\nloki.echo "c" { }\n')
const places = (entries: Readonly<Record<string, Position>>) => new Map(Object.entries(entries))
const placed = places({ 'loki.process.a': { x: 0, y: 0 }, 'loki.echo.c': { x: 800, y: 0 } })

test('what is gone stands where it stood, with the edges it had', () => {
  const { nodes, edges, positions } = removedParts(
    { before, now },
    placed,
    places({ 'loki.process.b': { x: 400, y: 200 } }),
  )
  expect(nodes.map(({ id }) => id)).toEqual(['loki.process.b'])
  expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'loki.process.a loki.process.b',
    'loki.process.b loki.echo.c',
  ])
  expect(positions).toEqual(places({ 'loki.process.b': { x: 400, y: 200 } }))
})

test('a place that another took is left to it, and one nobody remembers is beside what it was connected to', () => {
  const taken = removedParts({ before, now }, placed, places({ 'loki.process.b': { x: 800, y: 0 } }))
  const { x, y } = taken.positions.get('loki.process.b')!
  expect(x).toBe(800)
  expect(Math.abs(y)).toBeGreaterThanOrEqual(nodeSize.height)
  const unknown = removedParts({ before, now }, placed, new Map()).positions.get('loki.process.b')!
  expect(unknown.x).toBeGreaterThan(0)
  expect(unknown.x).toBeLessThan(800)
})

test('where the gap was bridged, what is gone stands beside the new edge and not over it', () => {
  const chain = sceneOf(
    'loki.process "a" {\n  forward_to = [loki.process.b.receiver]\n}\n' +
      'loki.process "b" {\n  forward_to = [loki.echo.c.receiver]\n}\nloki.echo "c" { }\n',
  )
  for (const remembered of [places({ 'loki.process.b': { x: 400, y: 0 } }), new Map<string, Position>()]) {
    const { positions } = removedParts({ before: chain, now }, placed, remembered)
    const { x, y } = positions.get('loki.process.b')!
    expect(x).toBe(400)
    expect(y).toBeGreaterThan(nodeSize.height / 2)
    expect(y).toBeLessThanOrEqual(nodeSize.height)
  }
})

test('what was in a module is gone with its edges too', () => {
  const inside = (text: string): string => `declare "m" {\n${text}}\n`
  const some = 'loki.process "a" {\n  forward_to = [loki.echo.c.receiver]\n}\n'
  const { nodes, edges } = removedParts(
    { before: sceneOf(inside(`${some}loki.echo "c" { }\n`)), now: sceneOf(inside(some)) },
    places({ 'declare.m/loki.process.a': { x: 0, y: 0 } }),
    new Map(),
  )
  expect(nodes.map(({ id }) => id)).toEqual(['declare.m/loki.echo.c'])
  expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['declare.m/loki.process.a declare.m/loki.echo.c'])
})

test('an edge that was taken away between two that are still there is gone too', () => {
  const cut = sceneOf('loki.process "a" {\n  forward_to = []\n}\nloki.echo "c" { }\n')
  const both = sceneOf(`loki.process "a" {\n  forward_to = [loki.echo.c.receiver]\n}\nloki.echo "c" { }\n`)
  const { nodes, edges } = removedParts({ before: both, now: cut }, placed, new Map())
  expect([nodes.length, edges.map(({ from, to }) => `${from} ${to}`)]).toEqual([0, ['loki.process.a loki.echo.c']])
})
