// A newcomer's way: Weir opens on its shop, the embedded stack is started, the pipeline is sent there, and a log line leads
// to its trace, the trace to the metrics of its service and back. On the standard ports.
import type { Locator } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { openPage } from '../page/browser.ts'
import { describeWith } from '../required.ts'
import { connectWindow, startUi } from './ui-process.ts'

const soon = { timeout: 60_000 }

describeWith(['chromium'], 'a newcomer', () => {
  test('finds the shop’s lines in Explore, their traces from them, and the way on to metrics and back', async () => {
    const ui = await startUi([])
    await (await connectWindow(ui)).call('chooseProvider', { provider: 'embedded' })
    const { page, complaints } = await openPage(ui.address)
    const views = page.getByRole('navigation', { name: 'Views' })
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    /** The newest traces may still be on their way: goes from the last line to the first whose trace is there. */
    const openOneOf = async (ways: Locator): Promise<void> => {
      for (let tried = 1; ; tried++) {
        await ways.nth(-tried).press('Enter')
        const opened = page.getByRole('complementary').getByText('Attributes').waitFor({ timeout: 8_000 })
        const failure = await opened.catch((error: unknown) => error)
        if (failure === undefined) return
        if (tried === 8) throw new Error('none of eight traces is there', { cause: failure })
        await button('Back').click()
        await ways.first().waitFor(soon)
      }
    }

    await views.getByRole('button', { name: 'Stack' }).click()
    await button('Start stack').first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('heading', { name: 'Running', exact: true }).waitFor(soon)

    await page.getByRole('tab', { name: 'Connect your app' }).click()
    await button('Send the pipeline to this stack').click()
    await page.getByText('4 addresses changed in the config').waitFor()
    await views.getByRole('button', { name: 'Pipeline' }).click()
    await button('Apply').click()
    await page
      .locator('.react-flow__node')
      .filter({ hasText: 'remote_write' })
      .filter({ hasText: /[1-9][\d.]*k? samples\/s/ })
      .waitFor(soon)

    await views.getByRole('button', { name: 'Explore' }).click()
    const line = page.getByRole('listitem').filter({ hasText: 'request served' })
    await vi.waitFor(
      async () => {
        await button('Ask again').click()
        await line.first().waitFor({ timeout: 3_000 })
      },
      { ...soon, interval: 500 },
    )
    await openOneOf(line.getByRole('button', { name: 'Open trace' }))

    await button('Metrics of this service').click()
    const chart = page.getByRole('group', { name: 'Series over time' })
    const dots = chart.getByRole('button', { name: /: open its trace$/ })
    await dots.first().waitFor(soon)
    await openOneOf(dots)
    expect(complaints).toEqual([])
  }, 240_000)
})
