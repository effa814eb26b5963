// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useCell } from '../../live/connection-context.ts'
import { Cell } from '../../model/cell.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { Canvas } from './canvas.tsx'

const text = `loki.process "some" {
  forward_to = [loki.echo.log.receiver]
}

loki.echo "log" { }
`
const nothing = { nodes: [], edges: [] }

test('while it is reviewed, and only then, what became of a config stands on the canvas', async () => {
  const reviewing = new Cell(false)
  const Reviewed = () => <Canvas picture={nothing} reviewing={useCell(reviewing)} />
  const { workbench } = renderWindow(<Reviewed />, {}, { text })
  const { document } = workbench.project
  const log = await screen.findByRole('group', { name: 'loki.echo log' })
  const some = screen.getByRole('group', { name: 'loki.process some' })
  const edit = (from: string, to: string): void => {
    const start = document.text.indexOf(from)
    act(() => document.replace([{ span: { start, end: start + from.length }, text: to }]))
  }
  edit('[loki.echo.log.receiver]', '[]')
  expect(some.textContent).not.toContain('changed')
  act(() => reviewing.set(true))
  expect(some.textContent).toContain('± changed')
  expect(some.getAttribute('aria-label')).toBe('loki.process some, changed')
  expect(log.textContent).not.toContain('changed')

  edit('loki.echo "log" { }', 'loki.echo "new" { }')
  const added = await screen.findByRole('group', { name: 'loki.echo new, added' })
  expect(added.textContent).toContain('+ added')
  const ghost = screen.getByRole('group', { name: 'removed: loki.echo log' })
  expect(ghost.tabIndex).toBe(-1)
  expect(ghost.closest('.react-flow__node')).toBeNull()
  expect(ghost.dataset.pointed).toBe('false')
  act(() => workbench.selection.pointTo('loki.echo.log'))
  expect(ghost.dataset.pointed).toBe('true')
  expect(workbench.selection.current.get().nodes).toEqual([])

  act(() => reviewing.set(false))
  expect(added.textContent).not.toContain('added')
  expect(screen.queryByRole('group', { name: /removed/ })).toBeNull()
})

test('a healthy scrape whose targets are not all up says so on its face', async () => {
  const config = 'prometheus.scrape "app" {\n  targets    = []\n  forward_to = []\n}\n'
  const { client } = renderWindow(<Canvas picture={nothing} />, {}, { text: config })
  const face = await screen.findByRole('group', { name: 'prometheus.scrape app' })
  const health = { state: 'healthy', message: 'running', since: 0 } as const
  let at = 0
  const scrapes = (total: number, up: number, down: number): void => {
    const components = [{ id: 'prometheus.scrape.app', health, dropped: {}, targets: { total, up, down } }]
    act(() => client.send('frames', { kind: 'stats', at: ++at, components, edges: [] }))
  }
  scrapes(2, 1, 1)
  expect(face.textContent).toContain('1 of 2 targets up')
  expect(within(face).getByRole('img', { name: 'Healthy' })).toBeTruthy()
  scrapes(1, 0, 1)
  expect(face.textContent).toContain('target down')
  scrapes(1, 0, 0)
  expect(face.textContent).toContain('target not scraped yet')
  scrapes(0, 0, 0)
  expect(face.textContent).toContain('no targets')
  scrapes(2, 2, 0)
  expect(face.textContent).not.toContain('targets up')
})

test('a component that is selected is removed with a key, and undo brings it back', async () => {
  const { workbench } = renderWindow(<Canvas picture={nothing} />, {}, { text })
  const log = await screen.findByRole('group', { name: 'loki.echo log' })
  act(() => log.focus())
  await userEvent.keyboard('{Delete}')
  expect(workbench.project.document.text).not.toContain('loki.echo "log"')
  act(() => void workbench.project.document.undo())
  expect(workbench.project.document.text).toBe(text)
})
