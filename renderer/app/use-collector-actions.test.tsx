// @vitest-environment happy-dom
import { act } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderWindow } from '../testing/render-window.tsx'
import { useCollectorActions } from './use-collector-actions.ts'

function Offers() {
  useCollectorActions()
  return null
}

test('what can be started or stopped now is offered, and asked of the host', () => {
  const { client, workbench } = renderWindow(<Offers />, {
    ...{ startCollector: () => null, stopCollector: () => null, setDemo: ({ running }) => running },
  })
  const able = (): string[] =>
    workbench.actions.all
      .get()
      .filter(({ id, enabled }) => /-(collector|demo)$/.test(id) && enabled?.())
      .map(({ id }) => id)
  expect(able()).toEqual(['window.stop-collector', 'window.start-demo'])
  workbench.actions.run('window.start-demo')
  act(() => client.send('collectorState', { kind: 'running', address: '127.0.0.1:1', since: 0, demo: true }))
  expect(able()).toEqual(['window.stop-collector', 'window.stop-demo'])
  workbench.actions.run('window.stop-demo')
  workbench.actions.run('window.stop-collector')
  act(() => client.send('collectorState', { kind: 'stopped' }))
  expect(able()).toEqual(['window.start-collector'])
  workbench.actions.run('window.start-collector')
  expect(client.called.filter(({ name }) => /Collector$|setDemo/.test(name))).toEqual([
    { name: 'setDemo', args: { running: true } },
    { name: 'setDemo', args: { running: false } },
    { name: 'stopCollector', args: {} },
    { name: 'startCollector', args: {} },
  ])
})
