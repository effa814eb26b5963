import ElkConstructor from 'elkjs'
import { expect, test, vi } from 'vitest'
import { CanvasSession } from './canvas-session.ts'
import { ConfigDocument } from './config-document.ts'
import { nodeSize } from './layout.ts'
import type { LayoutEngine, Position } from './layout.ts'
import { SelectionModel } from './selection.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const engine: LayoutEngine = new ElkConstructor()

const text = `prometheus.scrape "app" {
  targets    = []
  forward_to = [prometheus.relabel.keep.receiver]
}

prometheus.relabel "keep" {
  forward_to = [prometheus.echo.log.receiver]
}

prometheus.echo "log" { }
`

async function start(config = text, using = engine) {
  const document = new ConfigDocument(config, { file: 'config.alloy', environment })
  const selection = new SelectionModel()
  const saved = vi.fn<(positions: Readonly<Record<string, Position>>) => void>()
  const refused = vi.fn<(reason: string) => void>()
  const clock = { now: 0 }
  const session = new CanvasSession({
    document,
    selection,
    engine: using,
    savePositions: saved,
    refuse: refused,
    editable: true,
    now: () => clock.now,
  })
  session.start()
  await vi.waitFor(() => expect(session.places.current.get().size).toBe(session.scene.get().nodes.length), 10_000)
  return { document, selection, session, saved, refused, clock }
}

test('a config nobody laid out flows to the right, nothing over anything, on the grid', async () => {
  const { session, saved } = await start()
  const positions = session.places.current.get()
  for (const { from, to } of session.scene.get().edges)
    expect(positions.get(from)!.x + nodeSize.width).toBeLessThan(positions.get(to)!.x)
  const all = [...positions.values()]
  for (const { x, y } of all) expect([x % 4, y % 4]).toEqual([0, 0])
  expect(saved).not.toHaveBeenCalled()
  await session.places.tidy()
  expect(saved).toHaveBeenCalledTimes(1)
})

test('moves and edits are steps of one history, and a move that is undone is kept so', async () => {
  const { document, session, saved } = await start()
  const at = (id: string) => session.places.current.get().get(id)
  const first = at('prometheus.echo.log')
  const moved = { x: 2000, y: 400 }
  session.places.move(new Map([['prometheus.echo.log', moved]]))
  session.add('prometheus.relabel')
  expect(document.depth.get()).toEqual({ undo: 2, redo: 0 })

  document.undo()
  expect(session.scene.get().nodes).toHaveLength(3)
  expect(at('prometheus.echo.log')).toEqual(moved)
  document.undo()
  expect(at('prometheus.echo.log')).toEqual(first)
  expect(saved.mock.lastCall![0]).toMatchObject({ 'prometheus.echo.log': first })
  expect(document.depth.get()).toEqual({ undo: 0, redo: 2 })

  document.redo()
  expect(at('prometheus.echo.log')).toEqual(moved)
  document.redo()
  expect(session.scene.get().nodes).toHaveLength(4)
})

test('a run of nudges is one step of the history, until a pause, another selection or another step', async () => {
  const { document, selection, session, saved, clock } = await start()
  const at = (id: string) => session.places.current.get().get(id)!
  const first = at('prometheus.echo.log')
  const steps = (): number => document.depth.get().undo
  const nudge = (times: number): void => {
    for (let time = 0; time < times; time++) {
      clock.now += 30
      session.nudge(8, 0)
    }
  }
  selection.select(['prometheus.echo.log'])
  nudge(10)
  expect(steps()).toBe(1)
  expect(at('prometheus.echo.log')).toEqual({ ...first, x: first.x + 80 })
  document.undo()
  expect(at('prometheus.echo.log')).toEqual(first)
  expect(saved.mock.lastCall![0]).toMatchObject({ 'prometheus.echo.log': first })
  document.redo()
  expect(at('prometheus.echo.log')).toEqual({ ...first, x: first.x + 80 })

  nudge(2)
  expect(steps()).toBe(2)
  clock.now += 1000
  nudge(2)
  expect(steps()).toBe(3)
  selection.select(['prometheus.relabel.keep'])
  nudge(2)
  expect(steps()).toBe(4)
  session.add('prometheus.relabel')
  selection.select(['prometheus.relabel.keep'])
  nudge(2)
  expect(steps()).toBe(6)
  document.undo()
  document.undo()
  nudge(1)
  expect(document.depth.get()).toEqual({ undo: 5, redo: 0 })
})

test('tidying is undone like any move', async () => {
  const { document, session } = await start()
  session.places.move(new Map([['prometheus.echo.log', { x: 2000, y: 400 }]]))
  const before = session.places.current.get()
  await session.places.tidy()
  expect(session.places.current.get()).not.toEqual(before)
  document.undo()
  expect(session.places.current.get()).toEqual(before)
})

