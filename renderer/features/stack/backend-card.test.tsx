// @vitest-environment happy-dom
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { BackendCard as Card, CardState } from '../../../host/contract/stack.ts'
import { FakeClient } from '../../bridge/fake.ts'
import { unused } from '../../bridge/fake-answers.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { BackendCard } from './backend-card.tsx'
import { ExportPanel } from './export-panel.tsx'

const cardOf = (state: CardState): Card => ({
  ...{ backend: 'loki', state, readiness: '', since: undefined, version: undefined, image: undefined },
  ...{ port: undefined, url: undefined, memoryBytes: undefined, memoryLimitBytes: undefined, cpuPercent: undefined },
  ...{ diskBytes: undefined, sent: undefined, restarts: 0, problem: undefined, upgradeTo: undefined },
})

function draw(state: CardState, isUp: boolean): FakeClient {
  const client = new FakeClient({ ...unused, restartBackend: () => ({ kind: 'done' }) as never })
  const order = async (call: () => Promise<unknown>): Promise<unknown> => call()
  renderWindow(<BackendCard client={client} card={cardOf(state)} order={order as never} isOurs isUp={isUp} />)
  return client
}

test('a backend is restarted while it runs', async () => {
  const running = draw('ready', true)
  await userEvent.click(screen.getByRole('button', { name: 'Restart' }))
  expect(running.called).toEqual([{ name: 'restartBackend', args: { backend: 'loki' } }])
})

test('one that stopped alone is started', async () => {
  const client = draw('stopped', true)
  expect(screen.queryByRole('button', { name: 'Restart' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Start' }))
  expect(client.called).toEqual([{ name: 'restartBackend', args: { backend: 'loki' } }])
})

test('nothing is restarted while the stack is down', () => {
  draw('stopped', false)
  expect(screen.queryByRole('button', { name: /tart/ })).toBeNull()
  expect(screen.getByRole('button', { name: 'Logs' })).toBeTruthy()
})

test('the export comes into sight once for who came for it', () => {
  let shown = 0
  let found = 0
  HTMLElement.prototype.scrollIntoView = () => {
    shown += 1
  }
  const client = new FakeClient(unused)
  const panel = (sought: boolean) => (
    <ExportPanel client={client} text="" sought={sought} onFound={() => (found += 1)} />
  )
  renderWindow(
    <>
      {panel(true)}
      {panel(false)}
    </>,
  )
  expect([shown, found]).toEqual([1, 1])
})
