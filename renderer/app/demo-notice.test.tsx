// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderWindow } from '../testing/render-window.tsx'
import { DemoNotice } from './demo-notice.tsx'

test('a demo that cannot start is told of with the reason, until it runs', async () => {
  const show = vi.fn()
  const { client } = renderWindow(<DemoNotice onShow={show} />)
  const running = { kind: 'running', address: '127.0.0.1:12345', since: 0 } as const
  const demoProblem = 'cannot listen on 127.0.0.1:12346: the port is in use by node (pid 7)'
  act(() => client.send('collectorState', { ...running, demo: false, demoProblem }))
  expect(await screen.findAllByText(/12346: the port is in use by node \(pid 7\)\. Stop that program/)).not.toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Settings', hidden: true }))
  expect(show).toHaveBeenCalled()
  act(() => client.send('collectorState', { ...running, demo: true }))
  await vi.waitFor(() => expect(screen.queryByText('The demo app does not run')).toBeNull())
})
