import { guide } from './walk.ts'
import type { Walk } from './walk.ts'

/** The running pipeline in numbers. */
export async function walkLive(walk: Walk): Promise<void> {
  const { page, look } = walk
  const { app, button, view } = guide(walk)
  await view('live')
  await page
    .getByRole('row', { name: /vital_signs/ })
    .first()
    .waitFor()
  await look.at('live-table')
  await page.getByRole('button', { name: 'vital_signs', exact: true }).first().click()
  await page.getByRole('complementary').waitFor()
  await look.at('live-component')
  await button(app.liveFaces.flow).click()
  await look.at('live-flow')
  await button(app.liveFaces.chart).click()
  await page.getByRole('img').locator('canvas').waitFor()
  await look.at('live-chart')
  await button(app.liveFaces.instance).click()
  await page.getByRole('link').first().waitFor()
  await look.at('live-instance')
}
