// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WeirError } from '../../../collector-core/weir-error.ts'
import { useConnection } from '../../live/connection-context.ts'
import { ExploreTrail } from '../../model/explore-state.ts'
import { renderWindow } from '../../testing/render-window.tsx'
import { Explore } from './explore.tsx'

const histogram = 'http_server_request_duration_seconds_bucket'
const noSeries = { series: [], exemplars: [], stepMs: 1_000, truncated: false, tookMs: 1 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function Page({ trail }: { readonly trail: ExploreTrail }) {
  return <Explore client={useConnection().client} trail={trail} grafana={undefined} />
}

/** Explore on the metrics of a service; the answers are what is stored of it at each look. */
async function metricsOf(service: string, range: { readonly last: number }, stored: readonly (readonly string[])[]) {
  const trail = new ExploreTrail()
  trail.go({ pane: 'traces', traceId: 'ab' })
  trail.go({ pane: 'metrics', metricsOf: service, range })
  let look = 0
  const { client } = renderWindow(<Page trail={trail} />, {
    metricNames: () => stored[Math.min(look++, stored.length - 1)],
    exploreLabels: () => [],
    findSeries: () => noSeries,
  })
  /** What is drawn at the end of a step begins the next timer. */
  const wait = async (ms: number): Promise<void> => {
    for (let left = ms; left >= 0; left -= 1_000) await act(() => vi.advanceTimersByTimeAsync(Math.min(left, 1_000)))
  }
  await wait(0)
  const asked = (): unknown[] => client.called.flatMap(({ name, args }) => (name === 'findSeries' ? [args] : []))
  const query = (): string => screen.getByRole<HTMLInputElement>('combobox', { name: 'PromQL query' }).value
  return { trail, wait, asked, query, looks: () => look }
}

test('the metrics of a service wait for what is stored of it, and show its request times once they are', async () => {
  const { trail, wait, asked, query, looks } = await metricsOf('shop', { last: 900_000 }, [
    [],
    ['up'],
    ['up', histogram],
  ])
  expect(screen.getByText('Waiting for metrics of shop')).toBeTruthy()
  expect(asked()).toEqual([])
  await wait(2_000)
  expect(query()).toMatch(/^up\{service="shop"\}/)
  expect(screen.getByText(/No request times of shop are stored yet/)).toBeTruthy()
  await wait(2_000)
  expect(query()).toContain(`rate(${histogram}{service="shop"}[1m])`)
  expect(screen.queryByText(/No request times/)).toBeNull()
  const found = looks()
  await wait(10_000)
  expect(looks()).toBe(found)
  // What follows by itself is no step of the user's.
  act(() => trail.back())
  expect(trail.state.get()).toMatchObject({ pane: 'traces', traceId: 'ab' })
})

test('a chart without series is asked for again while its range goes on', async () => {
  const { wait, asked } = await metricsOf('shop', { last: 900_000 }, [[histogram]])
  expect(screen.getByText('No series match yet')).toBeTruthy()
  const before = asked().length
  await wait(4_000)
  expect(asked().length).toBe(before + 2)
})

test('a service nothing is stored of is given up after a minute, with what to do', async () => {
  const { wait, looks } = await metricsOf('shop', { last: 900_000 }, [[]])
  await wait(70_000)
  expect(screen.getByText('No metrics of shop')).toBeTruthy()
  const given = looks()
  await wait(10_000)
  expect(looks()).toBe(given)
})

test('a backend that cannot be reached leads to the stack', async () => {
  const trail = new ExploreTrail()
  const away = () => {
    throw new WeirError('backend-unreachable', 'loki at http://127.0.0.1:3100 cannot be reached', 'See under Stack.')
  }
  const { workbench } = renderWindow(<Page trail={trail} />, {
    findLines: away,
    countLines: away,
    exploreLabels: away,
  })
  await act(() => vi.advanceTimersByTimeAsync(1_000))
  const open = vi.fn()
  workbench.actions.add([{ id: 'view.stack', group: 'view', title: { en: 'Stack', ko: '스택' }, run: open }])
  screen.getByRole('button', { name: 'Open Stack' }).click()
  expect(screen.getByText('Loki at http://127.0.0.1:3100 cannot be reached')).toBeTruthy()
  expect(open).toHaveBeenCalledOnce()
})
