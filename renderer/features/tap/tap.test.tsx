// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { TapItem } from '../../../host/contract/tap.ts'
import { picture, renderWindow } from '../../testing/render-window.tsx'
import { TapRecorder, mostItems } from './tap-recorder.ts'
import { Tap } from './tap.tsx'

const item = (sequence: number, more: Partial<TapItem> = {}): TapItem => ({
  sequence,
  at: 1_700_000_000_000 + sequence,
  from: 'test.a',
  to: 'test.b',
  port: 'metrics',
  kind: 'sample',
  timestamp: 5,
  labels: { __name__: 'up', instance: `i${sequence}` },
  attributes: {},
  text: '1',
  truncated: false,
  ...more,
})

test('the selected component is tapped; selecting another follows, pinning stays', async () => {
  const { client, workbench } = renderWindow(<Tap picture={picture} />)
  expect(screen.getByText('Select something to tap')).toBeTruthy()
  act(() => workbench.selection.select(['test.b']))
  expect(client.listening('tap')).toEqual([{ from: 'test.b', to: 'test.b' }])
  await userEvent.click(screen.getByRole('button', { name: 'Keep this tap when something else is selected' }))
  act(() => workbench.selection.select(['test.c']))
  expect(client.listening('tap')).toEqual([{ from: 'test.b', to: 'test.b' }])
})

test('a selected connection is tapped as it is', () => {
  const { client, workbench } = renderWindow(<Tap picture={picture} />)
  act(() => workbench.selection.select([], [picture.edges[0].id]))
  expect(client.listening('tap')).toEqual([{ from: 'test.a', to: 'test.b' }])
})

test('counts say what was seen and what was kept', () => {
  const { client, workbench } = renderWindow(<Tap picture={picture} />)
  act(() => workbench.selection.select(['test.b']))
  act(() => client.send('tap', { items: [item(1)], seen: 1, kept: 1 }))
  expect(screen.getByText(/1 seen, all kept/)).toBeTruthy()
  act(() => client.send('tap', { items: [item(9)], seen: 5000, kept: 1 }))
  expect(screen.getByText(/2 of 5,001 kept/)).toBeTruthy()
})

test('pausing and hiding the page end the subscription, going on begins it again', async () => {
  const { client, workbench, visible } = renderWindow(<Tap picture={picture} />)
  act(() => workbench.selection.select(['test.b']))
  await userEvent.click(screen.getByRole('button', { name: 'Pause' }))
  expect(client.listening('tap')).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Resume' }))
  expect(client.listening('tap')).toHaveLength(1)
  act(() => visible.set(false))
  expect(client.listening('tap')).toHaveLength(0)
  act(() => visible.set(true))
  expect(client.listening('tap')).toHaveLength(1)
})

test('only the newest items are kept', () => {
  const { client } = renderWindow(<Tap picture={picture} />)
  const recorder = new TapRecorder(client)
  recorder.listen({ from: 'test.b', to: 'test.b' })
  for (let start = 0; start < 1000; start += 100) {
    client.send('tap', { items: Array.from({ length: 100 }, (_, index) => item(start + index)), seen: 100, kept: 100 })
  }
  expect(recorder.recording.get().items).toHaveLength(mostItems)
  expect(recorder.recording.get().items[0].sequence).toBe(1000 - mostItems)
  expect(recorder.recording.get()).toMatchObject({ seen: 1000, kept: 1000, missedAt: undefined })
})
