// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderWindow } from '../../testing/render-window.tsx'
import { Canvas } from './canvas.tsx'

const text = `loki.process "some" {
  forward_to = [loki.echo.log.receiver]
}

loki.echo "log" { }
`
const nothing = { nodes: [], edges: [] }

test('a config is drawn, and what became of it since it was applied stands on its components', async () => {
  const { workbench } = renderWindow(<Canvas picture={nothing} />, {}, { text })
  const { document } = workbench.project
  const log = await screen.findByRole('group', { name: 'loki.echo log' })
  const some = screen.getByRole('group', { name: 'loki.process some' })
  const edit = (from: string, to: string): void => {
    const start = document.text.indexOf(from)
    act(() => document.replace([{ span: { start, end: start + from.length }, text: to }]))
  }
  edit('[loki.echo.log.receiver]', '[]')
  expect(some.textContent).toContain('± changed')
  expect(log.textContent).not.toContain('changed')
  edit('loki.echo "log" { }', 'loki.echo "new" { }')
  expect((await screen.findByRole('group', { name: 'loki.echo new' })).textContent).toContain('+ added')
  expect(screen.getByText('loki.echo.log')).toBeTruthy()
  act(() => workbench.project.revertToRunning())
  expect(some.textContent).not.toContain('changed')
})

test('a component that is selected is removed with a key, and undo brings it back', async () => {
  const { workbench } = renderWindow(<Canvas picture={nothing} />, {}, { text })
  const log = await screen.findByRole('group', { name: 'loki.echo log' })
  act(() => log.focus())
  await userEvent.keyboard('{Delete}')
  expect(workbench.project.document.text).not.toContain('loki.echo "log"')
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(workbench.project.document.text).toBe(text)
})
