import { vi } from 'vitest'
import { words } from '../../renderer/features/explore/words.ts'
import { guide } from './walk.ts'
import type { Walk } from './walk.ts'

/** Logs, a trace, a chart, the services. */
export async function walkExplore(walk: Walk): Promise<void> {
  const { page, look } = walk
  const { say, button, view } = guide(walk)
  const explore = say(words)
  const again = async (until: () => Promise<void>): Promise<void> => {
    await vi.waitFor(
      async () => {
        await button(explore.again).click()
        await until()
      },
      { timeout: 60_000, interval: 500 },
    )
  }
  await view('explore')
  const line = page.getByRole('listitem').filter({ hasText: 'request served' })
  await again(() => line.first().waitFor({ timeout: 3_000 }))
  await look.at('explore-logs')
  await line.first().getByRole('button').first().click()
  await look.at('explore-line')

  await button(explore.panes.traces).click()
  await again(() => page.getByRole('row').nth(1).waitFor({ timeout: 3_000 }))
  await look.at('explore-traces')
  await page.getByRole('row').last().click()
  await page.getByRole('complementary').getByText(explore.attributes).waitFor()
  await look.at('explore-trace')

  await button(explore.panes.metrics).click()
  await look.at('explore-no-query')
  await page.getByRole('combobox', { name: explore.query.metrics }).fill('up')
  await page.keyboard.press('Enter')
  await page.locator('.uplot canvas').first().waitFor()
  await look.at('explore-metrics')
  await button(explore.panes.services).click()
  await page.getByRole('group', { name: explore.map }).waitFor()
  await look.at('explore-services')
}
