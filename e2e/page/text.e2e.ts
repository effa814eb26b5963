// The text of a config in a real browser, against the host and the collector that `weir ui` starts.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeWith } from '../required.ts'
import { waitUntil } from '../wait-until.ts'
import { openWindow } from './open-window.ts'

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

const layout = { face: 'split', drawer: true, tab: 'problems' } as const

describeWith(['chromium'], 'the text in a browser', () => {
  test('what is typed is on the canvas, can be applied, and is saved as one changed line', async () => {
    const w = await openWindow(config, layout)
    const { page, complaints, file } = w
    await w.goToEndOf('prometheus.echo "log"')
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
    const w = await openWindow(config, layout)
    const { page, complaints, file } = w
    await w.goToEndOf('scrape_timeout')
    await page.keyboard.press('Enter')
    await page.keyboard.type('job_nam = "x"')
    await page.keyboard.press('Escape')
    await page.locator('button[data-problem]', { hasText: 'unknown attribute "job_nam"' }).click()
    await page
      .getByRole('complementary', { name: 'Selected component' })
      .getByRole('heading', { name: 'own' })
      .waitFor()
    await page.getByRole('button', { name: 'did you mean "job_name"?' }).last().click()
    await page.getByText('No problems').waitFor()
    await w.line('job_name = "x"').waitFor()
    await w.undoAll()
    await page.getByText('Applied', { exact: true }).waitFor()
    expect(readFileSync(file, 'utf8')).toBe(config)
    expect(complaints).toEqual([])
  })

  test('a field of the form changes its line, and what another program writes meanwhile is merged', async () => {
    const w = await openWindow(config, layout)
    const { page, complaints, file } = w
    await w.goToEndOf('prometheus.scrape "own"')
    const interval = page.getByRole('textbox', { name: 'scrape_interval' })
    await interval.fill('2s')
    await interval.press('Enter')
    await w.line('scrape_interval = "2s"').waitFor()
    writeFileSync(file, config.replace('// kept', '// theirs'))
    await w.line('// theirs').waitFor()
    await page.keyboard.press('Control+s')
    const both = config.replace('// kept', '// theirs').replace('"1s"', '"2s"')
    await waitUntil('both changes in the file', () => readFileSync(file, 'utf8') === both)
    expect(complaints).toEqual([])
  })
})
