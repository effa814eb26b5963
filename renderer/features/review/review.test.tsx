// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useEffect, useState } from 'react'
import { useWorkbench } from '../../model/workbench-context.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import type { TestWindow } from '../../testing/render-window.tsx'
import { Review } from './review.tsx'
import { ReviewControls } from './review-controls.tsx'

const text = 'loki.echo "a" { }\n'
const added = 'loki.echo "b" { }\n'

/** The controls, and beside them the review once they ask for it. */
function Reviewed() {
  const { actions } = useWorkbench()
  const [open, setOpen] = useState(false)
  useEffect(
    () => actions.add([{ id: 'view.review', group: 'window', title: { en: '', ko: '' }, run: () => setOpen(true) }]),
    [actions],
  )
  return (
    <>
      <ReviewControls />
      {open && <Review />}
    </>
  )
}

async function edited(answers: Parameters<typeof renderWindow>[1]): Promise<TestWindow> {
  const window = renderWindow(<Reviewed />, answers, { text })
  await screen.findByText('Applied')
  act(() => window.workbench.project.document.replace([{ span: { start: 0, end: 0 }, text: added }]))
  await userEvent.click(screen.getByRole('button', { name: 'Review' }))
  return window
}

test('what would change is listed, and applying runs all of the text', async () => {
  const { projectClient } = await edited({ applyConfig: () => ({ kind: 'applied', diagnostics: [] }) })
  const changes = await screen.findByRole('region', { name: 'Changed components' })
  expect(within(changes).getByRole('button', { name: /loki\.echo\.b/ }).textContent).toContain('added')
  await userEvent.click(screen.getByRole('button', { name: 'Apply' }))
  expect(projectClient.called).toContainEqual({ name: 'applyConfig', args: { text: added + text } })
  expect(await screen.findByText('The collector runs this text')).toBeTruthy()
})

test('a text the collector refuses stays as it is, with the reasons', async () => {
  const diagnostic = { severity: 'error', message: 'nothing listens', span: { start: 0, end: 4 }, file: '', code: 'x' }
  const window = renderWindow(
    <Reviewed />,
    { applyConfig: () => ({ kind: 'refused', diagnostics: [diagnostic as never] }) },
    { text },
  )
  await screen.findByText('Applied')
  const { document } = window.workbench.project
  act(() => document.replace([{ span: { start: 0, end: 0 }, text: added }]))
  await userEvent.click(screen.getByRole('button', { name: 'Apply' }))
  expect((await screen.findByRole('alert')).textContent).toContain('nothing listens (line 1)')
  expect(document.text).toBe(added + text)
})

test('what was removed is pointed to, not selected', async () => {
  const { workbench } = await edited({})
  const { document } = workbench.project
  act(() => document.replace([{ span: { start: added.length, end: document.text.length }, text: '' }]))
  await userEvent.click(screen.getByRole('button', { name: /loki\.echo\.a removed/ }))
  expect(workbench.selection.revealed.get()).toEqual({ id: 'loki.echo.a' })
  expect(workbench.selection.current.get().nodes).toEqual([])
})

test('changes are given up as one step that undo brings back', async () => {
  const { workbench } = await edited({})
  await userEvent.click(await screen.findByRole('button', { name: 'Discard changes' }))
  expect(workbench.project.document.text).toBe(text)
  act(() => void workbench.project.document.undo())
  expect(workbench.project.document.text).toBe(added + text)
})

test('a change is applied and given up from the palette as well, while there is one', async () => {
  const { workbench, projectClient } = await edited({ applyConfig: () => ({ kind: 'applied', diagnostics: [] }) })
  const { actions, project } = workbench
  act(() => void actions.run('project.discard'))
  expect(project.document.text).toBe(text)
  expect(actions.run('project.apply')).toBe(false)
  act(() => project.document.replace([{ span: { start: 0, end: 0 }, text: 'loki.ehco "b" { }\n' }]))
  expect(actions.run('project.apply')).toBe(false)
  act(() => project.document.replace([{ span: { start: 5, end: 9 }, text: 'echo' }]))
  await act(() => actions.press({ key: 'Enter', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false }))
  expect(projectClient.called).toContainEqual({ name: 'applyConfig', args: { text: added + text } })
})
