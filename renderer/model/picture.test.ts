import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { PipelineNode } from '../../collector-core/protocol.ts'
import { ConfigDocument } from './config-document.ts'
import { pathThrough } from './path-focus.ts'
import { drawGraph, drawPipeline, edgeId } from './picture.ts'
import { drawScene } from './scene.ts'

function node(id: string, more: Partial<PipelineNode> = {}): PipelineNode {
  return { id, name: id, label: '', summary: '', stage: 'process', fact: '', takes: [], gives: [], ...more }
}

const chain = drawPipeline({
  nodes: ['discover', 'scrape', 'relabel', 'write', 'other'].map((id) => node(id)),
  edges: [
    { from: 'discover', to: 'scrape', port: 'targets' },
    { from: 'scrape', to: 'relabel', port: 'metrics' },
    { from: 'relabel', to: 'write', port: 'metrics' },
    { from: 'other', to: 'write', port: 'metrics' },
  ],
})

test('a component has a port for each kind that is connected and each it offers', () => {
  const { nodes, edges } = drawPipeline({
    nodes: [
      node('receiver', { gives: ['otlp'] }),
      node('batch', { takes: ['otlp'], gives: ['otlp'] }),
      node('scrape', { takes: ['targets'], gives: ['metrics'] }),
    ],
    edges: [
      { from: 'receiver', to: 'batch', port: 'otlp', carries: 'traces' },
      { from: 'receiver', to: 'batch', port: 'otlp', carries: 'metrics' },
    ],
  })
  expect(nodes.map(({ id, inputs, outputs }) => [id, inputs, outputs])).toEqual([
    ['receiver', [], ['metrics', 'traces']],
    ['batch', ['metrics', 'traces'], ['other']],
    ['scrape', ['targets'], ['metrics']],
  ])
  expect(edges.map(({ kind, items }) => [kind, items])).toEqual([
    ['traces', 'spans'],
    ['metrics', 'points'],
  ])
})

test('two references of one kind are drawn as one edge, and an edge into nowhere not at all', () => {
  const { edges } = drawPipeline({
    nodes: [node('a'), node('b')],
    edges: [
      { from: 'a', to: 'b', port: 'logs' },
      { from: 'a', to: 'b', port: 'logs' },
      { from: 'a', to: 'gone', port: 'logs' },
    ],
  })
  expect(edges.map(({ id }) => id)).toEqual([edgeId({ from: 'a', to: 'b', port: 'logs' })])
})

test('the path through a component is what feeds it and what it feeds', () => {
  const focus = pathThrough(chain.edges, 'scrape')
  expect([...focus.nodes].sort()).toEqual(['discover', 'relabel', 'scrape', 'write'])
  expect(focus.edges).not.toContain(edgeId({ from: 'other', to: 'write', port: 'metrics' }))
  expect(focus.edges.size).toBe(3)
})

test('a circle of references ends', () => {
  const edges = [
    { id: '1', from: 'a', to: 'b' },
    { id: '2', from: 'b', to: 'a' },
  ]
  expect([...pathThrough(edges, 'a').nodes].sort()).toEqual(['a', 'b'])
})

const examples = new URL('../../assets/examples/', import.meta.url)
const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }

test.each(readdirSync(examples))('what runs is drawn as what is edited: %s', (file) => {
  const document = new ConfigDocument(readFileSync(new URL(file, examples), 'utf8'), { file, environment })
  const snapshot = document.snapshot.get()
  const kinds = (nodes: readonly { readonly id: string; readonly kind: string }[]) =>
    nodes.map(({ id, kind }) => `${id} ${kind}`).sort()
  expect(kinds(drawGraph(snapshot.checked).nodes)).toEqual(kinds(drawScene(snapshot).nodes))
})
