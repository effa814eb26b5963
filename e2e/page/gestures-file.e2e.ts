// What was changed is reviewed and applied, and put together with what another program writes meanwhile; before text is
// lost, it is asked.
import { writeFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { words as projectWords } from '../../renderer/features/project/words.ts'
import { wordsIn } from '../../renderer/model/spoken-language.ts'
import { scrapeAndRelabel as config } from '../configs.ts'
import { describeWith } from '../required.ts'
import { waitUntil } from '../wait-until.ts'
import { openWindow } from './open-window.ts'

describeWith(['chromium'], 'review and merge in Chromium', () => {
  test('changes are reviewed and applied by mouse and by keyboard, and merged with those of another program', async () => {
    const w = await openWindow(config, { palette: false })
    const { page } = w
    const ours = config.replace('"60s"', '"15s"')
    const change = async (): Promise<void> => {
      await w.node('prometheus.scrape.app').click()
      const interval = page.getByRole('textbox', { name: 'scrape_interval', exact: true })
      await interval.fill('15s')
      await interval.press('Enter')
      await page.getByText('Unsaved · not applied', { exact: true }).waitFor()
    }
    await change()
    await page.getByRole('button', { name: 'Review', exact: true }).click()
    await page.getByRole('tab', { name: 'Diff', selected: true }).waitFor()
    await page.getByRole('button', { name: 'Apply', exact: true }).last().click()
    await page.getByText('Unsaved', { exact: true }).waitFor()
    await w.undo()
    await page.getByText('Not applied', { exact: true }).waitFor()
    await w.command('review what')
    await w.tabTo(/^Diff/)
    await page.getByRole('button', { name: 'Apply', exact: true }).last().focus()
    await w.keys('Enter')
    await page.getByText('Applied', { exact: true }).waitFor()

    await change()
    writeFileSync(w.file, `// theirs\n${config}`)
    await page
      .getByRole('region', { name: 'Notices' })
      .getByText(/merged/)
      .waitFor()
    await w.saves(`// theirs\n${ours}`)
    expect(w.complaints).toEqual([])
  })

  test('whose text is kept in a conflict, and whether a draft is, is answered by mouse and by keyboard', async () => {
    const w = await openWindow(config, { palette: false })
    const { page } = w
    const { conflict, recover } = wordsIn(projectWords, 'en')
    const interval = page.getByRole('textbox', { name: 'scrape_interval', exact: true })
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
    const withInterval = (value: string): string => config.replace('"60s"', `"${value}"`)
    const becomes = (value: string): Promise<true> =>
      waitUntil(`an interval of ${value}`, async () => (await interval.inputValue()) === value)
    const bothChange = async (mine: string, theirs: string): Promise<void> => {
      await interval.fill(mine)
      await interval.press('Enter')
      await page.getByText('Unsaved · not applied', { exact: true }).waitFor()
      writeFileSync(w.file, withInterval(theirs))
      await page.getByRole('dialog', { name: conflict.title }).waitFor()
    }
    await w.node('prometheus.scrape.app').click()
    await bothChange('15s', '20s')
    await w.tabTo(new RegExp(`^${conflict.mine}$`))
    await w.keys('Enter')
    await page.getByRole('dialog', { name: conflict.title }).waitFor({ state: 'detached' })
    await w.saves(withInterval('15s'))
    await bothChange('25s', '30s')
    await button(conflict.theirs).click()
    await becomes('30s')
    await w.saves(withInterval('30s'))

    const draft = async (): Promise<void> => {
      await interval.fill('45s')
      await interval.press('Enter')
      await page.getByText('Unsaved · not applied', { exact: true }).waitFor()
      await page.reload()
      await page.getByRole('dialog', { name: recover.title }).waitFor()
    }
    await draft()
    await w.tabTo(new RegExp(`^${recover.recover}$`))
    await w.keys('Enter')
    await w.node('prometheus.scrape.app').click()
    await becomes('45s')
    await w.undo()
    await draft()
    await button(recover.discard).click()
    await w.node('prometheus.scrape.app').click()
    await becomes('30s')
    expect(w.complaints).toEqual([])
  })
})
