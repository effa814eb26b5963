// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { frameAfter, renderWindow, withTargets } from '../../testing/render-window.tsx'
import { LiveInstance } from './live-instance.tsx'

test('a collector that runs well says where it is and that all is healthy', () => {
  const { client } = renderWindow(<LiveInstance onSelect={() => undefined} />)
  act(() => client.send('frames', frameAfter(1)))
  const card = screen.getByRole('region', { name: 'Service' })
  expect(card.textContent).toContain('Running')
  expect(card.textContent).toContain('Readyyes')
  expect(card.textContent).toContain('Healthyyes')
  expect(card.textContent).toContain('127.0.0.1:12345')
  expect(screen.getByText('All 3 components are healthy.')).toBeTruthy()
})

test('a component that is not well is named with its reason, and leads to itself', async () => {
  const chosen: string[] = []
  const { client } = renderWindow(<LiveInstance onSelect={(id) => chosen.push(id)} />)
  act(() => client.send('frames', frameAfter(1, true)))
  const health = screen.getByRole('region', { name: 'Health of the components' })
  expect(health.textContent).toContain('1 of 3 components are not healthy.')
  expect(health.textContent).toContain('connection refused')
  await userEvent.click(within(health).getByRole('button', { name: 'test.c' }))
  expect(chosen).toEqual(['test.c'])
})

test('what is healthy and scrapes nothing is named too, without being called unwell', () => {
  const { client } = renderWindow(<LiveInstance onSelect={() => undefined} />)
  act(() => client.send('frames', withTargets(frameAfter(1), { total: 1, up: 0, down: 1 })))
  const health = screen.getByRole('region', { name: 'Health of the components' })
  expect(health.textContent).toContain('All 3 components are healthy.')
  expect(within(health).getByRole('listitem').textContent).toBe('Healthytest.atarget down')
})

test('of a collector that was stopped no component is called unwell', () => {
  const { client } = renderWindow(<LiveInstance onSelect={() => undefined} />)
  act(() => client.send('frames', frameAfter(1, true)))
  act(() => client.send('collectorState', { kind: 'stopped' }))
  const health = screen.getByRole('region', { name: 'Health of the components' })
  expect(health.textContent).toContain('All components have ended with the collector.')
  expect(within(health).queryByRole('listitem')).toBeNull()
  expect(screen.getByRole('region', { name: 'Service' }).textContent).not.toContain('Healthy')
})

test('a collector that cannot run says why', () => {
  const { client } = renderWindow(<LiveInstance onSelect={() => undefined} />)
  act(() => client.send('collectorState', { kind: 'failed', words: 'port 12345 is taken' }))
  const card = screen.getByRole('region', { name: 'Service' })
  expect(card.textContent).toContain('Cannot run')
  expect(card.textContent).toContain('port 12345 is taken')
  expect(card.textContent).toContain('Readyno')
})

test('one instance is one node, and the way to several is the export', () => {
  renderWindow(<LiveInstance onSelect={() => undefined} />)
  const clustering = screen.getByRole('region', { name: 'Clustering' })
  expect(clustering.textContent).toContain('One instance is one node')
  expect(
    within(clustering)
      .getByRole('link', { name: /Export/ })
      .getAttribute('href'),
  ).toBe('#/stack/export')
})
