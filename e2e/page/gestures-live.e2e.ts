// The live half of the window, with the mouse and with the keyboard.
import { expect, test } from 'vitest'
import { selfScrape as config } from '../configs.ts'
import { describeWith } from '../required.ts'
import { waitUntil } from '../wait-until.ts'
import { openWindow } from './open-window.ts'

const [scrape, echo] = ['prometheus.scrape.own', 'prometheus.echo.log'] as const
/** What they are called where numbers are. */
const called = { scrape: 'own prometheus.scrape', echo: 'log prometheus.echo' } as const

describeWith(['chromium'], 'gestures of the live half in Chromium', () => {
  test('table, flow and chart', async () => {
    const w = await openWindow(config)
    const { page } = w
    const live = async (face: string): Promise<void> => page.getByRole('button', { name: face, exact: true }).click()
    await w.goTo(echo)
    await w.keys('Control+ArrowLeft')
    await page.getByRole('navigation').getByRole('button', { name: 'Live', exact: true }).click()
    await live('Chart')
    const checked = async (): Promise<number> => page.getByRole('checkbox', { checked: true }).count()
    await waitUntil('the selection of the canvas', async () => (await checked()) === 2)
    await page.getByRole('checkbox', { name: called.scrape }).click()
    await page.getByRole('checkbox', { name: called.echo }).focus()
    await w.keys('Space')
    await waitUntil('nothing chosen', async () => (await checked()) === 0)

    await live('Flow')
    const bar = page.getByRole('region', { name: 'Flow by rate' }).getByRole('button', { name: called.echo })
    await bar.click()
    await page
      .getByRole('complementary', { name: 'Selected component' })
      .getByRole('heading', { name: 'log' })
      .waitFor()
    await page.getByRole('region', { name: 'Flow by rate' }).getByRole('button', { name: called.scrape }).focus()
    await w.keys('Enter')
    await page
      .getByRole('complementary', { name: 'Selected component' })
      .getByRole('heading', { name: 'own' })
      .waitFor()

    await w.command('pipeline')
    await w.command('live')
    await live('Table')
    const since = (name: string) => page.getByRole('button', { name, exact: true })
    await since('Since I looked').click()
    await since('Since start').focus()
    await w.keys('Enter')
    await waitUntil(
      'counted since start',
      async () => (await since('Since start').getAttribute('aria-pressed')) === 'true',
    )
    expect(w.complaints).toEqual([])
  })

  test('an edge is tapped: filtered, paused, copied and pinned', async () => {
    const w = await openWindow(config, { palette: false, drawer: true, tab: 'tap' })
    const { page } = w
    const items = page.getByRole('option')
    const copied = (): Promise<string> => page.evaluate<string>('navigator.clipboard.readText()')
    const { x, y } = await w.pointOn(scrape, echo, 0.25)
    await page.mouse.click(x, y)
    await items.first().waitFor()
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    const filter = page.getByRole('searchbox', { name: /Filter/ })
    await filter.fill('process_')
    await items.filter({ hasText: 'process_' }).first().click()
    await page.getByRole('button', { name: /^Copy/ }).first().click()
    await waitUntil('the copy', async () => (await copied()).includes('process_'))
    await filter.fill('')
    await page.getByRole('button', { name: 'Resume', exact: true }).click()

    await w.command('select nothing')
    await w.goTo(scrape)
    await w.keys('e')
    await page.locator('.react-flow__edge.selected').waitFor({ state: 'attached' })
    await w.command('show tap')
    await w.tabTo(/^Keep this tap/)
    await w.keys('Enter')
    await w.tabTo(/^Filter/)
    await w.type('process_')
    await items.first().waitFor()
    await w.tabTo(/^Pause$/)
    await w.keys('Enter')
    await w.tabTo(/^Tapped items/)
    await w.keys('ArrowDown', 'ArrowDown')
    await page.getByRole('option', { selected: true }).waitFor()
    await w.tabTo(/^Copy this/)
    await w.keys('Enter')
    await w.goTo('prometheus.exporter.self.own')
    expect(await items.count()).toBeGreaterThan(0)
    expect(w.complaints).toEqual([])
  })

  test('a target is scraped once, and what it exposes is listed', async () => {
    const w = await openWindow(config, { palette: false })
    const { page } = w
    await w.node(scrape).click()
    await page.getByRole('tab', { name: 'Live', exact: true }).click()
    const button = page.getByRole('button', { name: 'Scrape once' })
    await button.click()
    await page.getByText(/^\d+ samples of \d+ metrics, .* None of it was passed on\.$/).waitFor()
    const metrics = page.getByRole('list', { name: 'Samples per metric' })
    await metrics.getByText('process_cpu_seconds_total').waitFor()
    await button.focus()
    await w.keys('Enter', 'Tab')
    await metrics.waitFor()
    expect(w.complaints).toEqual([])
  })
})
