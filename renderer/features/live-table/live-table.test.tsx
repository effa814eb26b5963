// @vitest-environment happy-dom
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { frameAfter, picture, renderWindow, withTargets } from '../../testing/render-window.tsx'
import type { TestWindow } from '../../testing/render-window.tsx'
import { LiveTable } from './live-table.tsx'

const play = ({ client }: TestWindow, from: number, to: number, failing = false): void =>
  act(() => {
    for (let second = from; second <= to; second++) client.send('frames', frameAfter(second, failing))
  })
const rowText = (name: RegExp): string =>
  within(screen.getByRole('table', { name: 'Components' })).getByRole('row', { name }).textContent

test('a row says in, out, what was dropped and why, latency, what is queued and how old it is', () => {
  const window = renderWindow(<LiveTable picture={picture} selected={undefined} onSelect={() => undefined} />)
  play(window, 0, 20)
  expect(rowText(/^b test/)).toMatch(/samples100402,0008005 ms/)
  expect(rowText(/^b test/)).toContain('1,200 relabel_rule')
  expect(rowText(/^c test/)).toContain('1.23k · 3.1 MiB1 min')
})

test('what is unhealthy says why, and sorting by health brings it up', async () => {
  const window = renderWindow(<LiveTable picture={picture} selected={undefined} onSelect={() => undefined} />)
  play(window, 0, 3, true)
  expect(rowText(/^c test/)).toContain('Unhealthyconnection refused')
  await userEvent.click(screen.getByRole('button', { name: 'Health' }))
  const [, first] = within(screen.getByRole('table', { name: 'Components' })).getAllByRole('row')
  expect(first.textContent).toMatch(/^c/)
})

test('beside its health a scrape says how many of its targets are up, and one that misses some is sorted up', async () => {
  const { client } = renderWindow(<LiveTable picture={picture} selected={undefined} onSelect={() => undefined} />)
  const scrapes = (total: number, up: number, down: number): string => {
    act(() => client.send('frames', withTargets(frameAfter(total * 10 + down), { total, up, down })))
    return rowText(/^a test/)
  }
  expect(scrapes(1, 1, 0)).toContain('Healthytarget up')
  expect(scrapes(2, 2, 0)).toContain('Healthy2 of 2 targets up')
  expect(scrapes(3, 2, 0)).toContain('Healthy2 of 3 targets scraped')
  expect(scrapes(4, 0, 4)).toContain('Healthy0 of 4 targets up')
  await userEvent.click(screen.getByRole('button', { name: 'Health' }))
  const [, first] = within(screen.getByRole('table', { name: 'Components' })).getAllByRole('row')
  expect(first.textContent).toMatch(/^a/)
})

test('when the collector is stopped every row says so at once, and when it ended', () => {
  const { client } = renderWindow(<LiveTable picture={picture} selected={undefined} onSelect={() => undefined} />)
  act(() => client.send('frames', withTargets(frameAfter(3, true), { total: 1, up: 0, down: 1 })))
  act(() => client.send('collectorState', { kind: 'stopped' }))
  expect(rowText(/^a test/)).toContain('Ended')
  expect(rowText(/^a test/)).not.toContain('target')
  expect(screen.getAllByTitle(/^at \d\d:\d\d:\d\d$/)).toHaveLength(3)
})

test('since I looked counts from now on', async () => {
  const window = renderWindow(<LiveTable picture={picture} selected={undefined} onSelect={() => undefined} />)
  play(window, 0, 20)
  await userEvent.click(screen.getByRole('button', { name: 'Since I looked' }))
  play(window, 21, 25)
  expect(rowText(/^b test/)).toContain('10040500200')
  await userEvent.click(screen.getByRole('button', { name: 'Since start' }))
  expect(rowText(/^b test/)).toContain('100402,5001,000')
})

test('the filter narrows, a name selects, and nothing left says so', async () => {
  const chosen: string[] = []
  const window = renderWindow(<LiveTable picture={picture} selected={undefined} onSelect={(id) => chosen.push(id)} />)
  play(window, 0, 2)
  await userEvent.click(screen.getByRole('button', { name: 'b' }))
  expect(chosen).toEqual(['test.b'])
  await userEvent.type(screen.getByRole('searchbox', { name: 'Filter components' }), 'test.zzz')
  expect(screen.getByText('No component matches')).toBeTruthy()
})
