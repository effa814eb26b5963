// What was changed is reviewed and applied, and put together with what another program writes meanwhile.
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeWith } from '../required.ts'
import { openWindow } from './open-window.ts'

const config = `prometheus.scrape "app" {
  targets         = [{ __address__ = "127.0.0.1:9" }]
  forward_to      = [prometheus.relabel.some.receiver]
  scrape_interval = "60s"

  basic_auth {
    username = "scraper"
    password = "hunter2"
  }
}

prometheus.relabel "some" {
  forward_to = [prometheus.echo.log.receiver]

  rule {
    source_labels = ["job"]
    regex         = "a(.*)"
    action        = "keep"
  }
}

prometheus.echo "log" { }
`
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
})
