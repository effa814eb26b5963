// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderWindow } from '../../testing/render-window.tsx'
import type { TestWindow } from '../../testing/render-window.tsx'
import { ProjectControls } from './project-controls.tsx'

const config = { path: '/configs/shop.alloy', text: 'loki.echo "a" { }\n' }

function replaceAll({ workbench }: TestWindow, text: string): void {
  const { document } = workbench.project
  act(() => document.replace([{ span: { start: 0, end: document.text.length }, text }]))
}

test('a text that differs from its file is marked, until it is saved', async () => {
  const window = renderWindow(
    <ProjectControls />,
    { saveProject: () => ({ kind: 'saved', path: config.path, version: 'v2' }) },
    config,
  )
  await screen.findByRole('button', { name: 'shop.alloy' })
  replaceAll(window, 'loki.echo "b" { }\n')
  expect(screen.getByRole('img', { name: 'has unsaved changes' })).toBeTruthy()
  await userEvent.keyboard('{Control>}s{/Control}')
  await waitFor(() => expect(screen.queryByRole('img', { name: 'has unsaved changes' })).toBeNull())
  expect(window.projectClient.called).toContainEqual({
    name: 'saveProject',
    args: { text: 'loki.echo "b" { }\n', expected: 'v1' },
  })
})

test('keys of the window are heard after the last step was undone with the button, which is disabled then', async () => {
  const window = renderWindow(
    <ProjectControls />,
    { saveProject: () => ({ kind: 'saved', path: config.path, version: 'v2' }) },
    config,
  )
  await screen.findByRole('button', { name: 'shop.alloy' })
  replaceAll(window, 'loki.echo "b" { }\n')
  const undo = screen.getByRole('button', { name: 'Undo' })
  await userEvent.click(undo)
  expect(document.activeElement).toBe(undo)
  expect(undo.getAttribute('aria-disabled')).toBe('true')
  await userEvent.keyboard('{Control>}s{/Control}')
  await waitFor(() => expect(window.projectClient.called.map(({ name }) => name)).toContain('saveProject'))
})

test('when another program changed the same line, one chooses, and undo brings back the other', async () => {
  const window = renderWindow(<ProjectControls />, {}, config)
  await screen.findByRole('button', { name: 'shop.alloy' })
  replaceAll(window, 'loki.echo "mine" { }\n')
  act(() =>
    window.projectClient.send('diskChanges', { kind: 'written', text: 'loki.echo "theirs" { }\n', version: 'v2' }),
  )
  const dialog = await screen.findByRole('dialog', { name: 'Another program changed the same lines' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Take the file’s' }))
  const { document } = window.workbench.project
  await waitFor(() => expect(document.text).toBe('loki.echo "theirs" { }\n'))
  act(() => void document.undo())
  expect(document.text).toBe('loki.echo "mine" { }\n')
})

test('another config is opened only after what is not saved has been asked about', async () => {
  const window = renderWindow(<ProjectControls />, {}, config)
  await screen.findByRole('button', { name: 'shop.alloy' })
  replaceAll(window, '')
  await userEvent.click(screen.getByRole('button', { name: /shop\.alloy/ }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'New config' }))
  await userEvent.click(
    within(await screen.findByRole('dialog', { name: 'Save your changes first?' })).getByRole('button', {
      name: 'Cancel',
    }),
  )
  expect(window.projectClient.called.map(({ name }) => name)).not.toContain('newProject')
})
