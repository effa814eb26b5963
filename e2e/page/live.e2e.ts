// The live half of the window in a real browser, over a collector that runs alone: taps, tables, flow, chart.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeWith } from '../required.ts'
import { waitUntil } from '../wait-until.ts'
import { startWeir } from '../weir-process.ts'
import { openPage } from './browser.ts'

const config = `
prometheus.exporter.self "own" { }

prometheus.scrape "own" {
  targets         = prometheus.exporter.self.own.targets
  forward_to      = [prometheus.relabel.some.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
}

prometheus.scrape "gone" {
  targets         = [{__address__ = "127.0.0.1:9"}]
  forward_to      = [prometheus.relabel.some.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
}

prometheus.relabel "some" {
  forward_to = [prometheus.remote_write.nowhere.receiver]
  rule {
    source_labels = ["__name__"]
    regex         = "up|process_.*"
    action        = "keep"
  }
  rule {
    target_label = "env"
    replacement  = "dev"
  }
}

prometheus.remote_write "nowhere" {
  endpoint {
    url = "http://127.0.0.1:9/api/v1/push"
  }
}
`

/** A time an axis was labelled with, and where, in pixels of the canvas. */
interface DrawnTime {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly scale: number
}

/** Has a page write down the times it draws from then on, axis after axis, each from left to right. */
const recordTimes = `
  globalThis.drawnTimes = []
  const { prototype } = CanvasRenderingContext2D
  const draw = prototype.fillText
  prototype.fillText = function (text, x, ...rest) {
    const half = this.measureText(text).width / 2
    if (/^\\d\\d:\\d\\d:\\d\\d$/.test(text))
      drawnTimes.push({ text, left: x - half, right: x + half, scale: devicePixelRatio })
    return draw.call(this, text, x, ...rest)
  }
`
const isFirst = ({ left }: DrawnTime, index: number, all: readonly DrawnTime[]): boolean =>
  index === 0 || left < all[index - 1].left

const addressOf = (text: string): string => /^ready (http:\/\/\S+)$/m.exec(text)?.[1] ?? ''
const show = (page: Page, view: string): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: view, exact: true }).click()

describeWith(['chromium'], 'the live half of the page in Chromium', () => {
  test('rates move, what waits is shown with its age, and what came in is told apart from what went out', async () => {
    const weir = await startWeir(config)
    const { page, complaints } = await openPage(addressOf(weir.child.stdout))
    await page.locator('[data-id="prometheus.scrape.gone"]').getByText('target down').waitFor()
    await page.locator('[data-id="prometheus.relabel.some"]').click()
    await page.getByRole('button', { name: 'Drawer' }).click()
    await page.getByRole('option').filter({ hasText: 'modified' }).first().waitFor({ timeout: 30_000 })
    await page.getByRole('option').filter({ hasText: 'modified' }).first().click()
    await page.getByRole('complementary', { name: 'Item' }).getByText('dev', { exact: true }).waitFor()

    await show(page, 'Live')
    await page.getByRole('row', { name: /own prometheus\.scrape Healthy target up/ }).waitFor()
    await page.getByRole('row', { name: /gone prometheus\.scrape Healthy target down/ }).waitFor()
    const waiting = page.getByRole('row', { name: /nowhere prometheus\.remote_write/ })
    await waiting.getByText(/ · [\d.]+ (B|KiB)$/).waitFor()
    const before = await waiting.textContent()
    await waitUntil('the numbers move', async () => (await waiting.textContent()) !== before)
    await page.getByRole('button', { name: 'Flow', exact: true }).click()
    await page.getByRole('region', { name: 'Flow by rate' }).locator('path').first().waitFor()
    await page.getByRole('button', { name: 'Chart', exact: true }).click()
    await page.getByRole('img', { name: 'Chart: Items out per second' }).locator('canvas').waitFor()
    await page.addInitScript(recordTimes)
    await page.reload()
    await page.getByRole('img', { name: 'Chart: Items out per second' }).locator('canvas').waitFor()
    const times = (): Promise<DrawnTime[]> => page.evaluate('drawnTimes')
    const axes = async (): Promise<number> => (await times()).filter(isFirst).length
    await waitUntil('ten axes', async () => (await axes()) >= 10)
    const crowded = (await times()).filter((time, index, all) => {
      const before = all.at(index - 1)
      return before !== undefined && !isFirst(time, index, all) && time.left - before.right < 8 * time.scale
    })
    expect(crowded).toEqual([])
    expect(complaints).toEqual([])
  })
})
