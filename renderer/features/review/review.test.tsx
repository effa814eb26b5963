// @vitest-environment happy-dom
import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderWindow } from '../../testing/render-window.tsx'
import type { TestWindow } from '../../testing/render-window.tsx'
import { ReviewControls } from './review-controls.tsx'

const text = 'loki.echo "a" { }\n'
const added = 'loki.echo "b" { }\n'

async function edited(answers: Parameters<typeof renderWindow>[1]): Promise<TestWindow> {
  const window = renderWindow(<ReviewControls />, answers, { text })
  await screen.findByText('Applied')
  act(() => window.workbench.project.document.replace([{ span: { start: 0, end: 0 }, text: added }]))
  await userEvent.click(screen.getByRole('button', { name: 'Review' }))
  return window
}

test('what would change is listed, and applying runs all of the text', async () => {
  const { projectClient } = await edited({ applyConfig: () => ({ kind: 'applied', diagnostics: [] }) })
  const dialog = await screen.findByRole('dialog', { name: 'What would change' })
  expect(within(dialog).getByRole('button', { name: /loki\.echo\.b/ }).textContent).toContain('added')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Apply' }))
  expect(projectClient.called).toContainEqual({ name: 'applyConfig', args: { text: added + text } })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('a text the collector refuses stays as it is, with the reasons', async () => {
  const diagnostic = { severity: 'error', message: 'nothing listens', span: { start: 0, end: 4 }, file: '', code: 'x' }
  const { workbench } = await edited({
    applyConfig: () => ({ kind: 'refused', diagnostics: [diagnostic as never] }),
  })
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Apply' }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain('nothing listens (line 1)')
  expect(workbench.project.document.text).toBe(added + text)
})

test('changes are given up as one step that undo brings back', async () => {
  const { workbench } = await edited({})
  await userEvent.click(await screen.findByRole('button', { name: 'Discard changes' }))
  expect(workbench.project.document.text).toBe(text)
  act(() => void workbench.project.document.undo())
  expect(workbench.project.document.text).toBe(added + text)
})