test('only what is new is placed, beside what it is connected to, and undo brings places back', async () => {
  const { document, selection, session, saved } = await start()
  session.places.move(new Map([['prometheus.echo.log', { x: 2000, y: 400 }]]))
  const before = session.places.current.get()
  expect(session.insert(session.scene.get().edges[1].id, { name: 'prometheus.relabel' })).toBe(true)
  expect(selection.current.get().primary).toBe('prometheus.relabel.default')
  const after = session.places.current.get()
  for (const [id, position] of before) expect(after.get(id)).toEqual(position)
  const { x } = after.get('prometheus.relabel.default')!
  expect(x).toBeGreaterThan(before.get('prometheus.relabel.keep')!.x)
  expect(x).toBeLessThan(2000)
  expect(Object.keys(saved.mock.lastCall![0])).toContain('prometheus.relabel.default')
  document.undo()
  document.redo()
  expect(session.places.current.get().get('prometheus.relabel.default')).toEqual(
    after.get('prometheus.relabel.default'),
  )
})

test('removing asks about the gap only where something flows through', async () => {
  const { selection, session } = await start()
  selection.select(['prometheus.relabel.keep'])
  session.remove()
  expect(session.task.get()).toEqual({ kind: 'remove', nodes: ['prometheus.relabel.keep'], edges: [] })
  session.removeNow(['prometheus.relabel.keep'], [], true)
  expect(session.task.get()).toBeUndefined()
  expect(session.scene.get().edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'prometheus.scrape.app prometheus.echo.log',
  ])
  selection.select(['prometheus.echo.log'])
  session.remove()
  expect(session.scene.get().edges).toEqual([])
})

test('a renamed node keeps its place and its selection', async () => {
  const { selection, session } = await start()
  const place = session.places.current.get().get('prometheus.echo.log')
  expect(session.rename('prometheus.echo.log', 'all')).toBe(true)
  expect(session.places.current.get().get('prometheus.echo.all')).toEqual(place)
  expect(selection.current.get().primary).toBe('prometheus.echo.all')
})

test('duplicating, switching off and on, and going along edges', async () => {
  const { document, selection, session } = await start()
  session.go('right')
  expect(selection.current.get().primary).toBe('prometheus.scrape.app')
  session.go('right')
  session.go('right')
  session.go('right')
  expect(selection.current.get().primary).toBe('prometheus.echo.log')
  session.go('left')
  expect(selection.current.get().primary).toBe('prometheus.relabel.keep')
  session.nextEdge()
  expect(session.edge?.to).toBe('prometheus.echo.log')
  session.nextEdge()
  expect(session.edge?.from).toBe('prometheus.scrape.app')
  session.go('right')
  session.toggle()
  expect(session.primary?.standing).toBe('disabled')
  session.toggle()
  expect(document.text).toBe(text)
  session.duplicate()
  expect(selection.current.get().nodes).toEqual(['prometheus.relabel.keep_2'])
})

test('what cannot be done is said, and a component that would translate is asked for', async () => {
  const { session, refused } = await start(`${text}\notelcol.receiver.otlp "in" {\n  output { }\n}\n`)
  const scene = session.scene.get()
  const otlp = scene.byId.get('otelcol.receiver.otlp.in')!
  const echo = scene.byId.get('prometheus.echo.log')!
  const metrics = otlp.outputs.find(({ carries }) => carries === 'metrics')!
  session.connect({ node: otlp, port: metrics }, { node: echo, port: echo.inputs[0] })
  expect(session.task.get()).toMatchObject({ kind: 'bridge' })
  session.connect(
    { node: echo, port: echo.inputs[0] },
    { node: scene.byId.get('prometheus.relabel.keep')!, port: scene.byId.get('prometheus.relabel.keep')!.outputs[0] },
  )
  expect(refused).toHaveBeenLastCalledWith('They are connected already.')
  session.paste('receivers:\n  otlp:\n')
  expect(refused.mock.lastCall![0]).toContain('OpenTelemetry Collector')
})

test('nodes are lined up and spread evenly', async () => {
  const { selection, session } = await start()
  session.selectAll()
  session.align('top')
  expect(new Set([...session.places.current.get().values()].map(({ y }) => y)).size).toBe(1)
  session.places.move(
    new Map([
      ['prometheus.scrape.app', { x: 0, y: 0 }],
      ['prometheus.relabel.keep', { x: 100, y: 0 }],
      ['prometheus.echo.log', { x: 1000, y: 0 }],
    ]),
  )
  expect(selection.current.get().nodes).toHaveLength(3)
  session.align('columns')
  expect(session.places.current.get().get('prometheus.relabel.keep')).toEqual({ x: 500, y: 0 })
})

test('everything is drawn even when the layout engine does not start', async () => {
  const { session } = await start(text, { layout: () => Promise.reject(new Error('no worker')) })
  const positions = session.places.current.get()
  for (const { from, to } of session.scene.get().edges)
    expect(positions.get(from)!.x + nodeSize.width).toBeLessThan(positions.get(to)!.x)
})
