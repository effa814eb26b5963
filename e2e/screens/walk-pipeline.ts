import { words as canvasWords } from '../../renderer/features/canvas/words.ts'
import { words as paletteWords } from '../../renderer/features/command-palette/words.ts'
import { words as inspectorWords } from '../../renderer/features/inspector/words.ts'
import { words as reviewWords } from '../../renderer/features/review/words.ts'
import { guide } from './walk.ts'
import type { Walk } from './walk.ts'

/** The canvas, the inspector, the text, the drawer, and the ways to add and to remove. */
export async function walkPipeline(walk: Walk): Promise<void> {
  const { page, look } = walk
  const { app, say, button, tab, node } = guide(walk)
  const [canvas, palette, inspector, review] = [
    say(canvasWords),
    say(paletteWords),
    say(inspectorWords),
    say(reviewWords),
  ]
  const relabel = node('prometheus.relabel.vital_signs')
  await relabel.getByText(/[1-9][\d.]*k? samples\/s/).waitFor()
  await look.at('canvas')

  await relabel.click()
  const tabs = inspector.tabs
  for (const name of ['form', 'rules', 'text', 'docs', 'live'] as const) {
    await tab(tabs[name]).click()
    if (name === 'rules') await page.getByRole('complementary').getByText('__name__').first().waitFor()
    await look.at(`inspector-${name}`)
  }
  await node('prometheus.scrape.a_service_with_a_rather_long_name_that_is_down').click()
  await page
    .getByRole('complementary')
    .getByText(/refused|거부/)
    .first()
    .waitFor()
  await look.at('inspector-unhealthy')

  await page.keyboard.press('Shift+F10')
  await page.getByRole('menu').waitFor()
  await look.at('canvas-menu')
  await page.keyboard.press('Escape')

  await relabel.click()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog', { name: canvas.removing.title }).waitFor()
  await look.at('remove')
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await page.getByRole('dialog', { name: canvas.choosing.add }).waitFor()
  await look.at('add')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: palette.title }).waitFor()
  await look.at('command-palette')
  await page.keyboard.press('Escape')

  await button(app.drawer).click()
  await tab(app.drawers.problems).click()
  await look.at('no-problems')
  await tab(app.drawers.tap).click()
  await page.getByRole('option').first().click()
  await look.at('tap')
  await tab(app.drawers.logs).click()
  await page.getByRole('log').waitFor()
  await look.at('logs')
  await tab(app.drawers.diff).click()
  await look.at('no-diff')

  await button(app.faces.text).click()
  await look.at('text')
  await page.locator('.cm-content').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('prometheus.ehco "typo" { }\n\nloki.write "new" {\n  endpoint { url = 1 }\n}\n')
  await button(app.faces.split).click()
  await tab(app.drawers.problems).click()
  await look.at('problems')
  await tab(app.drawers.diff).click()
  await look.at('diff')
  await button(app.faces.canvas).click()
  await button(app.drawer).click()
  await relabel.click()
  await page.keyboard.press('Delete')
  await button(canvas.removing.cut).click()
  await button(review.review).click()
  await page.getByRole('group', { name: canvas.removed('') }).waitFor()
  await look.at('review')
  await button(review.discard).click()
  await look.at('notice')
  await button(app.faces.canvas).click()
  await button(app.drawer).click()
}
