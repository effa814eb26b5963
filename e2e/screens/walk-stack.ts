import { words as settingsWords } from '../../renderer/features/settings/words.ts'
import { words } from '../../renderer/features/stack/words.ts'
import { guide } from './walk.ts'
import type { Walk } from './walk.ts'

/** The local stack and the settings. */
export async function walkStack(walk: Walk): Promise<void> {
  const { page, look } = walk
  const { say, button, tab, view } = guide(walk)
  const stack = say(words)
  await view('stack')
  await page.getByRole('heading', { name: stack.phases.up, exact: true }).waitFor()
  await look.at('stack')
  await button(stack.proofRun).click()
  await button(stack.proofAgain).waitFor()
  await look.at('stack-proof')
  await button(stack.logs).first().click()
  await page.getByRole('dialog').waitFor()
  await look.at('stack-logs')
  await page.keyboard.press('Escape')
  await button(stack.reset).first().click()
  await page.getByRole('dialog').waitFor()
  await look.at('stack-reset')
  await page.keyboard.press('Escape')
  await button(stack.more).click()
  await page.getByRole('menu').waitFor()
  await look.at('stack-menu')
  await page.keyboard.press('Escape')
  await tab(stack.sections.connect).click()
  await button(stack.addToConfig).waitFor()
  await look.at('stack-connect')
  await tab(stack.sections.doctor).click()
  await button(stack.doctorRun).click()
  await page.getByRole('tabpanel').getByRole('status').waitFor()
  await look.at('stack-doctor')
  await tab(stack.sections.settings).click()
  await look.at('stack-settings')
  await button(stack.stop).click()
  await button(stack.start).first().click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  await look.at('stack-preflight')
  await page.keyboard.press('Escape')

  await view('settings')
  await page.getByRole('heading', { name: say(settingsWords).collector }).waitFor()
  await look.at('settings')
}
