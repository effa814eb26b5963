// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { ComponentInfo } from '../../../collector-core/http-api/contract.ts'
import { WeirError } from '../../../collector-core/weir-error.ts'
import { frameAfter, renderWindow, withTargets } from '../../testing/render-window.tsx'
import { Inspector } from './inspector.tsx'

const text = `// Mine.
prometheus.scrape "app" {
  targets         = [{ __address__ = "127.0.0.1:8080" }]
  forward_to      = []
  scrape_interval = "30s" // often enough
}
`

const noDetails: ComponentInfo = {
  ...{ name: 'prometheus.scrape', type: 'block', localID: 'prometheus.scrape.app', moduleID: '', label: 'app' },
  ...{ referencesTo: [], referencedBy: [], dataFlowEdgesTo: [], original: '', liveDebuggingEnabled: false },
  ...{ arguments: [], exports: [], debugInfo: [] },
  health: { state: 'healthy', message: '', updatedTime: '' },
}

test('what is typed into a field is an edit of its value alone, and Escape takes it back', async () => {
  const { workbench } = renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text })
  const field = await screen.findByRole('textbox', { name: 'scrape_interval' })
  await userEvent.clear(field)
  await userEvent.type(field, '5s{Enter}')
  expect(workbench.project.document.text).toBe(text.replace('"30s"', '"5s"'))
  await userEvent.type(field, '0{Escape}')
  expect((field as HTMLInputElement).value).toBe('5s')
})

test('what is wrong with a value is said at its field', async () => {
  renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text: text.replace('"30s"', '"soon"') })
  const field = await screen.findByRole('textbox', { name: 'scrape_interval' })
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText(/"soon" is not a duration/)).toBeTruthy()
})

test('an argument goes back to its default, and a target is added', async () => {
  const { workbench } = renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text })
  await userEvent.click(await screen.findByRole('button', { name: /Reset scrape_interval|scrape_interval.*default/i }))
  expect(workbench.project.document.text).not.toContain('30s')
  await userEvent.click(screen.getByRole('button', { name: 'Add target' }))
  expect(workbench.project.document.text).toContain('"__address__" = "localhost:8080"')
})

test('how many targets are up stands below the health of what scrapes them', () => {
  const { client } = renderWindow(<Inspector id="test.a" />, { component: () => new Promise(() => undefined) })
  act(() => client.send('frames', withTargets(frameAfter(1), { total: 2, up: 1, down: 1 })))
  expect(screen.getByText('Healthy').closest('p')?.textContent).toMatch(/running1 of 2 targets up$/)
})

test('while the collector is stopped, live details say so, and when the component ended', async () => {
  const stopped = new WeirError('no-such-component', 'The collector does not run.', 'Start it, then look again.')
  const component = () => Promise.reject(stopped)
  const { client } = renderWindow(<Inspector id="test.b" />, { component })
  act(() => client.send('frames', frameAfter(1)))
  act(() => client.send('collectorState', { kind: 'stopped' }))
  expect(await screen.findByText('The collector does not run. Start it, then look again.')).toBeTruthy()
  expect(screen.queryByText('Reading the component…')).toBeNull()
  expect(screen.getByText(/^at \d\d:\d\d:\d\d$/)).toBeTruthy()
  expect(screen.getByText('relabel_rule')).toBeTruthy()
})

test('a target is scraped once: what it exposes is listed, and why it cannot be asked', async () => {
  const said = (value: string) => ({ type: 'string' as const, value })
  const url = { name: 'url', type: 'attr' as const, value: said('http://app:8080/metrics') }
  const info = { ...noDetails, debugInfo: [{ name: 'target', type: 'block' as const, body: [url] }] }
  const found = {
    ...{ durationMs: 12, bodyBytes: 2048, samples: 3, metricCount: 2, error: '' },
    metrics: [
      { name: 'hits', samples: 2 },
      { name: 'up', samples: 1 },
    ],
  }
  const answers = [found, { ...found, error: 'app:8080 refused the connection' }]
  const asked: unknown[] = []
  renderWindow(<Inspector id="test.b" />, {
    component: () => info,
    scrapeOnce: (args) => {
      asked.push(args)
      return answers.shift()!
    },
  })
  const button = await screen.findByRole('button', { name: 'Scrape once' })
  await userEvent.click(button)
  expect(await screen.findByText('3 samples of 2 metrics, 2 KiB, in 12 ms. None of it was passed on.')).toBeTruthy()
  expect(screen.getByRole('list', { name: 'Samples per metric' }).textContent).toBe('hits2up1')
  await userEvent.click(button)
  expect(await screen.findByText('app:8080 refused the connection')).toBeTruthy()
  expect(screen.queryByRole('list', { name: 'Samples per metric' })).toBeNull()
  expect(asked).toEqual(Array(2).fill({ id: 'prometheus.scrape.app', url: 'http://app:8080/metrics' }))
})

test('what is still typed into a field is saved with the rest', async () => {
  const saved: string[] = []
  const saveProject = ({ text: written }: { text: string }) => {
    saved.push(written)
    return { kind: 'saved', path: '/c.alloy', version: 'v2' } as const
  }
  const { workbench } = renderWindow(
    <Inspector id="prometheus.scrape.app" />,
    { saveProject },
    { text, path: '/c.alloy' },
  )
  const field = await screen.findByRole('textbox', { name: 'scrape_interval' })
  await userEvent.clear(field)
  await userEvent.type(field, '5s')
  await act(() => workbench.project.save())
  expect(saved).toEqual([text.replace('"30s"', '"5s"')])
})

test('what cannot be a number or a key is refused at its field, and the text stays as it is', async () => {
  const { workbench } = renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text })
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Find an argument' }), 'sample_limit')
  await userEvent.type(await screen.findByRole('textbox', { name: 'sample_limit' }), 'many{Enter}')
  expect(screen.getByText(/This is not a number/)).toBeTruthy()
  await userEvent.clear(screen.getByRole('searchbox', { name: 'Find an argument' }))
  const key = screen.getByRole('textbox', { name: 'targets, item 1, key 1' })
  await userEvent.clear(key)
  await userEvent.type(key, '{Enter}')
  expect(screen.getByText(/A key is needed/)).toBeTruthy()
  expect(workbench.project.document.text).toBe(text)
})

test('the focus stays in the form when an edit takes away what had it', async () => {
  const reset = `${text.replace('127.0.0.1:8080"', '127.0.0.1:8080", job = "a"').slice(0, -2)}  basic_auth {\n    password = "a"\n  }\n}\n`
  renderWindow(<Inspector id="prometheus.scrape.app" />, {}, { text: reset })
  const press = async (name: string): Promise<string | null> => {
    screen.getByRole('button', { name }).focus()
    await userEvent.keyboard('{Enter}')
    return document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.textContent
  }
  await screen.findByRole('textbox', { name: 'scrape_interval' })
  expect(await press('Reset scrape_interval to its default')).toBe('scrape_interval')
  expect(await press('Remove job')).toBe('Add entry')
  expect(await press('Remove basic_auth')).toMatch(/^Show \d+ more arguments$/)
})
