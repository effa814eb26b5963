// A window drawn half as large again: what the pointer does still happens where the pointer is.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeWith } from '../required.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { startUi } from '../ui/ui-process.ts'
import { waitUntil } from '../wait-until.ts'
import { openPage } from './browser.ts'
import { OpenWindow } from './open-window.ts'

const config = `prometheus.scrape "app" {
  targets    = []
  forward_to = [prometheus.relabel.keep.receiver]
}

prometheus.relabel "keep" {
  forward_to = [prometheus.echo.log.receiver]
}

prometheus.echo "log" { }

prometheus.echo "other" { }
`

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const boxOf = async (place: Locator): Promise<Box> => (await place.boundingBox())!
const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  // What is dragged starts at the first move.
  await page.mouse.move(from.x + 2, from.y)
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 })
  await page.mouse.move(to.x, to.y, { steps: 5 })
  // A drop is taken where the browser was told once more that it may be.
  await page.mouse.move(to.x + 1, to.y)
  await page.mouse.move(to.x, to.y)
  await page.mouse.up()
}

describeWith(['chromium'], 'a window drawn at 150 %', () => {
  test('drags, drops, wires, pop-ups, the text cursor and charts meet the pointer', async () => {
    const file = join(scratchFolder(), 'config.alloy')
    writeFileSync(file, config)
    const { address } = await startUi([file])
    const { page, complaints } = await openPage(address)
    await page.setViewportSize({ width: 1920, height: 1080 })
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
    const w = new OpenWindow(page, complaints, file)
    const node = (id: string): Locator => w.node(id)

    await button('Settings').click()
    const setting = page.getByRole('combobox', { name: 'Interface size' })
    await setting.click()
    await page.getByRole('option', { name: '150 %' }).click()
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    await setting.click()
    const list = await boxOf(page.getByRole('listbox'))
    expect(Math.abs(middle(list).x - middle(await boxOf(setting)).x)).toBeLessThan(2)
    await page.keyboard.press('Escape')

    await button('Pipeline').click()
    await button('Inspector').click()
    const other = node('prometheus.echo.other')
    await other.waitFor()
    await w.still()
    const before = await boxOf(other)
    const held = { x: before.x + 40, y: before.y + 12 }
    await drag(page, held, { x: held.x + 120, y: held.y + 90 })
    const after = await boxOf(other)
    expect(Math.abs(after.x - before.x - 120)).toBeLessThan(12)
    expect(Math.abs(after.y - before.y - 90)).toBeLessThan(12)

    await other.click({ button: 'right', position: { x: 40, y: 12 } })
    const menu = await boxOf(page.getByRole('menu'))
    expect(Math.abs(menu.x - after.x - 40)).toBeLessThan(12)
    expect(Math.abs(menu.y - after.y - 12)).toBeLessThan(12)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')

    const [scrape, keep] = [await boxOf(node('prometheus.scrape.app')), await boxOf(node('prometheus.relabel.keep'))]
    const between = { x: (scrape.x + scrape.width + keep.x) / 2, y: middle(scrape).y }
    await drag(page, middle(await boxOf(page.locator('[data-component="prometheus.relabel"]'))), between)
    await node('prometheus.relabel.default').waitFor()
    await page.keyboard.press('Escape')
    const port = (id: string, side: string): Locator => node(id).locator(`.react-flow__handle.${side}`).first()
    const edges = page.locator('.react-flow__edge')
    await waitUntil('three edges', async () => (await edges.count()) === 3)
    await w.still()
    await drag(
      page,
      middle(await boxOf(port('prometheus.relabel.keep', 'source'))),
      middle(await boxOf(port('prometheus.echo.other', 'target'))),
    )
    await waitUntil('four edges', async () => (await edges.count()) === 4)

    await button('Text').click()
    const line = page.locator('.cm-line', { hasText: 'prometheus.echo "log"' })
    await line.waitFor()
    const { x, y, width, height } = await line.evaluate((element) => {
      const range = element.ownerDocument.createRange()
      range.selectNodeContents(element)
      const box = range.getBoundingClientRect()
      return { x: box.x, y: box.y, width: box.width, height: box.height }
    })
    await page.mouse.click(
      x + (width * 'prometheus.echo "log'.length) / 'prometheus.echo "log" { }'.length,
      y + height / 2,
    )
    await page.keyboard.type('ged')
    await page.locator('.cm-line', { hasText: 'prometheus.echo "logged" { }' }).waitFor()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('loki.ec')
    await page.locator('.cm-tooltip-autocomplete').waitFor()
    const caret = await boxOf(page.locator('.cm-cursor').first())
    // What is offered is put in its place after it has been measured.
    await waitUntil('the offers beside the cursor', async () => {
      const offers = await boxOf(page.locator('.cm-tooltip-autocomplete'))
      const [above, below] = [offers.y + offers.height - caret.y, offers.y - caret.y - caret.height]
      const aside = caret.x - offers.x
      return Math.min(Math.abs(above), Math.abs(below)) < 8 && aside > 0 && aside < 120
    })

    await button('Live').click()
    await button('Chart').click()
    const chart = await boxOf(page.locator('.u-over'))
    await page.mouse.move(chart.x + chart.width * 0.75, chart.y + chart.height / 2)
    await waitUntil('the cursor of the chart', async () => {
      const cursor = await boxOf(page.locator('.u-cursor-x'))
      return Math.abs(cursor.x - chart.x - chart.width * 0.75) < 2
    })
    expect(complaints).toEqual([])
  })
})
