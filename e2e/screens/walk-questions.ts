import { readFileSync, writeFileSync } from 'node:fs'
import { words } from '../../renderer/features/project/words.ts'
import { guide } from './walk.ts'
import type { Walk } from './walk.ts'

/** What Weir asks before text is lost, and what stands where there is nothing to show. */
export async function walkQuestions(walk: Walk): Promise<void> {
  const { page, look, shop } = walk
  const { app, say, button, node, view } = guide(walk)
  const project = say(words)
  const saved = readFileSync(shop.file, 'utf8')
  const dialog = (title: string): Promise<void> => page.getByRole('dialog', { name: title }).waitFor()

  await view('pipeline')
  await node('prometheus.relabel.vital_signs').waitFor()
  await page.keyboard.press('Control+o')
  await dialog(project.choose.open)
  await look.at('open')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Shift+s')
  await dialog(project.choose.save)
  await look.at('save-as')
  await page.keyboard.press('Escape')

  await button(app.faces.text).click()
  const typed = saved.replace('"dev"', '"mine"')
  await page.locator('.cm-content').first().click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(typed)
  await page.keyboard.press('Control+Alt+n')
  writeFileSync(shop.file, saved.replace('"dev"', '"theirs"'))
  await dialog(project.conflict.title)
  await look.at('conflict')
  await button(project.conflict.later).click()

  await page.getByRole('button', { name: 'shop.alloy' }).click()
  await look.at('file-menu')
  await page.getByRole('menuitem', { name: project.create }).click()
  await dialog(project.leave.title)
  await look.at('unsaved')
  await button(project.cancel).click()

  await page.reload()
  await dialog(project.recover.title)
  await look.at('recover')
  await button(project.recover.discard).click()

  await shop.client.call('stopCollector', {})
  await button(app.faces.canvas).click()
  await look.at('collector-stopped')
  await view('live')
  await look.at('live-stopped')
}

/** The window whose Weir is gone. */
export async function walkLoss(walk: Walk): Promise<void> {
  const { page, look, shop } = walk
  const { app } = guide(walk)
  await shop.ui.child.kill()
  await page.getByText(app.staleHost).waitFor()
  await look.at('host-lost')
}
