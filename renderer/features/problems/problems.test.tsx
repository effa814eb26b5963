// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, onTestFinished, test, vi } from 'vitest'
import { spokenLanguage } from '../../model/spoken-language.ts'
import { translateInto } from '../../model/translation.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { Problems, ProblemsButton } from './problems.tsx'

test('a problem says what and where, and its fix is one edit', async () => {
  const { workbench } = renderWindow(<Problems />, {}, { text: '\nprometheus.ehco "x" { }\n' })
  const list = await screen.findByRole('list', { name: 'Problems of the config' })
  expect(list.textContent).toContain('there is no component named "prometheus.ehco"')
  expect(list.textContent).toContain('line 2')
  await userEvent.click(within(list).getByRole('button', { name: /did you mean/ }))
  expect(workbench.project.document.text).toBe('\nprometheus.echo "x" { }\n')
  expect(screen.getByText('No problems')).toBeTruthy()
})

test('choosing a problem selects its component and shows its place', async () => {
  const text = 'loki.write "out" {\n  endpoint {\n    url = 1\n  }\n}\n'
  const { workbench } = renderWindow(<Problems />, {}, { text })
  const [problem] = await screen.findAllByRole('button', { name: /line 3/ })
  await userEvent.click(problem)
  expect(workbench.selection.current.get().primary).toBe('loki.write.out')
  const span = workbench.spotlight.place.get()?.span
  expect(text.slice(span?.start, span?.end)).toBe('1')
})

test('how many problems there are stands where the text is applied, and leads to them', async () => {
  const { workbench } = renderWindow(<ProblemsButton />, {}, { text: 'prometheus.ehco "x" { }\n' })
  const opened = vi.fn()
  workbench.actions.add([{ id: 'view.problems', group: 'window', title: { en: '', ko: '' }, run: opened }])
  await userEvent.click(await screen.findByRole('button', { name: '1 error' }))
  expect(opened).toHaveBeenCalledOnce()
  act(() => workbench.project.document.replace([{ span: { start: 11, end: 15 }, text: 'echo' }]))
  expect(screen.queryByRole('button')).toBeNull()
})

test('in Korean a problem, its fix and its place are said in Korean', async () => {
  const { workbench } = renderWindow(<Problems />, {}, { text: '\nprometheus.ehco "x" { }\n' })
  const list = await screen.findByRole('list')
  act(() => spokenLanguage.set('ko'))
  onTestFinished(() => spokenLanguage.set('en'))
  await act(() => translateInto('ko'))
  onTestFinished(() => translateInto('en'))
  expect(list.textContent).toContain('"prometheus.ehco" 컴포넌트가 없습니다')
  await userEvent.click(within(list).getByRole('button', { name: '"prometheus.echo"(으)로 바꾸기' }))
  expect(workbench.project.document.text).toBe('\nprometheus.echo "x" { }\n')
})
