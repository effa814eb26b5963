// The text of a config in a real browser, against the host and the collector that `weir ui` starts.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { Child } from '../child.ts'
import { describeWith } from '../required.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { bundle } from '../weir-process.ts'
import { openPage } from './browser.ts'

const config = [
  '// kept',
  'prometheus.exporter.self "own" { }',
  '',
  'prometheus.scrape "own" {',
  '\ttargets         = prometheus.exporter.self.own.targets',
  '\tforward_to      = [prometheus.echo.log.receiver]',
  '\tscrape_interval = "1s"',
  '\tscrape_timeout  = "500ms"',
  '}',
  '',
  'prometheus.echo "log" { }',
  '',
].join('\r\n')

interface Window {
  readonly page: Page
  readonly complaints: string[]
  readonly file: string
}

/** Opens the config in `weir ui` with canvas, text and the list of problems in sight. */
async function openConfig(): Promise<Window> {
  const folder = scratchFolder()
  const file = join(folder, 'config.alloy')
  writeFileSync(file, config)
  const anyPort = '127.0.0.1:0'
  const flags = ['--addr', anyPort, '--server.http.listen-addr', anyPort, '--storage.path', join(folder, 'data')]
  const weir = new Child(process.execPath, [bundle, 'ui', ...flags, file])
  await weir.until('an address to open', () => /http:\/\/\S+/.test(weir.stdout))
  const { page, complaints } = await openPage(/http:\/\/\S+/.exec(weir.stdout)![0])
  await page.evaluate(() => {
    localStorage.setItem('weir.window.face', '"split"')
    localStorage.setItem('weir.window.drawer', 'true')
    localStorage.setItem('weir.window.tab', '"problems"')
  })
  await page.reload()
  await page.locator('.cm-content').first().waitFor()
  await page.getByText('Applied', { exact: true }).waitFor()
  return { page, complaints, file }
}

/** Puts the cursor at the end of a line of the text. */
async function goToEndOf(page: Page, line: string): Promise<void> {
  await page.locator('.cm-line', { hasText: line }).first().click()
  await page.keyboard.press('End')
}

describeWith(['chromium'], 'the text in a browser', () => {
  test('what is typed is on the canvas, can be applied, and is saved as one changed line', async () => {
    const { page, complaints, file } = await openConfig()
    await goToEndOf(page, 'prometheus.echo "log"')
    await page.keyboard.press('Enter')
    await page.keyboard.type('loki.echo "typed" {')
    await page.keyboard.press('Escape')
    await page.locator('.react-flow__node', { hasText: 'typed' }).waitFor()
    await page.getByText('Unsaved · not applied').waitFor()
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await page.getByText('Unsaved', { exact: true }).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('Applied', { exact: true }).waitFor()
    const before = config.split('\r\n')
    const after = readFileSync(file, 'utf8').split('\r\n')
    expect(after.filter((line) => !before.includes(line))).toEqual(['loki.echo "typed" {}'])
    expect(before.filter((line) => !after.includes(line))).toEqual([])
    expect(complaints).toEqual([])
  })

  test('a mistake is mended from the list of problems, and undo takes back both', async () => {
    const { page, complaints, file } = await openConfig()
    await goToEndOf(page, 'scrape_timeout')
    await page.keyboard.press('Enter')
    await page.keyboard.type('job_nam = "x"')
    await page.keyboard.press('Escape')
    const problem = page.locator('button[data-problem]')
    await problem.waitFor()
    expect(await problem.textContent()).toContain('unknown attribute "job_nam"')
    await problem.click()
    await page
      .getByRole('complementary', { name: 'Selected component' })
      .getByRole('heading', { name: 'own' })
      .waitFor()
    await page.getByRole('button', { name: 'did you mean "job_name"?' }).last().click()
    await page.getByText('No problems').waitFor()
    await page.locator('.cm-line', { hasText: 'job_name = "x"' }).first().waitFor()
    for (let step = 0; step < 3; step++)
      await page.getByRole('button', { name: 'Undo', exact: true }).click({ force: true })
    await page.getByText('Applied', { exact: true }).waitFor()
    expect(readFileSync(file, 'utf8')).toBe(config)
    expect(complaints).toEqual([])
  })

  test('a field of the form changes its line, and what another program writes meanwhile is merged', async () => {
    const { page, complaints, file } = await openConfig()
    await goToEndOf(page, 'prometheus.scrape "own"')
    const interval = page.getByRole('textbox', { name: 'scrape_interval' })
    await interval.fill('2s')
    await interval.press('Enter')
    await page.locator('.cm-line', { hasText: 'scrape_interval = "2s"' }).first().waitFor()
    writeFileSync(file, config.replace('// kept', '// theirs'))
    await page.locator('.cm-line', { hasText: '// theirs' }).first().waitFor()
    await page.keyboard.press('Control+s')
    const both = config.replace('// kept', '// theirs').replace('"1s"', '"2s"')
    await waitUntil('both changes in the file', () => readFileSync(file, 'utf8') === both)
    expect(complaints).toEqual([])
  })
})
